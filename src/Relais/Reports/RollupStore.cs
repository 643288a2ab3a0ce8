using Relais.Storage;

namespace Relais.Reports;

/// <summary>A tenant's place in the counting.</summary>
internal sealed class RollupTenant
{
    public long TenantId { get; init; }

    public string TimeZone { get; init; } = "UTC";

    /// <summary>Of its buckets, microseconds; null before it was first looked at.</summary>
    public long? Width { get; init; }

    /// <summary>Conversations with ids below are still to be counted; null: none are.</summary>
    public long? CountBefore { get; init; }
}

/// <summary>A part as stored.</summary>
internal readonly record struct PartRow(long TenantId, long ConversationId, long InboxId, PartKey Key, Figures Figures);

/// <summary>A mark as stored.</summary>
internal readonly record struct MarkRow(long TenantId, long ConversationId, long InboxId, MarkKey Key, long Times);

/// <summary>A bucket of a tenant.</summary>
internal readonly record struct TenantBucket(long TenantId, long Bucket);

/// <summary>A row of totals.</summary>
internal readonly record struct TotalRow(TenantBucket At, long InboxId, long Author, long AgentId, Figures Figures);

/// <summary>The tables of figures, as their one worker reads and writes them (Scope.Pipeline).</summary>
internal static class RollupStore
{
    private static readonly Column<PartRow>[] PartColumns =
    [
        Column<PartRow>.Long("tenant_id", p => p.TenantId), Column<PartRow>.Long("conversation_id", p => p.ConversationId),
        Column<PartRow>.Long("bucket", p => p.Key.Bucket), Column<PartRow>.Long("author", p => p.Key.Author),
        Column<PartRow>.Long("agent_id", p => p.Key.AgentId), Column<PartRow>.Long("inbox_id", p => p.InboxId),
        .. Figures.Columns.Select((name, i) => Column<PartRow>.Long(name, p => p.Figures[(Figure)i])),
    ];

    private static readonly Rows<PartRow> PutPartRows = new($"""
        INSERT INTO report_part (tenant_id, conversation_id, bucket, author, agent_id, inbox_id, {Figures.List})
        SELECT {string.Join(", ", PartColumns.Select(c => "r." + c.Name))} FROM {Many} WHERE true
        ON CONFLICT (tenant_id, conversation_id, bucket, author, agent_id) DO UPDATE SET inbox_id = excluded.inbox_id,
          {string.Join(", ", Figures.Columns.Select(c => $"{c} = excluded.{c}"))}
        """, PartColumns);

    private static readonly Rows<PartRow> DropPartRows = new("""
        DELETE FROM report_part USING {rows} WHERE report_part.tenant_id = r.tenant_id AND report_part.conversation_id = r.conversation_id
          AND report_part.bucket = r.bucket AND report_part.author = r.author AND report_part.agent_id = r.agent_id
        """, PartColumns[..5]);

    private static readonly Rows<(ChangedConversation Of, long From)> OwnPartRows = Own($"""
        SELECT p.tenant_id, p.conversation_id, p.inbox_id, p.bucket, p.author, p.agent_id, {Figures.List}
        FROM {Many} JOIN report_part p ON p.tenant_id = r.tenant_id AND p.conversation_id = r.id AND (p.bucket >= r.from_bucket OR p.author = 0)
        """);

    private static readonly Rows<(ChangedConversation Of, long From)> OwnMarkRows = Own("""
        SELECT m.tenant_id, m.conversation_id, m.inbox_id, m.bucket, m.kind, m.word, m.agent_id, m.times
        FROM {rows} JOIN report_mark m ON m.tenant_id = r.tenant_id AND m.conversation_id = r.id AND (m.bucket >= r.from_bucket OR m.kind = 1)
        """);

    private static readonly Column<MarkRow>[] MarkColumns =
    [
        Column<MarkRow>.Long("tenant_id", m => m.TenantId), Column<MarkRow>.Long("conversation_id", m => m.ConversationId),
        Column<MarkRow>.Long("bucket", m => m.Key.Bucket), Column<MarkRow>.Long("kind", m => (long)m.Key.Kind),
        Column<MarkRow>.Text("word", m => m.Key.Word), Column<MarkRow>.Long("agent_id", m => m.Key.AgentId),
        Column<MarkRow>.Long("inbox_id", m => m.InboxId), Column<MarkRow>.Long("times", m => m.Times),
    ];

