using Relais.Channels;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Desk.Orders;

/// <summary>What became of words about an order.</summary>
internal abstract record OrderSaid
{
    /// <param name="MessageId">Queued; it may still wait for the number.</param>
    internal sealed record Sent(long MessageId, Addressed To, bool IsTemplate) : OrderSaid;

    /// <summary>Nobody is written to now; nothing was queued.</summary>
    internal sealed record Later(long Until) : OrderSaid;

    /// <param name="Code">no_customer, no_number, or the gate's.</param>
    /// <param name="Reason">One sentence for a person, which says what can be done.</param>
    internal sealed record Refused(string Code, string Reason) : OrderSaid;
}

/// <summary>What is to be said of an order.</summary>
/// <param name="Words">In an open window; fr, ar or en.</param>
/// <param name="Template">The template that is sent outside of it; null: nothing.</param>
/// <param name="Values">Of its variables, the first one first; what it has no place for is left out.</param>
internal sealed record OrderWords(Func<string, OutboundContent> Words, string? Template, Func<string, IReadOnlyList<string>> Values)
{
    /// <summary>Payloads of the template's quick replies, the first one first.</summary>
    public IReadOnlyList<string> Payloads { get; init; } = [];

    /// <summary>fr, ar or en; null takes the conversation's.</summary>
    public string? Language { get; init; }

    /// <summary>The number to write from; null takes the last one.</summary>
    public long? InboxId { get; init; }

    /// <summary>Null when a person of the business wants it said now.</summary>
    public UnaskedWhy? Why { get; init; }

    /// <summary>The person, or null.</summary>
    public long? AgentId { get; init; }

    /// <summary>True: in quiet hours it is not queued, so that it can be thought over when they end.</summary>
    public bool WaitsOutside { get; init; }

    /// <summary>True: taken back when the customer writes first.</summary>
    public bool FallsOnReply { get; init; }
}

/// <summary>Says something of an order to its customer, through the gate, in the caller's transaction.</summary>
internal sealed class OrderSpeech(SendGate gate, Addressing addressing, InboxDirectory inboxes)
{
    /// <summary>Of the longest notice.</summary>
    public static int IdsNeeded { get; } = 1 + SendGate.IdsNeeded(new string(' ', 4_000));

    public async Task<OrderSaid> Say(Tx tx, Order order, OrderWords said, IdRange ids)
    {
        if (order.ContactId is not { } contact)
        {
            return new OrderSaid.Refused("no_customer", "The order names no customer: nobody can be written to.");
        }

        // Where nobody has spoken yet only a template goes: an empty conversation is not opened for a refusal.
        if (await Unreachable(tx, order.TenantId, contact, said) is { } unreachable)
        {
            return unreachable;
        }

        if (await addressing.Contact(tx, order.TenantId, contact, said.InboxId, ids) is not { } to)
        {
            return NoNumber();
        }

        var language = said.Language ?? (to.Language is "ar" or "en" ? to.Language : "fr");
        var content = said.Words(language);
        var purpose = SendPurpose.Utility;
        var request = (said.Why is { } why
            ? to.Unasked(content, Author.System, why, purpose)
            : new SendRequest(to.TenantId, to.ConversationId, to.InboxId, to.Version, to.LastInboundAt, to.OptedOutAt,
                said.AgentId is null ? Author.System : Author.Agent, said.AgentId, content) { BlockedAt = to.BlockedAt, Purpose = purpose })
            with
            {
                FallsOnReply = said.FallsOnReply,
                OutsideWindow = await Template(tx, order.TenantId, to.InboxId, language, said),
            };
        return await gate.Decide(tx, request) switch
        {
            SendDecision.Refused no => new OrderSaid.Refused(no.Code, Advice(no, said.Template)),
            SendDecision.Wait wait when said.WaitsOutside => new OrderSaid.Later(wait.Until),
            var decision => new OrderSaid.Sent((await gate.Enqueue(tx, [request], ids))[0].MessageId, to, decision is SendDecision.UseTemplate),
        };
    }

