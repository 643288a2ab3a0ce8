using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;

namespace Relais.Outbox;

/// <summary>An inbox as its channel wants to see it.</summary>
internal sealed class SendAddresses(PublicAddress address)
{
    public InboxAddress Of(Inbox inbox) => new(
        inbox.Id, inbox.Channel, inbox.Address, inbox.Account, inbox.AccessToken ?? "",
        inbox.IsTwilio && address.Url is { } url ? new Uri($"{url.ToString().TrimEnd('/')}/webhooks/twilio/{inbox.Id}/status") : null);
}
