using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>Whom a link for a new password is for.</summary>
internal sealed class ResetFor
{
    public long AgentId { get; init; }

    public string Email { get; init; } = "";
}

/// <summary>Links for a new password as stored: only the hash of their token. In Scope.Directory.</summary>
internal static class ResetStore
{
    public const string ByMail = "mail";
    public const string ByPerson = "person";

    /// <summary>
    /// A link that a person made takes the place of the one before it. Those asked for by mail stand beside each other: anybody may
    /// ask for one, and must not end a link that somebody is about to use.
    /// </summary>
    public static async Task Insert(Tx tx, string hash, long agentId, string source, long now, long expiresAt)
    {
        await tx.Execute("DELETE FROM password_reset WHERE expires_at <= @now", new { now });
        if (source == ByPerson)
        {
            await tx.Execute("DELETE FROM password_reset WHERE agent_id = @agentId AND source = @source", new { agentId, source });
        }

        await tx.Execute("""
            INSERT INTO password_reset (token_hash, agent_id, source, created_at, expires_at) VALUES (@hash, @agentId, @source, @now, @expiresAt)
            """, new { hash, agentId, source, now, expiresAt });
    }

    /// <summary>Mails that went to somebody and whose links still work.</summary>
    public static Task<long> Mailed(Tx tx, long agentId, long now) => tx.QueryFirst<long>(
        "SELECT count(*) FROM password_reset WHERE agent_id = @agentId AND source = @source AND expires_at > @now",
        new { agentId, source = ByMail, now });

    /// <summary>Null for a link that is unknown, was used, is too old, or is for somebody who was shut out.</summary>
    public static Task<ResetFor?> Find(Tx tx, string hash, long now) => tx.QueryFirst<ResetFor>("""
        SELECT a.id AS "AgentId", a.email AS "Email" FROM password_reset r JOIN agent a ON a.id = r.agent_id
        WHERE r.token_hash = @hash AND r.expires_at > @now AND a.disabled_at IS NULL
        """, new { hash, now });

    /// <summary>True once, for a link that <see cref="Find"/> found.</summary>
    public static async Task<bool> Use(Tx tx, string hash) =>
        await tx.Execute("DELETE FROM password_reset WHERE token_hash = @hash", new { hash }) == 1;

    /// <summary>A new password: whatever stood half open for the old one is shut.</summary>
    public static async Task SetPassword(Tx tx, long agentId, string passwordHash)
    {
        await AgentStore.SetPassword(tx, agentId, passwordHash);
        await tx.Execute("DELETE FROM password_reset WHERE agent_id = @agentId", new { agentId });
        await TicketStore.DeleteOf(tx, agentId);
    }

    /// <summary>True when a mail may help them: they have a place somewhere, or look after the platform, and are not merely invited.</summary>
    public static async Task<bool> CanSignIn(Tx tx, long agentId) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM agent a WHERE a.id = @agentId AND a.disabled_at IS NULL AND (a.is_platform = 1 OR EXISTS (
          SELECT 1 FROM membership m WHERE m.agent_id = a.id AND m.disabled_at IS NULL AND m.invited_until IS NULL))
        """, new { agentId }) == 1;
}
