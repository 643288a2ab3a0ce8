using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>The half-open doors: who has given the right password and is asked for a code. In Scope.Directory.</summary>
internal static class TicketStore
{
    /// <summary>Of one ticket; then the password is asked for again.</summary>
    public const int MaxTries = 5;

    private const string IsLive = """
        token_hash = @hash AND expires_at > @now AND tries < @MaxTries
          AND EXISTS (SELECT 1 FROM agent a WHERE a.id = sign_in_ticket.agent_id AND a.disabled_at IS NULL)
        """;

    /// <summary>Also sweeps what is over.</summary>
    public static async Task Insert(Tx tx, string hash, long agentId, long now, long expiresAt)
    {
        await tx.Execute("DELETE FROM sign_in_ticket WHERE expires_at <= @now", new { now });
        await tx.Execute("""
            INSERT INTO sign_in_ticket (token_hash, agent_id, tries, created_at, expires_at) VALUES (@hash, @agentId, 0, @now, @expiresAt)
            """, new { hash, agentId, now, expiresAt });
    }

    /// <summary>Whose it is; 0 when it opens nothing.</summary>
    public static Task<long> Find(Tx tx, string hash, long now) =>
        tx.QueryFirst<long>($"SELECT agent_id FROM sign_in_ticket WHERE {IsLive}", new { hash, now, MaxTries });

    /// <summary>Counts a try; false when none is left.</summary>
    public static async Task<bool> Try(Tx tx, string hash, long now) =>
        await tx.Execute($"UPDATE sign_in_ticket SET tries = tries + 1 WHERE {IsLive}", new { hash, now, MaxTries }) == 1;

    public static Task Delete(Tx tx, string hash) => tx.Execute("DELETE FROM sign_in_ticket WHERE token_hash = @hash", new { hash });

    public static Task DeleteOf(Tx tx, long agentId) => tx.Execute("DELETE FROM sign_in_ticket WHERE agent_id = @agentId", new { agentId });
}
