namespace Relais.Subscriptions.Feeding;

/// <summary>What of a message decides which events it makes; instants are microseconds UTC.</summary>
internal readonly record struct MessageFacts(
    bool IsCustomers, long CreatedAt, long? SentAt, long? DeliveredAt, long? ReadAt, long? FailedAt);

/// <summary>What of a conversation decides which events it makes; instants are microseconds UTC.</summary>
internal readonly record struct ConversationFacts(bool IsClosed, bool IsWithPeople, long CreatedAt, long? HandedAt, long? ClosedAt);

/// <summary>What of a campaign decides which events it makes; instants are microseconds UTC.</summary>
/// <param name="IsRunning">Its messages leave, or wait for their hour or their turn.</param>
/// <param name="StartedAt">When the first of them could leave; null: never yet.</param>
/// <param name="EndedAt">Null while it may go on.</param>
internal readonly record struct CampaignFacts(bool IsRunning, bool IsPaused, long? StartedAt, long? EndedAt);

/// <summary>What of a follow-up decides which events it makes; instants are microseconds UTC.</summary>
/// <param name="WasProposed">A person was, or is, to decide on it.</param>
/// <param name="SentAt">Of its steps that were sent.</param>
/// <param name="IsOver">Nothing is said any more, and it was not an answer that ended it.</param>
internal sealed record FollowUpFacts(bool WasProposed, long CreatedAt, IReadOnlyList<long> SentAt, long? AnsweredAt, bool IsOver);

/// <summary>The events of one change, and what is to be remembered as told.</summary>
/// <param name="Types">In the order they happened; empty when there is nothing to tell.</param>
/// <param name="Seen">As stored.</param>
internal sealed record ReadEvents(IReadOnlyList<string> Types, string Seen);

/// <summary>
/// From changes, which say only that a thing changed, to events, which say how: what the thing is now is compared with what was last
/// told of it. A change that is read twice, or two that are read at once, tell each step once. Pure.
/// </summary>
internal static class EventReading
{
    private const string Told = "told";

    /// <param name="isNew">The change says that the message was made.</param>
    /// <param name="message">As it is now.</param>
    /// <param name="seen">What was last told, or null for nothing.</param>
    /// <param name="since">Since when somebody listens: steps before it are history.</param>
    public static ReadEvents OfMessage(bool isNew, MessageFacts message, string? seen, long since)
    {
        if (message.IsCustomers)
        {
            return isNew
                ? new ReadEvents(seen is null ? [EventTypes.MessageReceived] : [], Told)
                : new ReadEvents([EventTypes.MessageUpdated], seen ?? Told);
        }

        (char Mark, string Type, long? At)[] steps =
        [
            ('s', EventTypes.MessageSent, message.SentAt), ('d', EventTypes.MessageDelivered, message.DeliveredAt),
            ('r', EventTypes.MessageRead, message.ReadAt), ('f', EventTypes.MessageFailed, message.FailedAt),
        ];
        var known = seen ?? "";
        var fresh = steps.Where(s => s.At is { } at && !known.Contains(s.Mark, StringComparison.Ordinal)
            && (message.CreatedAt >= since || at >= since)).ToList();
        var reached = string.Concat(steps.Where(s => s.At is not null || known.Contains(s.Mark, StringComparison.Ordinal)).Select(s => s.Mark));

        // Made is not an event of its own: it is told as sent, or failed, when its provider says so.
        return new ReadEvents(fresh.Count > 0 ? fresh.ConvertAll(s => s.Type) : isNew ? [] : [EventTypes.MessageUpdated], reached);
    }