    /// <summary>What would become of it, with nothing opened and nothing queued: for a warning in advance.</summary>
    /// <param name="tx">Any.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="contact">The customer, or null for one who is not known yet.</param>
    /// <param name="said">What is to be said.</param>
    /// <returns>Null: it goes.</returns>
    public async Task<OrderSaid.Refused?> Foresee(Tx tx, long tenantId, long? contact, OrderWords said)
    {
        if (await Unreachable(tx, tenantId, contact, said) is { } unreachable)
        {
            return unreachable;
        }

        if (contact is not { } known || await OutreachStore.LastConversation(tx, tenantId, known) is not { } place)
        {
            return null;
        }

        var to = (await Addressing.Conversations(tx, tenantId, [place.Id])).SingleOrDefault();
        if (to is null || (said.InboxId is { } asked && asked != to.InboxId))
        {
            return null;
        }

        var language = said.Language ?? (to.Language is "ar" or "en" ? to.Language : "fr");
        var request = new SendRequest(to.TenantId, to.ConversationId, to.InboxId, to.Version, to.LastInboundAt, to.OptedOutAt, Author.System, null, said.Words(language))
        {
            BlockedAt = to.BlockedAt, Purpose = SendPurpose.Utility, OutsideWindow = await Template(tx, tenantId, to.InboxId, language, said),
        };
        return await gate.Decide(tx, request) is SendDecision.Refused no ? new OrderSaid.Refused(no.Code, Advice(no, said.Template)) : null;
    }

    private async Task<OrderSaid.Refused?> Unreachable(Tx tx, long tenantId, long? contact, OrderWords said)
    {
        if (contact is { } known && await OutreachStore.LastConversation(tx, tenantId, known) is not null)
        {
            return null;
        }

        var own = inboxes.Inboxes.Where(i => i.TenantId == tenantId).Select(i => i.Id).ToList();
        return said.InboxId is null && own.Count != 1 ? NoNumber()
            : (said.InboxId ?? own[0]) is var inbox && !own.Contains(inbox) ? NoNumber()
            : await Template(tx, tenantId, inbox, said.Language ?? "fr", said) is null
                ? new OrderSaid.Refused(SendRules.WindowClosed, $"The customer has not written yet: WhatsApp takes only an approved template.{Hint(said.Template)}") : null;
    }

    private static OrderSaid.Refused NoNumber() => new("no_number",
        "It is not clear from which number to write: the business has more than one, and has not spoken with this customer. Name it with inbox_id.");

    private static string Advice(SendDecision.Refused no, string? template) =>
        no.Code is SendRules.WindowClosed or "template_unknown" ? no.Reason + Hint(template) : no.Reason;

    private static string Hint(string? template) => template is null ? "" : $" Create the template {template} (it comes with Relais, under Templates) and wait for its approval.";

    /// <summary>In the customer's language, else in one there is; null when none of that name is approved on this number.</summary>
    private static async Task<OutboundContent.Template?> Template(Tx tx, long tenantId, long inboxId, string language, OrderWords said)
    {
        if (said.Template is not { } name)
        {
            return null;
        }

        var usable = (await TemplateStore.Named(tx, tenantId, inboxId, name)).FindAll(t => t.IsUsable);
        var chosen = usable.Find(t => Tongue(t.Language) == language) ?? usable.FirstOrDefault();
        if (chosen is null)
        {
            return null;
        }

        var names = TemplateText.Variables(chosen.Parts.Body);
        var values = said.Values(Tongue(chosen.Language));
        var replies = chosen.Parts.Buttons.Select((button, index) => (button, index)).Where(b => b.button.Kind == "quick_reply").ToList();
        return new OutboundContent.Template(chosen.Name, chosen.Language)
        {
            Body = names.Count == 0 ? null : names.Zip(values).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal),
            ButtonValues = said.Payloads.Count == 0 ? null : [.. replies.Zip(said.Payloads).Select(b => new TemplateButton(b.First.index, "quick_reply", b.Second))],
        };
    }

    private static string Tongue(string language) => language.Split('_')[0].ToLowerInvariant();
}
