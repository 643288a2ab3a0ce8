using Relais.Storage;

namespace Relais.Inboxes;

/// <summary>An account's secrets, sealed.</summary>
internal sealed class StoredConnection
{
    public long Id { get; init; }

    public string? Secret { get; init; }

    public string? VerifyToken { get; init; }

    public string Source { get; init; } = "";
}

/// <summary>Whence a number came, and whether it is still connected.</summary>
internal sealed class StoredInbox
{
    public long Id { get; init; }

    public long ConnectionId { get; init; }

    public string Source { get; init; } = "";

    public long? DisconnectedAt { get; init; }
}

/// <summary>
/// The rows behind <see cref="InboxConnecting"/>. A disconnected number keeps its row, with its id before its address: so the address is
/// free, and the same business finds its conversations again when it comes back.
/// </summary>
internal static class InboxConnectingStore
{
    private const string ConnectionColumns = """id AS "Id", secret AS "Secret", verify_token AS "VerifyToken", source AS "Source" """;

    /// <summary>Whoever has it: an address is unique in the installation, so the tenant (tenant_id) does not matter.</summary>
    public static async Task<bool> IsTaken(Tx tx, long channel, string address) => await tx.QueryFirst<long>(
        "SELECT count(tenant_id) FROM inbox WHERE channel = @channel AND address = @address", new { channel, address }) > 0;

    public static Task<StoredConnection?> ConnectionOf(Tx tx, long channel, string account) => tx.QueryFirst<StoredConnection>(
        $"SELECT {ConnectionColumns} FROM provider_connection WHERE channel = @channel AND account = @account", new { channel, account });

    public static Task<StoredConnection?> Connection(Tx tx, long id) => tx.QueryFirst<StoredConnection>(
        $"SELECT {ConnectionColumns} FROM provider_connection WHERE id = @id", new { id });

    public static Task InsertConnection(Tx tx, long id, long channel, string account, string source) => tx.Execute(
        "INSERT INTO provider_connection (id, channel, account, source) VALUES (@id, @channel, @account, @source)", new { id, channel, account, source });

    public static Task SetConnection(Tx tx, long id, string? secret, string? verify) => tx.Execute(
        "UPDATE provider_connection SET secret = @secret, verify_token = @verify WHERE id = @id", new { id, secret, verify });

    public static async Task<bool> IsUsedByOthers(Tx tx, long connectionId, long tenantId) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM inbox WHERE connection_id = @connectionId AND tenant_id <> @tenantId AND disconnected_at IS NULL
        """, new { connectionId, tenantId }) > 0;

    /// <summary>By any tenant (tenant_id): a secret nobody uses is forgotten.</summary>
    public static async Task<bool> IsUsed(Tx tx, long connectionId) => await tx.QueryFirst<long>(
        "SELECT count(tenant_id) FROM inbox WHERE connection_id = @connectionId AND disconnected_at IS NULL", new { connectionId }) > 0;

    public static Task<StoredInbox?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredInbox>("""
        SELECT id AS "Id", connection_id AS "ConnectionId", source AS "Source", disconnected_at AS "DisconnectedAt" FROM inbox
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id });

    public static Task<long?> Disconnected(Tx tx, long tenantId, long channel, string address) => tx.QueryFirst<long?>("""
        SELECT id FROM inbox WHERE tenant_id = @tenantId AND channel = @channel AND disconnected_at IS NOT NULL AND address = '-' || id || '-' || @address
        """, new { tenantId, channel, address });

    public static Task Insert(Tx tx, long tenantId, long id, long connectionId, NewInbox inbox, string source, long now) => tx.Execute("""
        INSERT INTO inbox (tenant_id, id, connection_id, channel, address, display_number, name, source, created_at)
        VALUES (@tenantId, @id, @connectionId, @channel, @Address, @DisplayNumber, @Name, @source, @now)
        """, new
    {
        tenantId, id, connectionId, channel = inbox.IsTwilio ? 2L : 1L, inbox.Address, inbox.DisplayNumber, inbox.Name, source, now,
    });

    public static Task Reconnect(Tx tx, long tenantId, long id, long connectionId, NewInbox inbox, string token) => tx.Execute("""
        UPDATE inbox SET connection_id = @connectionId, access_token = @token, address = @Address, display_number = @DisplayNumber, name = @Name,
          disconnected_at = NULL, paused_at = NULL, pause_code = NULL, pause_reason = NULL, pause_probes = 0
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, connectionId, token, inbox.Address, inbox.DisplayNumber, inbox.Name });

    public static Task SetToken(Tx tx, long tenantId, long id, string? token) => tx.Execute(
        "UPDATE inbox SET access_token = @token WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, token });

    public static Task SetName(Tx tx, long tenantId, long id, string name) => tx.Execute(
        "UPDATE inbox SET name = @name WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, name });

    public static Task Disconnect(Tx tx, long tenantId, long id, long now) => tx.Execute("""
        UPDATE inbox SET access_token = NULL, callback_token = NULL, disconnected_at = @now, address = '-' || id || '-' || address
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, now });
}
