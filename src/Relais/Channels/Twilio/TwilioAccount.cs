using System.Text;
using System.Text.Json;

namespace Relais.Channels.Twilio;

/// <summary>
/// A number's account at Twilio: whether it is active (<c>Accounts/{sid}.json</c>), and the WhatsApp sender with the webhook it
/// calls (<c>/v2/Channels/Senders</c> of messaging.twilio.com). Twilio has no block list.
/// </summary>
internal sealed class TwilioAccount(HttpClient http, TwilioOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannelAccount, IDisposable
{
    private static readonly Uri Messaging = new("https://messaging.twilio.com");

    public ChannelKind Kind => ChannelKind.Twilio;

    public async Task<AccountReport> Examine(InboxAddress inbox, Uri? publicUrl, CancellationToken cancel)
    {
        var account = await Get(inbox, $"{Base(options.BaseUrl)}/2010-04-01/Accounts/{Uri.EscapeDataString(inbox.Account.Trim())}.json", cancel);
        var senders = TwilioChecks.IsSandbox(inbox) || !account.IsGood
            ? null
            : await Get(inbox, $"{Base(options.BaseUrl == TwilioOptions.Api ? Messaging : options.BaseUrl)}/v2/Channels/Senders?Channel=whatsapp&PageSize=100", cancel);
        var sender = TwilioChecks.Sender(senders, inbox.Address);
        return new AccountReport(
        [
            TwilioChecks.Token(account),
            TwilioChecks.Account(account),
            TwilioChecks.Number(inbox, senders, sender),
            TwilioChecks.Webhook(inbox, senders, sender, publicUrl),
            .. TwilioChecks.Sandbox(inbox),
        ])
        {
            DisplayName = sender.Get("profile"u8).Text("name"u8) ?? account.Json.Text("friendly_name"u8),
            Quality = sender.Get("properties"u8).Text("quality_rating"u8),
            Tier = sender.Get("properties"u8).Text("messaging_limit"u8),
        };
    }

    public Task<BlockOutcome> Block(InboxAddress inbox, SenderIdentity customer, bool blocks, CancellationToken cancel) =>
        Task.FromResult<BlockOutcome>(new BlockOutcome.NotOffered("Twilio has no block list: it is kept here alone."));

    public Task<CatalogReport> Catalog(InboxAddress inbox, string catalogId, CancellationToken cancel) =>
        Task.FromResult(new CatalogReport(false, null, null, "Twilio sends no products of a catalogue.", null));

    public void Dispose() => http.Dispose();

    private async Task<AccountAnswer> Get(InboxAddress inbox, string url, CancellationToken cancel)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{inbox.Account.Trim()}:{inbox.AccessToken.Trim()}"));
        var answer = await ProviderHttp.Send(http, HttpMethod.Get, new Uri(url), $"Basic {basic}", ReadOnlyMemory<byte>.Empty, type: null, time, cancel,
            calls?.Begin(inbox.InboxId, "self_test"));
        return AccountAnswer.Of(answer, (json, status) => status is >= 200 and < 300
            ? (null, null)
            : (ProviderText.ErrorCode(json.Text("code"u8)), json.Text("message"u8) ?? $"HTTP {status}"));
    }

    private static string Base(Uri url) => url.AbsoluteUri.TrimEnd('/');
}
