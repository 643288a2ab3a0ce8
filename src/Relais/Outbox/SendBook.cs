using Relais.Channels;
using Relais.Conversations;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Outbox;

/// <summary>What became of one of many unasked messages; no message when it was refused.</summary>
internal sealed record GatedSend(SendRequest Request, SendDecision Decision, long? MessageId);

/// <summary>
/// What the gate looks up for the requests of one transaction, read once for all of them: a thousand recipients of a campaign
/// cost as many queries as one.
/// </summary>
internal sealed class SendBook
{
    private readonly Dictionary<long, SendContext> contexts;
    private readonly Dictionary<long, UnaskedCount> counts;
    private readonly Dictionary<(long Inbox, string Name), List<StoredTemplate>> templates = [];

    private SendBook(Dictionary<long, SendContext> contexts, Dictionary<long, UnaskedCount> counts) => (this.contexts, this.counts) = (contexts, counts);

    public static async Task<SendBook> Open(Tx tx, IReadOnlyList<SendRequest> requests, long now)
    {
        var asked = requests.Where(r => Needs(r, now)).ToList();
        if (asked.Count == 0)
        {
            return new SendBook([], []);
        }

        var found = await SendContext.Load(tx, asked.ConvertAll(r => (r.TenantId, r.ConversationId)));
        var capped = asked.Where(r => r.Why is { IsCapped: true } && found.ContainsKey(r.ConversationId)).ToList();
        return new SendBook(found, await UnaskedStore.Counts(tx, capped.ConvertAll(r => (r.TenantId, found[r.ConversationId].ContactId)), now));
    }

    /// <summary>The template it is, or becomes outside the window; null for what goes as it is.</summary>
    public static OutboundContent.Template? Template(SendRequest request, long now) =>
        request.Content as OutboundContent.Template ?? (ServiceWindow.IsOpen(request.LastInboundAt, now) ? null : request.OutsideWindow);

    /// <summary>False for an answer in an open window: it is decided from the request alone.</summary>
    public static bool Needs(SendRequest request, long now) =>
        request.Unasked || request.Purpose != SendPurpose.Service || Template(request, now) is not null;

    public SendContext Context(SendRequest request) => contexts.GetValueOrDefault(request.ConversationId) ?? new SendContext(request.ConversationId, 0);

    /// <summary>All templates of that name on the request's number.</summary>
    public async Task<List<StoredTemplate>> Named(Tx tx, SendRequest request, string name)
    {
        if (!templates.TryGetValue((request.InboxId, name), out var named))
        {
            templates[(request.InboxId, name)] = named = await TemplateStore.Named(tx, request.TenantId, request.InboxId, name);
        }

        return named;
    }

    /// <summary>Counts it for the frequency cap; the refusal when the customer has had enough.</summary>
    public SendDecision.Refused? TakesPlace(SendRequest request)
    {
        var contact = Context(request).ContactId;
        if (!counts.TryGetValue(contact, out var count))
        {
            return null;
        }

        if (count.IsReached)
        {
            return new SendDecision.Refused("frequency_cap",
                $"The customer has had {count.Had} messages nobody asked for in {count.Days} days; the business allows {count.Limit} (settings, frequency_cap).");
        }

        counts[contact] = count with { Had = count.Had + 1 };
        return null;
    }

    /// <summary>The record of those that are unasked and go; the parts of a split text count once.</summary>
    public List<UnaskedStore.Entry> Entries(IReadOnlyList<QueuedMessage> queued) =>
    [
        .. from message in queued
           where message.Request.Why is not null && message.Decision is not SendDecision.Refused && message.MessageId == message.AnswerId
           let context = Context(message.Request)
           select new UnaskedStore.Entry(message, message.Request.Why!, context.ContactId,
               message.Purpose != SendPurpose.Marketing ? "not_needed" : context.MarketingOptedInAt is null ? "not_withdrawn" : "granted",
               ServiceWindow.IsOpen(message.Request.LastInboundAt, message.Now)),
    ];
}
