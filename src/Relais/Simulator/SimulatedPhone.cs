using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Simulator.Customer;

namespace Relais.Simulator;

/// <summary>A customer's phone: writes signed webhooks to Relais and shows what comes back.</summary>
internal sealed partial class SimulatedPhone(SimulatorHub hub, string number, string name)
{
    private readonly ConcurrentDictionary<(SimulatedChannel, string), Chat> chats = new();

    /// <summary>E.164.</summary>
    public string Number { get; } = number;

    public string Name { get; set; } = name;

    /// <summary>WhatsApp's id. Usually the digits of the number, but not for every Brazilian, Mexican or Argentine one.</summary>
    public string WaId { get; set; } = E164.Digits(number);

    /// <summary>The business-scoped user id. Always the same for one number; real ones differ by business portfolio.</summary>
    public string UserId { get; } = MakeUserId(number);

    /// <summary>A customer with a username: webhooks carry only <see cref="UserId"/>.</summary>
    public bool HidesNumber { get; set; }

    public DateTimeOffset LastActive { get; private set; }

    internal SendInbox Inbox { get; } = new();

    internal IEnumerable<Chat> Chats => chats.Values;

    /// <summary>Where the customer moved to; null while they are here.</summary>
    public string? MovedTo { get; private set; }

    /// <summary>Writes a text and waits for Relais's answer to the webhook.</summary>
    public Task<WebhookResult> Say(SimulatedNumber to, string text, CancellationToken cancel = default) =>
        Send(to, Drafts.Text(text), cancel);

    /// <summary>
    /// Any other type, e.g. <c>("location", {"latitude":…})</c>. Twilio has no nested objects: each property of
    /// <paramref name="content"/> becomes a parameter of that name.
    /// </summary>
    public Task<WebhookResult> SendOther(
        SimulatedNumber to, string type, JsonObject content, string shown = "", CancellationToken cancel = default) =>
        Send(to, new Draft(type, shown, content) { Form = [.. content.Select(p => KeyValuePair.Create(p.Key, p.Value?.ToString() ?? ""))] }, cancel);

    /// <summary>Posts these bytes, signed unless a signature is given, without a bubble: for malformed or batched bodies.</summary>
    public Task<WebhookResult> SendRaw(
        SimulatedNumber to, byte[] body, string? signature = null, CancellationToken cancel = default) =>
        hub.Post(
            to.Channel == SimulatedChannel.Meta
                ? MetaWebhook.Raw(to, body, signature)
                : TwilioWebhook.Raw(to, body, signature),
            cancel);

    /// <summary>The same webhook again, byte for byte, as a provider's redelivery.</summary>
    public Task<WebhookResult> Redeliver(WebhookResult earlier, CancellationToken cancel = default) =>
        hub.Post(earlier.Webhook, cancel);

    /// <summary>Posts again what Relais did not take; null when there is no such bubble.</summary>
    public async Task<WebhookResult?> Retry(SimulatedNumber to, string id, CancellationToken cancel = default)
    {
        var chat = ChatWith(to);
        return chat.Find(id) is { Webhook: { } webhook } bubble ? await hub.Deliver(this, chat, bubble, webhook, cancel) : null;
    }

    /// <summary>The customer blocks the business, or lets it write again.</summary>
    public void Block(SimulatedNumber number, bool blocked)
    {
        ChatWith(number).IsBlockedByCustomer = blocked;
        hub.Feed.Changed();
    }

    public IReadOnlyList<PhoneMessage> Messages(SimulatedNumber with) => ChatWith(with).Last(int.MaxValue);

    internal Chat ChatWith(SimulatedNumber number)
    {
        var chat = chats.GetOrAdd((number.Channel, number.Address), _ => new Chat(number));
        chat.Number = number;
        return chat;
    }

    internal void Touch(DateTimeOffset now) => LastActive = now;

    private async Task<WebhookResult> Send(SimulatedNumber to, Draft draft, CancellationToken cancel)
    {
        var now = hub.Now;
        Touch(now);
        var meta = to.Channel == SimulatedChannel.Meta;
        var id = meta ? ProviderIds.Wamid(Number) : ProviderIds.Sid(Number, draft.File is null && draft.VCard is null ? "SM" : "MM");
        var webhook = meta ? MetaWebhook.Message(to, this, id, now, draft) : TwilioWebhook.Message(to, this, id, draft, hub);
        var chat = ChatWith(to);
        var bubble = new PhoneMessage(id, fromCustomer: true, draft.Type, draft.Text, now) { Extra = Around(draft), Quotes = draft.Beside.Quotes };
        if (draft.IsBubble)
        {
            chat.Add(bubble, hub.BubblesPerChat);
            hub.Feed.Bubble(this, chat, bubble);
        }
        else if (!meta)
        {
            return new WebhookResult(webhook, null, "", WebhookFailure.Withheld);
        }

        return await hub.Deliver(this, chat, bubble, webhook, cancel);
    }

    private static Shown? Around(Draft draft) => draft.Beside is { Forwarded: false, From: null } ? draft.Extra
        : (draft.Extra ?? new Shown()) with { Forwarded = draft.Beside.Forwarded, Advertisement = draft.Beside.From?.Headline };

    private static string MakeUserId(string number)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(number));
        var country = Countries.FirstOrDefault(c => number.StartsWith(c.Prefix, StringComparison.Ordinal)).Code ?? "US";
        return country + "." + BitConverter.ToUInt64(hash).ToString("D20", CultureInfo.InvariantCulture);
    }

    private static readonly (string Prefix, string Code)[] Countries =
        [("+212", "MA"), ("+213", "DZ"), ("+216", "TN"), ("+33", "FR"), ("+44", "GB"), ("+32", "BE"), ("+41", "CH")];
}
