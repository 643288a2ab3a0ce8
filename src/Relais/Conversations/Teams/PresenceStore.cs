using Relais.Foundation;
using Relais.Storage;

namespace Relais.Conversations.Teams;

/// <summary>Whether somebody is there, as they last said.</summary>
internal sealed class Presence
{
    public const string Online = "online";
    public const string Busy = "busy";
    public const string Away = "away";

    /// <summary>Whoever has not been heard of for so long is away; desks say it every 30 s.</summary>
    public const long Lasts = 90 * Instants.Second;

    /// <summary>Conversations given to one person at once, until they say otherwise.</summary>
    public const long UsualCapacity = 10;

    public long TenantId { get; init; }

    public long AgentId { get; init; }

    public string Name { get; init; } = "";

    public string State { get; init; } = Away;

    public long SeenAt { get; init; }

    public long Capacity { get; init; } = UsualCapacity;

    /// <summary>fr,ar,en; empty: any.</summary>
    public string Languages { get; init; } = "";

    /// <summary>Open conversations with their name on it.</summary>
    public long Load { get; init; }

    public IReadOnlyList<string> LanguageList => Languages.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public string StateAt(long now) => now - SeenAt > Lasts ? Away : State;

    public bool Writes(string? language) => language is null || Languages.Length == 0 || LanguageList.Contains(language);
}

/// <summary>Who is there, and who is free.</summary>
internal static class PresenceStore
{
    private const string Columns = """
        p.tenant_id AS "TenantId", p.agent_id AS "AgentId", s.name AS "Name", p.state AS "State", p.seen_at AS "SeenAt",
        p.capacity AS "Capacity", p.languages AS "Languages",
        (SELECT count(*) FROM conversation c WHERE c.tenant_id = p.tenant_id AND c.agent_id = p.agent_id AND c.assignee = 3 AND c.status <> 3) AS "Load"
        """;

    private const string Sources = "agent_presence p JOIN membership s ON s.tenant_id = p.tenant_id AND s.agent_id = p.agent_id AND s.disabled_at IS NULL";

    public static Task<List<Presence>> All(Tx tx, long tenantId) => tx.Query<Presence>(
        $"SELECT {Columns} FROM {Sources} WHERE p.tenant_id = @tenantId ORDER BY p.agent_id", new { tenantId });

    public static Task<Presence?> Find(Tx tx, long tenantId, long agentId) => tx.QueryFirst<Presence>(
        $"SELECT {Columns} FROM {Sources} WHERE p.tenant_id = @tenantId AND p.agent_id = @agentId", new { tenantId, agentId });

    /// <summary>Nulls leave a value as it is.</summary>
    public static Task Say(Tx tx, long tenantId, long agentId, string state, long now, long? capacity, string? languages) => tx.Execute($"""
        INSERT INTO agent_presence (tenant_id, agent_id, state, seen_at, capacity, languages)
        VALUES (@tenantId, @agentId, @state, @now, coalesce(CAST(@capacity AS BIGINT), {Presence.UsualCapacity}), coalesce(CAST(@languages AS TEXT), ''))
        ON CONFLICT (tenant_id, agent_id) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at,
          capacity = coalesce(CAST(@capacity AS BIGINT), agent_presence.capacity), languages = coalesce(CAST(@languages AS TEXT), agent_presence.languages)
        """, new { tenantId, agentId, state, now, capacity, languages });

    /// <summary>The online member with room: one who writes the language before one who does not, then the least loaded; null when nobody (<paramref name="but"/> for one) has.</summary>
    public static async Task<Presence?> Free(Tx tx, long tenantId, long teamId, string? language, long now, long? but = null) => (await tx.Query<Presence>($"""
        SELECT {Columns} FROM {Sources}
        JOIN team_member m ON m.tenant_id = p.tenant_id AND m.agent_id = p.agent_id AND m.team_id = @teamId
        WHERE p.tenant_id = @tenantId AND p.state = 'online' AND p.seen_at >= @since
        """, new { tenantId, teamId, since = now - Presence.Lasts }))
        .Where(p => p.Load < p.Capacity && p.AgentId != but).OrderBy(p => p.Writes(language) ? 0 : 1).ThenBy(p => p.Load).ThenBy(p => p.AgentId).FirstOrDefault();
}
