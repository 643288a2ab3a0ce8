using Relais.Storage;

namespace Relais.Templates;

/// <summary>How the last look at an account's templates went.</summary>
internal sealed class TemplateSyncState
{
    public long ConnectionId { get; init; }

    /// <summary>The last that succeeded, or null.</summary>
    public long? SyncedAt { get; init; }

    /// <summary>Why the last one failed, or null.</summary>
    public string? Problem { get; init; }
}

internal static class TemplateSyncStore
{
    /// <param name="tx">Where.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="connectionId">The account.</param>
    /// <param name="syncedAt">When it succeeded; null leaves the last success.</param>
    /// <param name="problem">Why it did not, or null.</param>
    public static async Task Note(Tx tx, long tenantId, long connectionId, long? syncedAt, string? problem)
    {
        await tx.Execute("""
            INSERT INTO template_sync (tenant_id, connection_id, synced_at, problem) VALUES (@tenantId, @connectionId, @syncedAt, @problem)
            ON CONFLICT (tenant_id, connection_id) DO UPDATE SET
              synced_at = coalesce(excluded.synced_at, template_sync.synced_at), problem = excluded.problem
            """, new { tenantId, connectionId, syncedAt, problem });
        if (syncedAt is not null)
        {
            await tx.Execute("""
                UPDATE message_template SET synced_at = @syncedAt
                WHERE tenant_id = @tenantId AND connection_id = @connectionId AND deleted_at IS NULL
                """, new { tenantId, connectionId, syncedAt });
        }
    }

    public static Task<List<TemplateSyncState>> All(Tx tx, long tenantId) => tx.Query<TemplateSyncState>("""
        SELECT connection_id AS "ConnectionId", synced_at AS "SyncedAt", problem AS "Problem" FROM template_sync
        WHERE tenant_id = @tenantId ORDER BY connection_id
        """, new { tenantId });
}
