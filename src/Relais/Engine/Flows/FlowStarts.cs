using System.Text.Json.Nodes;
using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Engine.Flows;

/// <summary>Puts a conversation into a flow from outside of a turn; the conversation's next turn runs it.</summary>
internal sealed class FlowStarts(WorkQueue queue, ChangeLog changes, ConversationEvents events, InboxDirectory inboxes, Clock clock)
{
    /// <summary>Contact with its identities, conversation, session, event, change.</summary>
    public const int IdsNeeded = 8;

    public async Task<(int Status, object? Answer)> Start(Tx tx, long tenantId, KnownFlow flow, FlowStartRequest asked, IdRange ids, string trigger = "api")
    {
        if (await Contact(tx, tenantId, asked, ids) is not { } contactId)
        {
            return (400, asked.ContactId is null
                ? Problems.Invalid400("to", "to is a phone number with its country code, such as +212612345678; or give contact_id.")
                : Problems.Invalid400("contact_id", "There is no contact with this id."));
        }

        if (await Inbox(tx, tenantId, contactId, asked.From) is not { } inbox)
        {
            return (400, Problems.Invalid400("from", asked.From is null
                ? "from is missing: the business has more than one number and has not spoken with this customer yet."
                : "from is not a number of this business."));
        }

        var now = clock.Micros;
        var id = await OutreachStore.Open(tx, tenantId, contactId, inbox.Id, ids.Next(), now);
        var conversation = (await ConversationStore.Find(tx, tenantId, id))!;
        if (conversation.Assignee != Assignee.AiAgent)
        {
            return (409, Problems.FlowBusy);
        }

        var session = ids.Next();
        var address = "whatsapp:" + inbox.DisplayNumber;
        var customer = "whatsapp:" + (conversation.ContactPhone ?? "");
        var parameters = asked.Parameters is { } given ? JsonNode.Parse(given.GetRawText()) as JsonObject ?? [] : [];
        var state = FlowContext.Start(
            flow.Definition!, "incomingRequest", new JsonObject { ["from"] = address, ["to"] = customer, ["parameters"] = parameters },
            new FlowFacts($"FN{session}", flow.Sid, address, FlowFacts.ContactOf(
                customer, conversation.ContactName ?? "", conversation.ContactPhone ?? "", conversation.Language, await FlowContacts.IsClient(tx, tenantId, contactId))));
        var progress = new FlowProgress(
            new FlowSession(session, flow.FlowId, flow.Version, null, state, 0) { Trigger = trigger, OnRelease = flow.Settings.OnRelease == "resume" ? 1 : 0 },
            true, [], null, conversation.LastInboundSeq, []);
        await FlowSessionStore.Save(tx, [new FlowSessionStore.Placed(tenantId, id, progress, now)]);

        // What the customer wrote before is answered by whoever had it; the flow begins with what comes.
        await tx.Execute("""
            UPDATE conversation SET assignee = 1, version = version + 1, answered_seq = last_inbound_seq WHERE tenant_id = @tenantId AND id = @id
            """, new { tenantId, id });
        await events.Add(tx, new ConversationEvent(tenantId, ids.Next(), id, "flow_started", null, trigger, now));
        await changes.Append(tx, [new Change(ids.Next(), tenantId, "conversation.updated", id, null, inbox.Id, now)]);
        await queue.Wake(tx, [new LaneWake(LaneKind.Turn, id, tenantId)]);
        return (201, new FlowStarted(session, flow.FlowId, id, "active"));
    }

    private async Task<long?> Contact(Tx tx, long tenantId, FlowStartRequest asked, IdRange ids)
    {
        if (asked.ContactId is { } known)
        {
            return await OutreachStore.ContactExists(tx, tenantId, known) > 0 ? known : null;
        }

        return PhoneNumbers.ToE164(asked.To) is { } phone ? await ContactStore.OfPhone(tx, tenantId, phone, null, ids, clock.Micros) : null;
    }

    private async Task<Inbox?> Inbox(Tx tx, long tenantId, long contactId, string? from)
    {
        var own = inboxes.Inboxes.Where(i => i.TenantId == tenantId).ToList();
        if (from is not null)
        {
            var number = PhoneNumbers.ToE164(from);
            return own.Find(i => i.Address == from || (number is not null && (PhoneNumbers.ToE164(i.DisplayNumber) == number || i.Address == number)));
        }

        return own.Count == 1 ? own[0] : await OutreachStore.LastInbox(tx, tenantId, contactId) is { } last ? own.Find(i => i.Id == last) : null;
    }
}
