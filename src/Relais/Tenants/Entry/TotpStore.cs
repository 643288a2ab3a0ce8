using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>Somebody's authenticator app.</summary>
internal sealed class TotpRow
{
    /// <summary>Sealed.</summary>
    public string Secret { get; init; } = "";

    public long LastStep { get; init; }

    /// <summary>Null until the first code was typed.</summary>
    public long? ConfirmedAt { get; init; }
}

/// <summary>Authenticator apps and recovery codes, in Scope.Directory.</summary>
internal static class TotpStore
{
    public static Task<TotpRow?> Find(Tx tx, long agentId) => tx.QueryFirst<TotpRow>("""
        SELECT secret AS "Secret", last_step AS "LastStep", confirmed_at AS "ConfirmedAt" FROM totp WHERE agent_id = @agentId
        """, new { agentId });

    /// <summary>In place of one that was begun and not confirmed; false when one is set up.</summary>
    public static async Task<bool> Begin(Tx tx, long agentId, string secret, long now) => await tx.Execute("""
        INSERT INTO totp (agent_id, secret, last_step, created_at) VALUES (@agentId, @secret, 0, @now)
        ON CONFLICT (agent_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at
          WHERE totp.confirmed_at IS NULL
        """, new { agentId, secret, now }) == 1;

    /// <summary>False when it was confirmed already.</summary>
    public static async Task<bool> Confirm(Tx tx, long agentId, long step, long now)
    {
        if (await tx.Execute("UPDATE totp SET confirmed_at = @now, last_step = @step WHERE agent_id = @agentId AND confirmed_at IS NULL",
            new { agentId, step, now }) != 1)
        {
            return false;
        }

        await tx.Execute("UPDATE membership SET has_totp = 1 WHERE agent_id = @agentId", new { agentId });
        return true;
    }

    /// <summary>True once for a step, also when two requests bring its code at the same moment.</summary>
    public static async Task<bool> Use(Tx tx, long agentId, long step) =>
        await tx.Execute("UPDATE totp SET last_step = @step WHERE agent_id = @agentId AND last_step < @step", new { agentId, step }) == 1;

    /// <summary>False when there was none.</summary>
    public static async Task<bool> Remove(Tx tx, long agentId)
    {
        await tx.Execute("DELETE FROM recovery_code WHERE agent_id = @agentId", new { agentId });
        await tx.Execute("UPDATE membership SET has_totp = 0 WHERE agent_id = @agentId AND has_totp = 1", new { agentId });
        await TicketStore.DeleteOf(tx, agentId);
        return await tx.Execute("DELETE FROM totp WHERE agent_id = @agentId", new { agentId }) == 1;
    }

    public static async Task SetRecoveryCodes(Tx tx, long agentId, IReadOnlyList<string> codes)
    {
        await tx.Execute("DELETE FROM recovery_code WHERE agent_id = @agentId", new { agentId });
        foreach (var code in codes)
        {
            await tx.Execute("INSERT INTO recovery_code (agent_id, code_hash) VALUES (@agentId, @hash)",
                new { agentId, hash = Secrets.HashToken(RecoveryCodes.Read(code)!) });
        }
    }

    public static async Task<bool> UseRecoveryCode(Tx tx, long agentId, string code) =>
        await tx.Execute("DELETE FROM recovery_code WHERE agent_id = @agentId AND code_hash = @hash", new { agentId, hash = Secrets.HashToken(code) }) == 1;

    public static Task<long> CodesLeft(Tx tx, long agentId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM recovery_code WHERE agent_id = @agentId", new { agentId });
}
