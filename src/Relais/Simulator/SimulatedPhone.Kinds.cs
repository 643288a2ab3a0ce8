using System.Text.Json.Nodes;
using Relais.Simulator.Customer;
using Relais.Simulator.Files;

namespace Relais.Simulator;

/// <summary>The kinds of messages besides plain text. Each waits for Relais's answer to the webhook.</summary>
internal sealed partial class SimulatedPhone
{
    /// <summary>A text that quotes, was forwarded, or comes from an advertisement.</summary>
    public Task<WebhookResult> Say(SimulatedNumber to, string text, Beside beside, CancellationToken cancel = default) =>
        Send(to, Drafts.Text(text) with { Beside = beside }, cancel);

    /// <summary>Answers a message.</summary>
    public Task<WebhookResult> Quote(SimulatedNumber to, string messageId, string text, CancellationToken cancel = default) =>
        Say(to, text, new Beside(messageId), cancel);

    /// <summary>Taps a reply button, a list's row or a template's quick reply, as <see cref="Choice.Kind"/> says.</summary>
    public Task<WebhookResult> Tap(SimulatedNumber to, Choice choice, string? repliesTo = null, CancellationToken cancel = default) =>
        Send(to, Drafts.Tap(choice, repliesTo), cancel);

    /// <param name="to">The business's number.</param>
    /// <param name="kind">image, video, audio, voice, document or sticker.</param>
    /// <param name="file">Bytes, type and name; null takes a ready sample.</param>
    /// <param name="caption">Not for audio and stickers.</param>
    /// <param name="beside">Quote, forwarding, advertisement.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<WebhookResult> SendMedia(
        SimulatedNumber to, string kind, (byte[] Bytes, string MimeType, string? Name)? file = null, string? caption = null,
        Beside? beside = null, CancellationToken cancel = default)
    {
        var (bytes, type, name) = file ?? SampleFiles.Of(kind) ?? throw new ArgumentException($"\"{kind}\" is no kind of file.", nameof(kind));
        return SendFile(to, kind, hub.Files.Put(to, bytes, type, name), caption, beside, cancel);
    }

    public Task<WebhookResult> SendLocation(
        SimulatedNumber to, double latitude, double longitude, string? name = null, string? address = null, Beside? beside = null,
        CancellationToken cancel = default) =>
        Send(to, Drafts.Location(latitude, longitude, name, address) with { Beside = beside ?? Beside.Nothing }, cancel);

    public Task<WebhookResult> SendContacts(
        SimulatedNumber to, IReadOnlyList<ShownCard> cards, Beside? beside = null, CancellationToken cancel = default) =>
        Send(to, Drafts.Contacts(cards) with { Beside = beside ?? Beside.Nothing }, cancel);

    /// <summary>Reacts to a message; an empty emoji takes the reaction back. Twilio passes reactions on to nobody.</summary>
    public Task<WebhookResult> React(SimulatedNumber to, string messageId, string emoji, CancellationToken cancel = default) =>
        Change(to, messageId, Drafts.Reaction(messageId, emoji), b => b.CustomerReaction = emoji, cancel);

    /// <summary>Sends a cart. Meta only.</summary>
    /// <exception cref="NotSupportedException">Twilio.</exception>
    public Task<WebhookResult> Order(
        SimulatedNumber to, IReadOnlyList<CartLine> lines, string note = "", string? catalogId = null, CancellationToken cancel = default) =>
        to.Channel == SimulatedChannel.Meta
            ? Send(to, Drafts.Order(lines, note, catalogId ?? SimulatedCatalog.Usual.Id), cancel)
            : throw new NotSupportedException("Twilio has no catalogue to order from.");

    /// <summary>Fills in a flow's form.</summary>
    public Task<WebhookResult> FlowReply(SimulatedNumber to, JsonObject answers, string? repliesTo = null, CancellationToken cancel = default) =>
        Send(to, Drafts.FlowReply(answers, repliesTo), cancel);

    /// <summary>Changes what was written before. Twilio tells nobody.</summary>
    public Task<WebhookResult> Edit(SimulatedNumber to, string messageId, string text, CancellationToken cancel = default) =>
        Change(to, messageId, Drafts.Edit(messageId, text), b => (b.Text, b.IsEdited) = (text, true), cancel);

    /// <summary>Deletes it for everyone. Twilio tells nobody.</summary>
    public Task<WebhookResult> Revoke(SimulatedNumber to, string messageId, CancellationToken cancel = default) =>
        Change(to, messageId, Drafts.Revoke(messageId), b => b.IsDeleted = true, cancel);

    /// <summary>A message of a kind the API cannot carry, e.g. poll_creation.</summary>
    public Task<WebhookResult> SendUnsupported(SimulatedNumber to, string kind = "poll_creation", CancellationToken cancel = default) =>
        Send(to, Drafts.Unsupported(kind), cancel);

    /// <summary>
    /// The customer moves to another number and WhatsApp tells the business: everything they write from now on comes from the
    /// phone that is returned, which shows the same chats. Twilio tells nobody.
    /// </summary>
    public async Task<(SimulatedPhone Phone, WebhookResult Result)> ChangeNumber(SimulatedNumber to, string e164, CancellationToken cancel = default)
    {
        var moved = hub.Phone(e164, Name);
        var result = await Change(to, null, Drafts.NumberChange(Name, WaId, moved.WaId), _ => { }, cancel);
        foreach (var (key, chat) in chats)
        {
            moved.chats[key] = chat;
        }

        MovedTo = moved.Number;
        hub.Feed.Changed();
        return (moved, result);
    }

    internal Task<WebhookResult> SendFile(
        SimulatedNumber to, string kind, SimulatedFile file, string? caption, Beside? beside, CancellationToken cancel) =>
        Send(to, Drafts.Media(kind, file, hub.MetaBase() + FileLinks.Download(file, hub.Now), caption) with { Beside = beside ?? Beside.Nothing }, cancel);

    private async Task<WebhookResult> Change(
        SimulatedNumber to, string? messageId, Draft draft, Action<PhoneMessage> change, CancellationToken cancel)
    {
        var chat = ChatWith(to);
        if (messageId is not null && chat.Change(messageId, change) is { } bubble)
        {
            hub.Feed.Bubble(this, chat, bubble);
        }

        return await Send(to, draft, cancel);
    }
}
