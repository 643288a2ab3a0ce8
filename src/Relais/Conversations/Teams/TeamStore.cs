using Relais.Storage;

namespace Relais.Conversations.Teams;

/// <summary>A tenant's teams and who is in them; few, so they are read whole.</summary>
internal static class TeamStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", is_default AS "IsDefault", reasons AS "Reasons", topics AS "Topics", created_at AS "CreatedAt"
        """;

    /// <summary>In the order they were made.</summary>
    public static Task<List<Team>> All(Tx tx, long tenantId) =>
        tx.Query<Team>($"SELECT {Columns} FROM team WHERE tenant_id = @tenantId ORDER BY id", new { tenantId });

    public static Task<Team?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Team>($"SELECT {Columns} FROM team WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>(team, agent), of people who may still sign in.</summary>
    public static async Task<ILookup<long, long>> Members(Tx tx, long tenantId) => (await tx.Query<MemberRow>("""
        SELECT m.team_id AS "TeamId", m.agent_id AS "AgentId" FROM team_member m
        JOIN membership p ON p.tenant_id = m.tenant_id AND p.agent_id = m.agent_id
        WHERE m.tenant_id = @tenantId AND p.disabled_at IS NULL ORDER BY m.team_id, m.agent_id
        """, new { tenantId })).ToLookup(m => m.TeamId, m => m.AgentId);

    /// <summary>Those of <paramref name="agents"/> who belong to the tenant.</summary>
    public static async Task<HashSet<long>> Known(Tx tx, long tenantId, IReadOnlyList<long> agents) =>
        [.. (await tx.Query<long>("SELECT agent_id FROM membership WHERE tenant_id = @tenantId AND disabled_at IS NULL", new { tenantId }))
            .Where(agents.Contains)];

    public static async Task Insert(Tx tx, Team team)
    {
        await OneDefault(tx, team);
        await tx.Execute("""
            INSERT INTO team (tenant_id, id, name, is_default, reasons, topics, created_at)
            VALUES (@TenantId, @Id, @Name, @IsDefault, @Reasons, @Topics, @CreatedAt)
            """, team);
    }

    public static async Task Update(Tx tx, Team team)
    {
        await OneDefault(tx, team);
        await tx.Execute("""
            UPDATE team SET name = @Name, is_default = @IsDefault, reasons = @Reasons, topics = @Topics WHERE tenant_id = @TenantId AND id = @Id
            """, team);
    }

    public static async Task SetMembers(Tx tx, long tenantId, long teamId, IReadOnlyCollection<long> agents)
    {
        await tx.Execute("DELETE FROM team_member WHERE tenant_id = @tenantId AND team_id = @teamId", new { tenantId, teamId });
        foreach (var agentId in agents)
        {
            await tx.Execute(
                "INSERT INTO team_member (tenant_id, team_id, agent_id) VALUES (@tenantId, @teamId, @agentId)", new { tenantId, teamId, agentId });
        }
    }

    /// <summary>What waited for it waits for anybody.</summary>
    public static async Task Delete(Tx tx, long tenantId, long id)
    {
        await tx.Execute("""
            UPDATE conversation SET team_id = NULL, assignee = CASE WHEN assignee = 4 THEN 5 ELSE assignee END
            WHERE tenant_id = @tenantId AND team_id = @id
            """, new { tenantId, id });
        await tx.Execute("DELETE FROM team_member WHERE tenant_id = @tenantId AND team_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM team WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
    }

    private static Task OneDefault(Tx tx, Team team) => team.IsDefault == 0 ? Task.CompletedTask : tx.Execute(
        "UPDATE team SET is_default = 0 WHERE tenant_id = @TenantId AND id <> @Id AND is_default = 1", team);

    private sealed class MemberRow
    {
        public long TeamId { get; init; }

        public long AgentId { get; init; }
    }
}