    private static readonly Rows<MarkRow> PutMarkRows = new("""
        INSERT INTO report_mark (tenant_id, conversation_id, bucket, kind, word, agent_id, inbox_id, times)
        SELECT r.tenant_id, r.conversation_id, r.bucket, r.kind, r.word, r.agent_id, r.inbox_id, r.times FROM {rows} WHERE true
        ON CONFLICT (tenant_id, conversation_id, bucket, kind, word, agent_id) DO UPDATE SET inbox_id = excluded.inbox_id, times = excluded.times
        """, MarkColumns);

    private static readonly Rows<MarkRow> DropMarkRows = new("""
        DELETE FROM report_mark USING {rows} WHERE report_mark.tenant_id = r.tenant_id AND report_mark.conversation_id = r.conversation_id
          AND report_mark.bucket = r.bucket AND report_mark.kind = r.kind AND report_mark.word = r.word AND report_mark.agent_id = r.agent_id
        """, MarkColumns[..6]);

    private static readonly Rows<TenantBucket> SoilRows = Bucket("""
        INSERT INTO report_dirty (tenant_id, bucket) SELECT r.tenant_id, r.bucket FROM {rows} WHERE true ON CONFLICT (tenant_id, bucket) DO NOTHING
        """);

    private static readonly Rows<TenantBucket> CleanRows = Bucket(
        "DELETE FROM report_dirty USING {rows} WHERE report_dirty.tenant_id = r.tenant_id AND report_dirty.bucket = r.bucket");

    private static readonly Rows<TenantBucket> DropTotalRows = Bucket(
        "DELETE FROM report_total USING {rows} WHERE report_total.tenant_id = r.tenant_id AND report_total.bucket = r.bucket");

    private static readonly Rows<TenantBucket> SumRows = Bucket($"""
        SELECT p.tenant_id, p.bucket, p.inbox_id, p.author, p.agent_id, {Figures.Sums}
        FROM {Many} JOIN report_part p ON p.tenant_id = r.tenant_id AND p.bucket = r.bucket
        GROUP BY p.tenant_id, p.bucket, p.inbox_id, p.author, p.agent_id
        """);

    private static readonly Column<TotalRow>[] TotalColumns =
    [
        Column<TotalRow>.Long("tenant_id", t => t.At.TenantId), Column<TotalRow>.Long("bucket", t => t.At.Bucket),
        Column<TotalRow>.Long("inbox_id", t => t.InboxId), Column<TotalRow>.Long("author", t => t.Author),
        Column<TotalRow>.Long("agent_id", t => t.AgentId),
        .. Figures.Columns.Select((name, i) => Column<TotalRow>.Long(name, t => t.Figures[(Figure)i])),
    ];

    private static readonly Rows<TotalRow> PutTotalRows = new($"""
        INSERT INTO report_total (tenant_id, bucket, inbox_id, author, agent_id, {Figures.List})
        SELECT {string.Join(", ", TotalColumns.Select(c => "r." + c.Name))} FROM {Many}
        """, TotalColumns);

    /// <summary>report_total.agent_id of all together.</summary>
    public const long Everybody = -1;

    /// <summary>The source of rows, where braces of an interpolated text would be taken for its own.</summary>
    private const string Many = "{rows}";

    public static Task<List<RollupTenant>> Tenants(Tx tx) => tx.Query<RollupTenant>("""
        SELECT t.tenant_id AS "TenantId", t.time_zone AS "TimeZone", r.width AS "Width", r.count_before AS "CountBefore"
        FROM tenant t LEFT JOIN report_tenant r ON r.tenant_id = t.tenant_id ORDER BY t.tenant_id
        """);

    public static async Task<(long Seq, long Round)> Progress(Tx tx)
    {
        var row = (await tx.Query<ProgressRow>("SELECT seq AS \"Seq\", round AS \"Round\" FROM report_progress"))[0];
        return (row.Seq, row.Round);
    }

