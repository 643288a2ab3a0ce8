using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>A session as its owner sees it.</summary>
internal sealed class OwnSession
{
    public long Id { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public long CreatedAt { get; init; }

    public long LastUsedAt { get; init; }
}

/// <summary>One's own sessions, in Scope.Directory. API keys are no sessions.</summary>
internal static class OwnSessionStore
{
    private const int Most = 200;

    /// <summary>Those that live, the last used first.</summary>
    public static Task<List<OwnSession>> List(Tx tx, long agentId, long now) => tx.Query<OwnSession>($"""
        SELECT id AS "Id", address AS "Address", user_agent AS "UserAgent", created_at AS "CreatedAt", last_used_at AS "LastUsedAt"
        FROM session WHERE agent_id = @agentId AND kind = 'session' AND revoked_at IS NULL AND expires_at > @now AND last_used_at > @now - @IdleLimit
        ORDER BY last_used_at DESC, id DESC LIMIT {Most}
        """, new { agentId, now, SessionStore.IdleLimit });

    /// <summary>False when it is nobody's, somebody else's or over.</summary>
    public static async Task<bool> End(Tx tx, long agentId, long id, long now) => await tx.Execute("""
        UPDATE session SET revoked_at = @now WHERE id = @id AND agent_id = @agentId AND kind = 'session' AND revoked_at IS NULL
        """, new { agentId, id, now }) == 1;
}
