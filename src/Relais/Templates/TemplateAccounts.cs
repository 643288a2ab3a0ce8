using Relais.Channels;
using Relais.Inboxes;

namespace Relais.Templates;

/// <summary>A tenant's templates at one provider account.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="ConnectionId">The account.</param>
/// <param name="Inbox">The first inbox of the tenant on it: its key asks the provider, its id names the lane.</param>
internal sealed record TemplateAccount(long TenantId, long ConnectionId, Inbox Inbox)
{
    /// <summary>As the channel wants to see it; null while it has no key.</summary>
    public InboxAddress? Address => Inbox.AccessToken is not { } token ? null
        : new InboxAddress(Inbox.Id, Kind, Inbox.Address, Inbox.Account, token);

    public ChannelKind Kind => Inbox.Channel;
}

/// <summary>The accounts behind the inboxes in memory.</summary>
internal sealed class TemplateAccounts(InboxDirectory inboxes)
{
    public IReadOnlyList<TemplateAccount> All =>
    [
        .. inboxes.Inboxes.GroupBy(i => (i.TenantId, i.ConnectionId)).Select(group => Of(group)).OrderBy(a => a.Inbox.Id),
    ];

    /// <summary>The account of a tenant's inbox, or null when the inbox is not the tenant's.</summary>
    public TemplateAccount? OfInbox(long tenantId, long inboxId) =>
        inboxes.Find(inboxId) is { } inbox && inbox.TenantId == tenantId ? OfConnection(tenantId, inbox.ConnectionId) : null;

    public TemplateAccount? OfConnection(long tenantId, long connectionId)
    {
        var own = inboxes.Inboxes.Where(i => i.TenantId == tenantId && i.ConnectionId == connectionId).ToList();
        return own.Count == 0 ? null : Of(own);
    }

    public IReadOnlyList<long> InboxesOf(long tenantId, long connectionId) =>
        [.. inboxes.Inboxes.Where(i => i.TenantId == tenantId && i.ConnectionId == connectionId).Select(i => i.Id).Order()];

    /// <summary>
    /// Whom a webhook's news may concern: every account that the secret which let it in speaks for (one Meta app may serve many
    /// business accounts).
    /// </summary>
    public IReadOnlyList<TemplateAccount> ToldBy(long connectionId)
    {
        var secret = inboxes.Connection(connectionId)?.Secret;
        var told = inboxes.Connections(twilio: false).Where(c => c.Id == connectionId || (secret is not null && c.Secret == secret)).Select(c => c.Id).ToHashSet();
        return [.. All.Where(a => told.Contains(a.ConnectionId))];
    }

    /// <summary>An inbox that has a key goes before one that has none.</summary>
    private static TemplateAccount Of(IEnumerable<Inbox> inboxes)
    {
        var first = inboxes.OrderBy(i => i.AccessToken is null).ThenBy(i => i.Id).First();
        return new TemplateAccount(first.TenantId, first.ConnectionId, first);
    }
}