    /// <param name="isOwn">The change is about the conversation; false: about a message in it, which tells its opening alone.</param>
    /// <param name="conversation">As it is now.</param>
    /// <param name="seen">What was last told, or null for nothing.</param>
    /// <param name="since">Since when somebody listens.</param>
    public static ReadEvents OfConversation(bool isOwn, ConversationFacts conversation, string? seen, long since)
    {
        const string open = "open", people = "people", closed = "closed";
        var types = new List<string>();
        var was = seen;
        if (was is null && conversation.CreatedAt >= since)
        {
            types.Add(EventTypes.ConversationOpened);
            was = open;
        }

        if (!isOwn)
        {
            // An older one is remembered as it was before somebody listened.
            return new ReadEvents(types, was ?? Before(conversation, since));
        }

        was ??= Before(conversation, since);
        var now = conversation.IsClosed ? closed : conversation.IsWithPeople ? people : open;
        if (was == closed && now != closed)
        {
            types.Add(EventTypes.ConversationOpened);
        }

        if (was != now && now != open)
        {
            types.Add(now == closed ? EventTypes.ConversationClosed : EventTypes.ConversationHandedOff);
        }

        return new ReadEvents(types.Count > 0 ? types : [EventTypes.ConversationUpdated], now);
    }

    /// <param name="optedOutAt">When the customer asked for no more messages, or null.</param>
    /// <param name="seen">What was last told, or null for nothing.</param>
    /// <param name="since">Since when somebody listens.</param>
    public static ReadEvents OfConsent(long? optedOutAt, string? seen, long since)
    {
        const string into = "in", gone = "out";
        var was = seen ?? (optedOutAt < since ? gone : into);
        var now = optedOutAt is null ? into : gone;
        return new ReadEvents(was == now ? [] : [now == gone ? EventTypes.ContactOptedOut : EventTypes.ContactOptedIn], now);
    }

    /// <param name="campaign">As it is now.</param>
    /// <param name="seen">What was last told, or null for nothing.</param>
    /// <param name="since">Since when somebody listens.</param>
    public static ReadEvents OfCampaign(CampaignFacts campaign, string? seen, long since)
    {
        const string none = "none", runs = "runs", paused = "paused", over = "over";
        var was = seen ?? (campaign.EndedAt < since ? over : campaign.StartedAt < since ? runs : none);
        var now = campaign.StartedAt is null ? none : campaign.EndedAt is not null ? over : campaign.IsPaused ? paused : campaign.IsRunning ? runs : was;
        var types = new List<string>();

        // One that started and ended between two looks did both; one that was retried after its end goes on again.
        if (now != none && was != now && (was is none || now == runs))
        {
            types.Add(EventTypes.CampaignStarted);
        }

        if (was != now && now is paused or over)
        {
            types.Add(now == paused ? EventTypes.CampaignPaused : EventTypes.CampaignFinished);
        }

        return new ReadEvents(types, now);
    }

    /// <param name="plan">As it is now.</param>
    /// <param name="seen">What was last told, or null for nothing: how many steps were sent, and a letter for each other event.</param>
    /// <param name="since">Since when somebody listens.</param>
    public static ReadEvents OfFollowUp(FollowUpFacts plan, string? seen, long since)
    {
        var known = seen ?? $"{plan.SentAt.Count(at => at < since)}{(plan.CreatedAt < since ? "p" : "")}{(plan.AnsweredAt < since ? "a" : "")}";
        var told = int.Parse(string.Concat(known.TakeWhile(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
        var types = new List<string>();
        Once('p', plan.WasProposed, EventTypes.FollowUpProposed);
        types.AddRange(Enumerable.Repeat(EventTypes.FollowUpSent, Math.Max(0, plan.SentAt.Count - told)));
        Once('a', plan.AnsweredAt is not null, EventTypes.FollowUpAnswered);
        Once('e', plan.IsOver, EventTypes.FollowUpEnded);
        return new ReadEvents(types, $"{Math.Max(told, plan.SentAt.Count)}{string.Concat(known.SkipWhile(char.IsAsciiDigit))}");

        void Once(char mark, bool isSo, string type)
        {
            if (isSo && !known.Contains(mark, StringComparison.Ordinal))
            {
                types.Add(type);
                known += mark;
            }
        }
    }

    /// <summary>How a conversation that nothing was told of stood when somebody began to listen.</summary>
    private static string Before(ConversationFacts c, long since) =>
        c.ClosedAt < since && c.IsClosed ? "closed" : c.IsWithPeople && !(c.HandedAt >= since) ? "people" : "open";
}
