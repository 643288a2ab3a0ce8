using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Standing;

namespace Relais.Inboxes;

/// <summary>A number as an admin enters it; secrets as typed.</summary>
/// <param name="IsTwilio">False for Meta.</param>
/// <param name="Name">For people.</param>
/// <param name="Account">Meta: WhatsApp Business Account id. Twilio: AccountSid.</param>
/// <param name="Address">Meta: phone_number_id. Twilio: E.164.</param>
/// <param name="DisplayNumber">E.164, or empty while it is not known.</param>
/// <param name="AccessToken">What sends.</param>
/// <param name="Secret">What signs webhooks.</param>
/// <param name="VerifyToken">Meta's verification GET; null for Twilio.</param>
internal sealed record NewInbox(
    bool IsTwilio, string Name, string Account, string Address, string DisplayNumber, string AccessToken, string Secret, string? VerifyToken);

/// <summary>Secrets that are put in place of others; null leaves one as it is.</summary>
internal sealed record NewKeys(string? AccessToken, string? Secret, string? VerifyToken);

/// <summary>
/// Connecting, re-keying and disconnecting numbers at the console. In Scope.Directory, because an account's secret may speak for numbers
/// of several tenants: a tenant may use such a secret only by knowing it, and changes it only where it is the tenant's alone.
/// </summary>
internal sealed class InboxConnecting(Secrets secrets, Clock clock)
{
    public const string Source = "console";

    /// <param name="tx">In Scope.Directory.</param>
    /// <param name="tenantId">Whose number it becomes.</param>
    /// <param name="inbox">As entered.</param>
    /// <param name="ids">Two reserved ones.</param>
    public async Task<(Problem? Refused, long Id)> Connect(Tx tx, long tenantId, NewInbox inbox, IdRange ids)
    {
        var channel = inbox.IsTwilio ? 2L : 1L;
        if (await InboxConnectingStore.IsTaken(tx, channel, inbox.Address))
        {
            return (Problems.NumberConnected, 0);
        }

        if (await StandingStore.IsFullOfNumbers(tx, tenantId))
        {
            return (Problems.NumberLimit, 0);
        }

        var connection = await InboxConnectingStore.ConnectionOf(tx, channel, inbox.Account);
        if (connection is null)
        {
            connection = new StoredConnection { Id = ids.Next(), Source = Source };
            await InboxConnectingStore.InsertConnection(tx, connection.Id, channel, inbox.Account, Source);
        }
        else if (connection.Secret is { } known && secrets.Open(known, $"connection.secret:{connection.Id}") != inbox.Secret
            && (connection.Source != Source || await InboxConnectingStore.IsUsedByOthers(tx, connection.Id, tenantId)))
        {
            return (Problems.AccountConnected, 0);
        }

        var keepsVerify = connection.VerifyToken is not null && inbox.VerifyToken is null;
        await InboxConnectingStore.SetConnection(tx, connection.Id, Seal(inbox.Secret, $"connection.secret:{connection.Id}"),
            keepsVerify ? connection.VerifyToken : Seal(inbox.IsTwilio ? null : inbox.VerifyToken ?? Secrets.NewToken("v"), $"connection.verify:{connection.Id}"));
        var id = await InboxConnectingStore.Disconnected(tx, tenantId, channel, inbox.Address) ?? await Insert(tx, tenantId, inbox, connection.Id, ids.Next());
        await InboxConnectingStore.Reconnect(tx, tenantId, id, connection.Id, inbox, Seal(inbox.AccessToken, $"inbox.token:{id}")!);
        return (null, id);
    }

    /// <returns>A refusal, or null when it is done.</returns>
    public async Task<Problem?> Rekey(Tx tx, long tenantId, long id, NewKeys keys)
    {
        if (await InboxConnectingStore.Find(tx, tenantId, id) is not { } inbox)
        {
            return Problems.NotFound;
        }

        if (inbox.Source != Source)
        {
            return Problems.InboxFromEnvironment;
        }

        if (keys.AccessToken is { } token)
        {
            await InboxConnectingStore.SetToken(tx, tenantId, id, Seal(token, $"inbox.token:{id}"));
        }

        if (keys is { Secret: null, VerifyToken: null })
        {
            return null;
        }

        if (await InboxConnectingStore.Connection(tx, inbox.ConnectionId) is not { Source: Source } connection || await InboxConnectingStore.IsUsedByOthers(tx, inbox.ConnectionId, tenantId))
        {
            return Problems.AccountConnected;
        }

        await InboxConnectingStore.SetConnection(tx, connection.Id,
            keys.Secret is { } secret ? Seal(secret, $"connection.secret:{connection.Id}") : connection.Secret,
            keys.VerifyToken is { } verify ? Seal(verify, $"connection.verify:{connection.Id}") : connection.VerifyToken);
        return null;
    }

    /// <summary>Its keys are forgotten; conversations stay, and the number may be connected again, here or elsewhere.</summary>
    public async Task<Problem?> Disconnect(Tx tx, long tenantId, long id)
    {
        if (await InboxConnectingStore.Find(tx, tenantId, id) is not { } inbox)
        {
            return Problems.NotFound;
        }

        if (inbox.Source == "environment")
        {
            return Problems.InboxFromEnvironment;
        }

        if (inbox.DisconnectedAt is not null)
        {
            return null;
        }

        await InboxConnectingStore.Disconnect(tx, tenantId, id, clock.Micros);
        if (!await InboxConnectingStore.IsUsed(tx, inbox.ConnectionId))
        {
            await InboxConnectingStore.SetConnection(tx, inbox.ConnectionId, null, null);
        }

        return null;
    }

    private async Task<long> Insert(Tx tx, long tenantId, NewInbox inbox, long connectionId, long id)
    {
        await InboxConnectingStore.Insert(tx, tenantId, id, connectionId, inbox, Source, clock.Micros);
        return id;
    }

    private string? Seal(string? secret, string place) => secret is null ? null : secrets.Seal(secret, place);
}
