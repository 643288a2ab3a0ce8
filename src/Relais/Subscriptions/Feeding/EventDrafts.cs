using System.Text.Json;
using Relais.Changes;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Subscriptions.Feeding;

/// <summary>What is posted: Standard Webhooks' form.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">The things it is about, each under its own name.</param>
internal sealed record EventBody(string Type, DateTimeOffset Timestamp, IReadOnlyDictionary<string, object> Data);

/// <summary>
/// In: changes of one tenant, in order, and who listens. Out: an event for each subscription that wants it, with the things as they are
/// now, and what is to be remembered as told. Reads only.
/// </summary>
internal sealed class EventDrafts(EventShapes shapes)
{
    /// <summary>What was told of a thing is remembered for longer (<see cref="Delivering.SubscriptionPruner"/>): older steps are history.</summary>
    private const long Horizon = 30 * Instants.Day;

    public async Task<(List<NewDelivery> Events, List<SeenState> Seen)> Of(
        Tx tx, long tenantId, IReadOnlyList<NumberedChange> changes, IReadOnlyList<Subscription> on)
    {
        var told = changes.Where(c => Concerns(c) is not Concern.Nothing).ToList();
        var things = await Load(tx, tenantId, told);
        var since = on.Min(s => s.StartedAt);
        var events = new List<NewDelivery>();
        foreach (var change in told)
        {
            foreach (var (type, thing, data) in await Read(tx, tenantId, change, things, Math.Max(since, change.At - Horizon)))
            {
                var wanting = on.Where(s => s.StartedSeq < change.Seq && s.Wants(type)).ToList();
                if (wanting.Count > 0)
                {
                    var body = JsonSerializer.Serialize(new EventBody(type, Instants.FromMicros(change.At), data), ApiJson.Options);
                    events.AddRange(wanting.ConvertAll(s => new NewDelivery(tenantId, s.Id, thing, change.Seq, type, body)));
                }
            }
        }

        return (events, things.Seen.Where(s => things.Before.GetValueOrDefault(s.Key) != s.Value)
            .Select(s => new SeenState(tenantId, s.Key, s.Value)).ToList());
    }

    private async Task<List<(string Type, long Thing, IReadOnlyDictionary<string, object> Data)>> Read(
        Tx tx, long tenantId, NumberedChange change, Things things, long since)
    {
        var found = new List<(string, long, IReadOnlyDictionary<string, object>)>();
        switch (Concerns(change))
        {
            case Concern.Message or Concern.Conversation when things.Conversations.GetValueOrDefault(change.ConversationId ?? 0) is { } conversation:
                var shown = new Dictionary<string, object>(StringComparer.Ordinal) { ["conversation"] = shapes.Conversation(conversation) };
                var isOwn = change.Type == "conversation.updated";
                foreach (var type in things.Tell(conversation.Id, seen => EventReading.OfConversation(isOwn, things.Facts(conversation), seen, since)))
                {
                    found.Add((type, conversation.Id, shown));
                }

                if (!isOwn && things.Messages.GetValueOrDefault(change.MessageId ?? 0) is { } message && things.Shown.TryGetValue(message.Id, out var words))
                {
                    foreach (var type in things.Tell(message.Id, seen => EventReading.OfMessage(change.Type == "message.created", Facts(message), seen, since)))
                    {
                        found.Add((type, conversation.Id, new Dictionary<string, object>(shown, StringComparer.Ordinal) { ["message"] = words }));
                    }
                }

                foreach (var type in things.Tell(conversation.ContactId, seen => EventReading.OfConsent(conversation.ContactOptedOutAt, seen, since)))
                {
                    await AddContact(type, conversation.ContactId);
                }

                break;
            case Concern.Order when await OrderRead.Find(tx, tenantId, change.MessageId!.Value) is { } order:
                found.Add((change.Type, order.Order.Id, new Dictionary<string, object>(StringComparer.Ordinal) { ["order"] = OrderAnswer.Of(order) }));
                break;
            case Concern.Campaign when await shapes.Campaign(tx, tenantId, change.MessageId!.Value) is { } campaign:
                AddTold("campaign", campaign.Shown, things.Tell(change.MessageId!.Value, seen => EventReading.OfCampaign(campaign.Facts, seen, since)));
                break;
            case Concern.FollowUp when await shapes.FollowUp(tx, tenantId, change.MessageId!.Value) is { } plan:
                AddTold("follow_up", plan.Shown, things.Tell(change.MessageId!.Value, seen => EventReading.OfFollowUp(plan.Facts, seen, since)));
                break;
            case Concern.Contact:
                await AddContact(EventTypes.ContactUpdated, change.MessageId!.Value);
                break;
        }

        return found;

        void AddTold(string name, object shown, IReadOnlyList<string> types) => found.AddRange(types.Distinct(StringComparer.Ordinal).Select(
            type => (type, change.MessageId!.Value, (IReadOnlyDictionary<string, object>)new Dictionary<string, object>(StringComparer.Ordinal) { [name] = shown })));

        async Task AddContact(string type, long id)
        {
            if (await shapes.Contact(tx, tenantId, id) is { } contact)
            {
                found.Add((type, id, new Dictionary<string, object>(StringComparer.Ordinal) { ["contact"] = contact }));
            }
        }
    }

