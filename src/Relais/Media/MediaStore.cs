using Relais.Storage;

namespace Relais.Media;

/// <summary>A change of a message's file that watchers are to hear of.</summary>
internal sealed class MediaPlace
{
    public long MessageId { get; init; }

    public long ConversationId { get; init; }

    public long InboxId { get; init; }
}

/// <summary>Rows of media. Every statement names the tenant.</summary>
internal static class MediaStore
{
    private const string Columns = """
        m.tenant_id AS "TenantId", m.id AS "Id", m.direction AS "Direction", m.inbox_id AS "InboxId", m.message_id AS "MessageId", m.kind AS "Kind",
        m.state AS "State", m.provider_ref AS "ProviderRef", m.claimed_type AS "ClaimedType", m.claimed_sha256 AS "ClaimedSha256",
        m.filename AS "Filename", m.sha256 AS "Sha256", m.mime_type AS "MimeType", m.size AS "Size", m.problem AS "Problem",
        m.attempts AS "Attempts", m.created_at AS "CreatedAt"
        """;

    private static readonly Rows<(long TenantId, long Id)> SomeRows = new("""
        SELECT m.id, m.kind, m.state, m.filename, m.claimed_type, m.mime_type, m.size, m.problem, nullif(x.transcript, '')
        FROM {rows} JOIN media m ON m.tenant_id = r.tenant_id AND m.id = r.id
        LEFT JOIN message x ON x.tenant_id = m.tenant_id AND x.id = m.message_id
        """,
        Column<(long TenantId, long Id)>.Long("tenant_id", m => m.TenantId),
        Column<(long TenantId, long Id)>.Long("id", m => m.Id));

    private static readonly Rows<string> NamedRows = new("""
        SELECT DISTINCT m.tenant_id, m.sha256 FROM {rows} JOIN media m ON m.sha256 = r.sha256
        """,
        Column<string>.Text("sha256", sha => sha));

    public static Task<StoredMedia?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredMedia>(
        $"SELECT {Columns} FROM media m WHERE m.tenant_id = @tenantId AND m.id = @id", new { tenantId, id });

    /// <summary>Several at once, as a list of messages shows them.</summary>
    public static Task<List<MediaJson>> Some(Tx tx, long tenantId, IReadOnlyCollection<long> ids) => tx.Each(
        SomeRows, [.. ids.Select(id => (tenantId, id))], row => MediaJson.Of(
            row.GetInt64(0), row.GetString(1), (MediaState)row.GetInt64(2), row.GetString(3), row.Text(4), row.Text(5), row.Long(6), row.Text(7)) with
        {
            Transcript = row.Text(8),
        });

    /// <summary>Which of these hashes some row names, of whatever tenant.</summary>
    public static async Task<HashSet<string>> Named(Tx tx, IReadOnlyList<string> hashes) =>
        [.. await tx.Each(NamedRows, hashes, row => row.GetString(1))];

    /// <summary>The file is here. Null when somebody else said how it ended meanwhile.</summary>
    public static Task<MediaPlace?> Stored(Tx tx, StoredMedia media, string sha, string mimeType, long size, string filename, long now) => tx.QueryFirst<MediaPlace>($"""
        UPDATE media SET state = 1, sha256 = @sha, mime_type = @mimeType, size = @size, filename = @filename, problem = NULL,
          attempts = attempts + 1, stored_at = @now
        WHERE tenant_id = @TenantId AND id = @Id AND state = 0 RETURNING {Place}
        """, new { media.TenantId, media.Id, sha, mimeType, size, filename, now });

    /// <summary>It is not to be had.</summary>
    public static Task<MediaPlace?> Failed(Tx tx, StoredMedia media, string problem) => tx.QueryFirst<MediaPlace>($"""
        UPDATE media SET state = 2, problem = @problem, attempts = attempts + 1
        WHERE tenant_id = @TenantId AND id = @Id AND state = 0 RETURNING {Place}
        """, new { media.TenantId, media.Id, problem });

    /// <summary>It did not work this time.</summary>
    public static Task<MediaPlace?> Waits(Tx tx, StoredMedia media, string problem) => tx.QueryFirst<MediaPlace>($"""
        UPDATE media SET problem = @problem, attempts = attempts + 1
        WHERE tenant_id = @TenantId AND id = @Id AND state = 0 RETURNING {Place}
        """, new { media.TenantId, media.Id, problem });

    /// <summary>A person wants it fetched again. Null when it is not a customer's file that failed.</summary>
    public static Task<MediaPlace?> Again(Tx tx, long tenantId, long id) => tx.QueryFirst<MediaPlace>($"""
        UPDATE media SET state = 0, problem = NULL, attempts = 0
        WHERE tenant_id = @tenantId AND id = @id AND direction = 1 AND state = 2 AND provider_ref IS NOT NULL RETURNING {Place}
        """, new { tenantId, id });

    /// <summary>A file of ours; the same bytes under the same name are the same file. Returns its id.</summary>
    public static Task<long> Upload(Tx tx, long tenantId, long id, string kind, string filename, string sha, string mimeType, long size, long now) =>
        tx.QueryFirst<long>("""
            INSERT INTO media (tenant_id, id, direction, kind, state, filename, sha256, mime_type, size, attempts, created_at, stored_at)
            VALUES (@tenantId, @id, 2, @kind, 1, @filename, @sha, @mimeType, @size, 0, @now, @now)
            ON CONFLICT (sha256, filename, tenant_id) WHERE direction = 2 DO UPDATE SET stored_at = excluded.stored_at
            RETURNING id
            """, new { tenantId, id, kind, filename, sha, mimeType, size, now });

    private const string Place = """
        coalesce(message_id, 0) AS "MessageId", coalesce(inbox_id, 0) AS "InboxId",
          coalesce((SELECT x.conversation_id FROM message x WHERE x.tenant_id = media.tenant_id AND x.id = media.message_id), 0) AS "ConversationId"
        """;
}