    /// <summary>First of a writing transaction: false when another node has written since <paramref name="round"/> was read.</summary>
    public static async Task<bool> Fence(Tx tx, long round, long seq) =>
        await tx.Execute("UPDATE report_progress SET seq = @seq, round = round + 1 WHERE round = @round", new { seq, round }) == 1;

    public static Task Place(Tx tx, long tenantId, long width, long? countBefore) => tx.Execute("""
        INSERT INTO report_tenant (tenant_id, width, count_before) VALUES (@tenantId, @width, @countBefore)
        ON CONFLICT (tenant_id) DO UPDATE SET width = excluded.width, count_before = excluded.count_before
        """, new { tenantId, width, countBefore });

    /// <summary>What is stored of conversations from a bucket on, with everything that is no message's.</summary>
    public static async Task<(ILookup<long, PartRow> Parts, ILookup<long, MarkRow> Marks)> Stored(
        Tx tx, IReadOnlyList<(ChangedConversation Of, long From)> of)
    {
        var parts = await tx.Each(OwnPartRows, of, row => new PartRow(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), new PartKey(row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)), Figures.Read(row, 6)));
        var marks = await tx.Each(OwnMarkRows, of, row => new MarkRow(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2),
            new MarkKey(row.GetInt64(3), (MarkKind)row.GetInt64(4), row.GetString(5), row.GetInt64(6)), row.GetInt64(7)));
        return (parts.ToLookup(p => p.ConversationId), marks.ToLookup(m => m.ConversationId));
    }

    public static async Task Write(Tx tx, RollupDifference difference)
    {
        await tx.Each(DropPartRows, difference.GoneParts);
        await tx.Each(PutPartRows, difference.NewParts);
        await tx.Each(DropMarkRows, difference.GoneMarks);
        await tx.Each(PutMarkRows, difference.NewMarks);
        await tx.Each(SoilRows, difference.Buckets);
    }

    /// <summary>Buckets to be added up, the newest first.</summary>
    public static async Task<List<TenantBucket>> Dirty(Tx tx, int most) => (await tx.Query<BucketRow>("""
        SELECT tenant_id AS "TenantId", bucket AS "Bucket" FROM report_dirty ORDER BY bucket DESC LIMIT @most
        """, new { most })).ConvertAll(b => new TenantBucket(b.TenantId, b.Bucket));

    /// <summary>By agent, and of all agents together.</summary>
    public static async Task<List<TotalRow>> Sum(Tx tx, IReadOnlyList<TenantBucket> buckets)
    {
        var rows = await tx.Each(SumRows, buckets, row => new TotalRow(
            new TenantBucket(row.GetInt64(0), row.GetInt64(1)), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), Figures.Read(row, 5)));
        var together = rows.GroupBy(r => (r.At, r.InboxId, r.Author)).Select(group =>
        {
            var all = new Figures();
            foreach (var row in group)
            {
                all.Add(row.Figures);
            }

            return new TotalRow(group.Key.At, group.Key.InboxId, group.Key.Author, Everybody, all);
        }).ToList();
        return [.. rows, .. together];
    }

    public static async Task Replace(Tx tx, IReadOnlyList<TenantBucket> buckets, IReadOnlyList<TotalRow> totals)
    {
        await tx.Each(DropTotalRows, buckets);
        await tx.Each(PutTotalRows, totals);
        await tx.Each(CleanRows, buckets);
    }

    private static Rows<TenantBucket> Bucket(string sql) => new(sql,
        Column<TenantBucket>.Long("tenant_id", b => b.TenantId), Column<TenantBucket>.Long("bucket", b => b.Bucket));

    private static Rows<(ChangedConversation Of, long From)> Own(string sql) => new(sql,
        Column<(ChangedConversation Of, long From)>.Long("tenant_id", o => o.Of.TenantId),
        Column<(ChangedConversation Of, long From)>.Long("id", o => o.Of.Id),
        Column<(ChangedConversation Of, long From)>.Long("from_bucket", o => o.From));

    private sealed class ProgressRow
    {
        public long Seq { get; init; }

        public long Round { get; init; }
    }

    private sealed class BucketRow
    {
        public long TenantId { get; init; }

        public long Bucket { get; init; }
    }
}
