using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>Whom to write to: a contact, or a number that may never have written.</summary>
/// <param name="ContactId">Ours, or null.</param>
/// <param name="Phone">As a person writes it; used without a contact.</param>
/// <param name="InboxId">The number to write from; null takes the one of the last conversation, or the only one.</param>
internal sealed record Addressee(long? ContactId, string? Phone, long? InboxId);

/// <summary>
/// Words of the business that begin or continue a conversation without changing who owns it. Promise: nothing passes the gate
/// that would not pass it from the desk; what is refused leaves no trace, not even the contact.
/// </summary>
internal sealed class Outreach(SendGate gate, SayingCheck check, Addressing addressing, Clock clock)
{
    public delegate Saying Words(Conversation conversation);

    public async Task<DeskResult> Send(Tx tx, long tenantId, Actor actor, Addressee to, Words words, IdRange ids)
    {
        var (contactId, wrong) = await Contact(tx, tenantId, to, ids);
        if (wrong is not null)
        {
            return new DeskResult.Invalid([wrong]);
        }

        if (await addressing.Inbox(tx, tenantId, contactId, to.InboxId) is not { } inboxId)
        {
            return Invalid("inbox_id", to.InboxId is null
                ? "inbox_id is missing: the business has more than one number and has not spoken with this customer yet."
                : "inbox_id is not a number of this business.");
        }

        var id = await OutreachStore.Open(tx, tenantId, contactId, inboxId, ids.Next(), clock.Micros);
        var conversation = (await ConversationStore.Find(tx, tenantId, id))!;
        var (saying, problems) = await check.Of(tx, conversation, words(conversation));
        if (problems.Count > 0)
        {
            return new DeskResult.Invalid(problems);
        }

        var request = new SendRequest(
            tenantId, id, inboxId, conversation.Version, conversation.LastInboundAt, conversation.ContactOptedOutAt, Author.Agent, actor.AgentId,
            saying.Content)
        {
            Quotes = saying.Quotes,
            BlockedAt = conversation.ContactBlockedAt,
        };
        return await gate.Decide(tx, request) is SendDecision.Refused refused
            ? DeskResult.Refused.By(refused)
            : new DeskResult.Done((await gate.Enqueue(tx, [request], ids))[0].MessageId) { ConversationId = id };
    }

    private async Task<(long Contact, ContentProblem? Wrong)> Contact(Tx tx, long tenantId, Addressee to, IdRange ids)
    {
        if (to.ContactId is { } known)
        {
            return await OutreachStore.ContactExists(tx, tenantId, known) > 0
                ? (known, null) : (0, new ContentProblem("contact_id", "There is no contact with this id."));
        }

        if (PhoneNumbers.ToE164(to.Phone) is not { } phone)
        {
            return (0, new ContentProblem("to", "to is a phone number with its country code, such as +212612345678; or give contact_id."));
        }

        return (await ContactStore.OfPhone(tx, tenantId, phone, null, ids, clock.Micros), null);
    }

    private static DeskResult.Invalid Invalid(string field, string sentence) => new([new ContentProblem(field, sentence)]);
}
