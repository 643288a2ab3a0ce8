using Relais.Foundation;
using Relais.Storage;

namespace Relais.Inboxes;

/// <summary>A number as configured: what the environment, the demo or the console says about it.</summary>
internal sealed record InboxSetup(
    bool IsTwilio, string Account, string Address, string DisplayNumber, string Name, string? Secret, string? VerifyToken,
    string? AccessToken, string? CallbackToken, string Source);

/// <summary>Connections and inboxes in storage; secrets go in sealed.</summary>
internal sealed class InboxStore(Database database, Ids ids, Secrets secrets, Clock clock)
{
    /// <summary>Brings a number up to date by its provider address, made for the tenant when it is new. Returns its id.</summary>
    public async Task<long> Put(long tenantId, InboxSetup setup, CancellationToken cancel)
    {
        var fresh = await ids.Take(2, cancel);
        return await database.Write(Scope.Directory, async tx =>
        {
            fresh.Rewind();
            var channel = setup.IsTwilio ? 2L : 1L;
            var connectionId = await tx.QueryFirst<long>(
                "SELECT id FROM provider_connection WHERE channel = @channel AND account = @Account", new { channel, setup.Account });
            if (connectionId == 0)
            {
                connectionId = fresh.Next();
                await tx.Execute("""
                    INSERT INTO provider_connection (id, channel, account, source) VALUES (@connectionId, @channel, @Account, @Source)
                    """, new { connectionId, channel, setup.Account, setup.Source });
            }

            await tx.Execute("UPDATE provider_connection SET secret = @secret, verify_token = @verify WHERE id = @connectionId", new
            {
                connectionId,
                secret = Seal(setup.Secret, $"connection.secret:{connectionId}"),
                verify = Seal(setup.VerifyToken, $"connection.verify:{connectionId}"),
            });

            var id = await tx.QueryFirst<long>(
                "SELECT id FROM inbox WHERE channel = @channel AND address = @Address", new { channel, setup.Address });
            if (id == 0)
            {
                id = fresh.Next();
                await tx.Execute("""
                    INSERT INTO inbox (tenant_id, id, connection_id, channel, address, display_number, name, source, created_at)
                    VALUES (@tenantId, @id, @connectionId, @channel, @Address, @DisplayNumber, @Name, @Source, @now)
                    """, new { tenantId, id, connectionId, channel, setup.Address, setup.DisplayNumber, setup.Name, setup.Source, now = clock.Micros });
            }

            await tx.Execute("""
                UPDATE inbox SET connection_id = @connectionId, access_token = @token, callback_token = @callback,
                  display_number = @DisplayNumber WHERE id = @id AND channel = @channel
                """, new
            {
                connectionId,
                id,
                channel,
                setup.DisplayNumber,
                token = Seal(setup.AccessToken, $"inbox.token:{id}"),
                callback = Seal(setup.CallbackToken, $"inbox.callback:{id}"),
            });
            return id;
        }, cancel);
    }

    private string? Seal(string? secret, string place) => secret is null ? null : secrets.Seal(secret, place);
}