    private async Task<Things> Load(Tx tx, long tenantId, List<NumberedChange> changes)
    {
        var conversationIds = changes.Where(c => Concerns(c) is Concern.Message or Concern.Conversation).Select(c => c.ConversationId).OfType<long>().Distinct().ToArray();
        var messageIds = changes.Where(c => Concerns(c) == Concern.Message).Select(c => c.MessageId).OfType<long>().Distinct().ToArray();
        var conversations = conversationIds.Length == 0 ? [] : await ConversationStore.Some(tx, tenantId, conversationIds);
        var messages = messageIds.Length == 0 ? [] : await ConversationStore.SomeMessages(tx, tenantId, messageIds);
        var ownIds = changes.Where(c => Concerns(c) is Concern.Campaign or Concern.FollowUp).Select(c => c.MessageId!.Value).Distinct();
        var seen = await FeedStore.Seen(tx, tenantId, [.. conversationIds, .. messageIds, .. ownIds, .. conversations.Select(c => c.ContactId).Distinct()]);
        return new Things(
            conversations.ToDictionary(c => c.Id), messages.ToDictionary(m => m.Id), await shapes.Messages(tx, tenantId, messages),
            await FeedStore.HandedAt(tx, tenantId, [.. conversationIds.Where(id => !seen.ContainsKey(id))]), seen);
    }

    private static MessageFacts Facts(StoredMessage m) =>
        new(m.Author == Author.Customer, m.CreatedAt, m.SentAt, m.DeliveredAt, m.ReadAt, m.FailedAt);

    private static Concern Concerns(NumberedChange change) => change switch
    {
        { Type: "message.created" or "message.updated", MessageId: not null, ConversationId: not null } => Concern.Message,
        { Type: "conversation.updated", ConversationId: not null } => Concern.Conversation,
        { Type: "order.created" or "order.updated", MessageId: not null } => Concern.Order,
        { Type: "contact.updated", MessageId: not null } => Concern.Contact,
        { Type: "campaign.updated", MessageId: not null } => Concern.Campaign,
        { Type: "follow_up.updated", MessageId: not null } => Concern.FollowUp,
        _ => Concern.Nothing,
    };

    private enum Concern
    {
        Nothing,
        Message,
        Conversation,
        Order,
        Contact,
        Campaign,
        FollowUp,
    }

    /// <summary>What the changes are about, as it is now, and what was told of it.</summary>
    private sealed record Things(
        Dictionary<long, Conversation> Conversations, Dictionary<long, StoredMessage> Messages, Dictionary<long, object> Shown,
        Dictionary<long, long> HandedAt, Dictionary<long, string> Before)
    {
        public Dictionary<long, string> Seen { get; } = new(Before);

        public IReadOnlyList<string> Tell(long id, Func<string?, ReadEvents> read)
        {
            var (types, seen) = read(Seen.GetValueOrDefault(id));
            if (seen.Length > 0)
            {
                Seen[id] = seen;
            }

            return types;
        }

        public ConversationFacts Facts(Conversation c) => new(
            c.Status == ConversationStatus.Closed, c.IsWithPeople, c.CreatedAt, HandedAt.TryGetValue(c.Id, out var at) ? at : null, c.ClosedAt);
    }
}
