using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Audit;

/// <param name="AgentId">Who; null for anybody.</param>
/// <param name="Action">One action's name; null for any.</param>
/// <param name="ThingId">What it was done to.</param>
/// <param name="From">Micros, from this instant on.</param>
/// <param name="To">Micros, before this instant.</param>
/// <param name="Outcome">1 done, 2 refused, null both.</param>
/// <param name="Text">In a name, an action or an address; lower case.</param>
internal sealed record AuditFilter(long? AgentId, string? Action, long? ThingId, long? From, long? To, long? Outcome, string? Text);

/// <summary>Adds and reads; what is old is deleted by retention alone, and no statement changes a line.</summary>
internal static class AuditStore
{
    /// <summary>No business may keep a line for less; on SQLite a trigger refuses to delete a younger one (migration 0042).</summary>
    public const long LeastDays = 30;

    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", at AS "At", agent_id AS "AgentId", agent_name AS "AgentName", session_id AS "SessionId", via AS "Via",
        address AS "Address", action AS "Action", thing_id AS "ThingId", detail AS "Detail", outcome AS "Outcome", by_platform AS "ByPlatform"
        """;

    public static Task Insert(Tx tx, AuditEntry entry) => tx.Execute("""
        INSERT INTO audit_entry (tenant_id, id, at, agent_id, agent_name, session_id, via, address, action, thing_id, detail, outcome, by_platform)
        VALUES (@TenantId, @Id, @At, @AgentId, @AgentName, @SessionId, @Via, @Address, @Action, @ThingId, @Detail, @Outcome, @ByPlatform)
        """, entry);

    /// <summary>Newest first.</summary>
    public static Task<List<AuditEntry>> Page(Tx tx, long tenantId, AuditFilter filter, (long At, long Id) before, int limit) =>
        Read(tx, "tenant_id = @tenantId", tenantId, filter, before, limit);

    /// <summary>What was done as the platform's administrator, in whatever tenant.</summary>
    public static Task<List<AuditEntry>> PageOfPlatform(Tx tx, AuditFilter filter, (long At, long Id) before, int limit) =>
        Read(tx, "by_platform = 1 AND tenant_id >= @tenantId", 0, filter, before, limit);

    /// <summary>Deletes up to <paramref name="most"/> lines older than that; tells how many. None that is young by the database's clock, which nobody moves.</summary>
    public static Task<int> DeleteOld(Tx tx, long tenantId, long before, int most) => tx.Execute(tx.Dialect.Sql("""
        DELETE FROM audit_entry WHERE tenant_id = @tenantId AND id IN (
          SELECT id FROM audit_entry WHERE tenant_id = @tenantId AND at < @before AND at < {now} - @least ORDER BY at LIMIT @most)
        """), new { tenantId, before, most, least = LeastDays * Instants.Day });

    private static Task<List<AuditEntry>> Read(Tx tx, string whose, long tenantId, AuditFilter filter, (long At, long Id) before, int limit)
    {
        List<string> wanted = [whose, "(at < @beforeAt OR (at = @beforeAt AND id < @beforeId))"];
        void Add(bool asked, string condition)
        {
            if (asked)
            {
                wanted.Add(condition);
            }
        }

        Add(filter.AgentId is not null, "agent_id = @AgentId");
        Add(filter.Action is not null, "action = @Action");
        Add(filter.ThingId is not null, "thing_id = @ThingId");
        Add(filter.From is not null, "at >= @From");
        Add(filter.To is not null, "at < @To");
        Add(filter.Outcome is not null, "outcome = @Outcome");
        Add(filter.Text is not null, @"(lower(agent_name) LIKE @like ESCAPE '!' OR action LIKE @like ESCAPE '!' OR address LIKE @like ESCAPE '!')");
        var like = LikeText.Part(filter.Text ?? "");
        return tx.Query<AuditEntry>(
            $"SELECT {Columns} FROM audit_entry WHERE {string.Join(" AND ", wanted)} ORDER BY at DESC, id DESC LIMIT @limit",
            new
            {
                tenantId, filter.AgentId, filter.Action, filter.ThingId, filter.From, filter.To, filter.Outcome, like, limit,
                beforeAt = before.At, beforeId = before.Id,
            });
    }
}
