using Relais.Storage;

namespace Relais.Outbox;

/// <summary>A tenant that comes near its limit of messages, to be told once a month and stage.</summary>
internal sealed class NearLimit
{
    public long TenantId { get; init; }

    public long Messages { get; init; }

    public long MessageLimit { get; init; }

    public long LimitTold { get; init; }
}

/// <summary>The months of all tenants (Scope.Pipeline).</summary>
internal static class MonthlyMessageStore
{
    private static readonly Rows<MonthCount> AddRows = new("""
        INSERT INTO tenant_month (tenant_id, month, messages) SELECT r.tenant_id, r.month, r.messages FROM {rows} WHERE true
        ON CONFLICT (tenant_id, month) DO UPDATE SET messages = tenant_month.messages + excluded.messages
        """,
        Column<MonthCount>.Long("tenant_id", c => c.TenantId),
        Column<MonthCount>.Long("month", c => c.Month),
        Column<MonthCount>.Long("messages", c => c.Messages));

    public static Task Add(Tx tx, IReadOnlyList<MonthCount> counts) => tx.Each(AddRows, counts);

    public static async Task<List<MonthCount>> Of(Tx tx, long month) => (await tx.Query<Stored>("""
        SELECT tenant_id AS "TenantId", messages AS "Messages" FROM tenant_month WHERE month = @month
        """, new { month })).ConvertAll(s => new MonthCount(s.TenantId, month, s.Messages));

    /// <summary>Those at 80 % of their limit or beyond.</summary>
    public static Task<List<NearLimit>> Near(Tx tx, long month) => tx.Query<NearLimit>("""
        SELECT t.tenant_id AS "TenantId", m.messages AS "Messages", t.message_limit AS "MessageLimit", t.limit_told AS "LimitTold"
        FROM tenant t JOIN tenant_month m ON m.tenant_id = t.tenant_id AND m.month = @month
        WHERE t.message_limit IS NOT NULL AND m.messages * 10 >= t.message_limit * 8 ORDER BY t.tenant_id
        """, new { month });

    /// <summary>True for the one node that says it.</summary>
    public static async Task<bool> Tell(Tx tx, long tenantId, long told) => await tx.Execute(
        "UPDATE tenant SET limit_told = @told WHERE tenant_id = @tenantId AND limit_told < @told", new { tenantId, told }) == 1;

    private sealed class Stored
    {
        public long TenantId { get; init; }

        public long Messages { get; init; }
    }
}
