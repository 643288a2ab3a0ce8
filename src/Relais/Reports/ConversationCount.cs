using Relais.Foundation;

namespace Relais.Reports;

/// <summary>
/// Counts a conversation. Pure: the same rows give the same figures, whenever and however often they are counted, so late
/// statuses, failures, removals and reopenings need no care of their own.
/// </summary>
internal static class ConversationCount
{
    /// <summary>Clocks of nodes differ by less: messages that stand before an older one by more than this are in order.</summary>
    private const long Skew = Instants.Minute;

    /// <summary>Longest word kept of a hand-off's reason: a flow may write a sentence.</summary>
    private const int MaxWord = 100;

    /// <summary>
    /// From which bucket on figures may have changed when messages from <paramref name="changedFrom"/> (a seq) on did, and after
    /// which message counting can begin there; null when the messages read do not reach back far enough.
    /// </summary>
    public static (long FromBucket, int FirstIndex)? Cut(CountedConversation conversation, long changedFrom, long width)
    {
        var messages = conversation.Messages;
        if (conversation.ReadFrom <= 1 || messages.Count == 0)
        {
            return (0, 0);
        }

        // The question that the first changed message belongs to begins after the last answer before it.
        var changed = messages.FindIndex(m => m.Seq >= changedFrom);
        changed = changed < 0 ? messages.Count - 1 : changed;
        var answer = messages.FindLastIndex(changed, changed + 1, m => m.Answers && m.Seq < changedFrom);
        if (answer < 0)
        {
            return null;
        }

        var begins = Math.Min(answer + 1, messages.Count - 1);
        var bucket = BucketWidth.Floor(messages.Skip(begins).Min(m => m.At), width);
        var clean = messages.FindLastIndex(answer, answer + 1, m => m.Answers && m.At < bucket - Skew);
        return clean < 0 ? null : (bucket, clean + 1);
    }

    /// <summary>The figures of messages from <paramref name="fromBucket"/> on, and everything that is no message's.</summary>
    public static ConversationFigures Of(CountedConversation conversation, long fromBucket, int firstIndex, long width)
    {
        var figures = new ConversationFigures();
        Messages(conversation, fromBucket, firstIndex, width, figures);
        Life(conversation, width, figures);
        return figures;
    }

    private static void Messages(CountedConversation conversation, long fromBucket, int firstIndex, long width, ConversationFigures figures)
    {
        CountedMessage? asked = null;
        foreach (var message in conversation.Messages.Skip(firstIndex))
        {
            var key = new PartKey(BucketWidth.Floor(message.At, width), message.Author, message.Author == 1 ? 0 : message.AgentId);
            void Count(PartKey at, Figure figure, long by = 1)
            {
                if (at.Bucket >= fromBucket)
                {
                    figures.Count(at, figure, by);
                }
            }

            if (message.Asks)
            {
                Count(key, Figure.Messages);
                if (asked is null)
                {
                    asked = message;
                    Count(key, Figure.Turns);
                }
            }
            else if (message.HasLeft)
            {
                Count(key, Figure.Messages);
                Count(key, Figure.Delivered, message.Status is 3 or 4 ? 1 : 0);
                Count(key, Figure.Seen, message.Status == 4 ? 1 : 0);
                if (message is { Charge: { } charge, Status: 3 or 4 } && key.Bucket >= fromBucket)
                {
                    figures.Mark(new MarkKey(key.Bucket, MarkKind.ChargedMessage, ShortText.Fit(charge, MaxWord), 0));
                }

                if (message.Answers && asked is { } question)
                {
                    asked = null;
                    var micros = Math.Max(0, message.At - question.At);
                    var bucket = BucketWidth.Floor(question.At, width);
                    foreach (var at in (PartKey[])[new(bucket, 1, 0), key with { Bucket = bucket }])
                    {
                        Count(at, Figure.Answered);
                        Count(at, Figure.ResponseMicros, micros);
                        if (question.Seq == conversation.FirstAsk)
                        {
                            Count(at, Figure.FirstAnswers);
                            Count(at, Figure.FirstMicros, micros);
                        }
                    }
                }
            }
            else if (message.HasFailed)
            {
                Count(key, Figure.Failed);
                if (key.Bucket >= fromBucket)
                {
                    figures.Mark(new MarkKey(key.Bucket, MarkKind.FailedMessage, message.ErrorCode?.ToString() ?? "refused", key.AgentId));
                }
            }
        }
    }

    /// <summary>Opened, closed, reopened, handed to people, and how long they let wait.</summary>
    private static void Life(CountedConversation conversation, long width, ConversationFigures figures)
    {
        PartKey At(long micros, long agentId = 0) => new(BucketWidth.Floor(micros, width), 0, agentId);

        figures.Count(At(conversation.CreatedAt), Figure.Opened);
        if (conversation.IsClosed)
        {
            var closer = conversation.Events.LastOrDefault(e => e.Type == "closed").AgentId;
            figures.Count(At(conversation.CreatedAt), Figure.Settled);
            figures.Count(At(conversation.ClosedAt, closer), Figure.Resolved);
            figures.Count(At(conversation.ClosedAt, closer), Figure.ResolutionMicros, Math.Max(0, conversation.ClosedAt - conversation.CreatedAt));
        }

        foreach (var reopened in conversation.Events.Where(e => e.Type == "reopened"))
        {
            figures.Count(At(reopened.At), Figure.Reopened);
        }

        var handoffs = conversation.Events.Where(e => e.Type == "handed_off").OrderBy(e => e.At).ToList();
        for (var i = 0; i < handoffs.Count; i++)
        {
            var (at, until) = (handoffs[i].At, i + 1 < handoffs.Count ? handoffs[i + 1].At : long.MaxValue);
            var reason = handoffs[i].Detail is { Length: > 0 } detail ? detail : "unknown";
            figures.Count(At(at), Figure.Handoffs);
            figures.Mark(new MarkKey(BucketWidth.Floor(at, width), MarkKind.Handoff, ShortText.Fit(reason, MaxWord), 0));
            if (conversation.Persons.Where(m => m.Answers && m.At >= at && m.At < until).Cast<CountedMessage?>().FirstOrDefault() is { } first)
            {
                figures.Count(At(at, first.AgentId), Figure.Waits);
                figures.Count(At(at, first.AgentId), Figure.WaitMicros, first.At - at);
            }
        }
    }
}
