using Relais.Storage;

namespace Relais.Engine.Simulations;

/// <summary>A change that was made although simulations fail because of it.</summary>
internal sealed class ForcedChange
{
    public long Id { get; init; }

    /// <summary>prompt or faq.</summary>
    public string Change { get; init; } = "";

    /// <summary>Which, for people.</summary>
    public string Detail { get; init; } = "";

    /// <summary>JSON: names of cases.</summary>
    public string Cases { get; init; } = "[]";

    public long? AgentId { get; init; }

    public string? AgentName { get; init; }

    public long CreatedAt { get; init; }
}

/// <summary>Who overrode the gate, and over which cases: written in the transaction of the change itself.</summary>
internal static class ForcedChangeStore
{
    public static Task Insert(Tx tx, long tenantId, ForcedChange forced) => tx.Execute("""
        INSERT INTO forced_change (tenant_id, id, change, detail, cases, agent_id, created_at)
        VALUES (@tenantId, @Id, @Change, @Detail, @Cases, @AgentId, @CreatedAt)
        """, new { tenantId, forced.Id, forced.Change, forced.Detail, forced.Cases, forced.AgentId, forced.CreatedAt });

    /// <summary>Newest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static Task<List<ForcedChange>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<ForcedChange>("""
        SELECT f.id AS "Id", f.change AS "Change", f.detail AS "Detail", f.cases AS "Cases", f.agent_id AS "AgentId", m.name AS "AgentName",
          f.created_at AS "CreatedAt"
        FROM forced_change f LEFT JOIN membership m ON m.tenant_id = f.tenant_id AND m.agent_id = f.agent_id
        WHERE f.tenant_id = @tenantId AND f.id < @before ORDER BY f.id DESC LIMIT @limit
        """, new { tenantId, before, limit });
}
