using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Health.Numbers;

/// <summary>Puts together what the set-up of a number shows.</summary>
internal sealed class InboxSetupPage(InboxDirectory inboxes, PublicAddress address, Database database)
{
    /// <summary>Null for a number that the tenant does not have.</summary>
    public async Task<InboxSetupJson?> Of(long tenantId, long id, CancellationToken cancel)
    {
        var (row, isShared, webhooks) = await database.Read(Scope.Directory, async tx =>
        {
            var found = await InboxConnectingStore.Find(tx, tenantId, id);
            return (found, found is not null && await InboxConnectingStore.IsUsedByOthers(tx, found.ConnectionId, tenantId), await InboxHealthStore.LastWebhooks(tx));
        }, cancel);
        if (row is null || inboxes.Find(id) is not { } inbox || inbox.TenantId != tenantId)
        {
            return null;
        }

        var facts = await database.Read(Scope.Tenant(tenantId), tx => InboxHealthStore.Facts(tx, tenantId, id), cancel);
        var checks = facts.Check is { } check ? JsonSerializer.Deserialize<List<AccountCheck>>(check.Results, ApiJson.Options) ?? [] : [];
        var at = address.Url?.ToString().TrimEnd('/');
        return new InboxSetupJson(
            id, inbox.IsTwilio ? "twilio" : "meta", inbox.Name, inbox.DisplayNumber, row.Source,
            at is null ? null : at + (inbox.IsTwilio ? "/api/whatsapp/webhook/incoming" : "/api/whatsapp/webhook"),
            at is null || !inbox.IsTwilio ? null : $"{at}/webhooks/twilio/{id}/status",
            row.Source == InboxConnecting.Source && !isShared ? inboxes.Connection(inbox.ConnectionId)?.VerifyToken : null,
            Instants.FromMicros(row.DisconnectedAt), webhooks.TryGetValue(inbox.ConnectionId, out var last) ? Instants.FromMicros(last) : null,
            Instants.FromMicros(facts.SentAt), checks.ConvertAll(SetupCheck.Of));
    }
}
