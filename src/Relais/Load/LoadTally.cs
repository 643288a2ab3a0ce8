namespace Relais.Load;

/// <summary>Counts a finished run together.</summary>
internal static class LoadTally
{
    public static LoadResult Draw(
        LoadOptions options, LoadTraffic traffic, LoadLedger ledger, long start, TimeProvider clock,
        StatusFeed statuses, LoadProvider provider, int strays, IReadOnlyList<ProcessUse> processes)
    {
        int acknowledged = 0, refused = 0, replied = 0, lost = 0, doubled = 0;
        long lastAck = start, lastReply = start;
        List<double> toAck = [], toReply = [];
        for (var i = options.Warm; i < traffic.Count; i++)
        {
            // The slow customer is there to be in the way; the others are measured.
            if (traffic.IsSlow(i))
            {
                continue;
            }

            var replies = ledger.Replies(i);
            refused += ledger.IsAcknowledged(i) ? 0 : 1;
            replied += replies > 0 ? 1 : 0;
            doubled += replies > 1 ? 1 : 0;
            if (ledger.IsAcknowledged(i))
            {
                acknowledged++;
                lost += replies == 0 && options.AwaitReplies ? 1 : 0;
                toAck.Add(Milliseconds(ledger.DueAt(i), ledger.AcknowledgedAt(i)));
                lastAck = Math.Max(lastAck, ledger.AcknowledgedAt(i));
            }

            if (replies > 0)
            {
                toReply.Add(Milliseconds(ledger.DueAt(i), ledger.RepliedAt(i)));
                lastReply = Math.Max(lastReply, ledger.RepliedAt(i));
            }
        }

        return new LoadResult
        {
            Messages = options.Total, Rate = options.Rate, Connections = options.Connections,
            Acknowledged = acknowledged, NotAcknowledged = refused, AcknowledgedPerSecond = PerSecond(acknowledged, lastAck),
            Replied = replied, RepliesPerSecond = PerSecond(replied, lastReply),
            ToAcknowledged = Latency.Of(toAck), ToReply = Latency.Of(toReply), Lost = lost, Doubled = doubled,
            RefusedByProvider = provider.Refused, OtherCalls = provider.Others, StraySends = strays,
            StatusesPosted = statuses.Posted, StatusesRefused = statuses.Refused, StatusToAcknowledged = statuses.Acknowledged,
            Seconds = Math.Round(Milliseconds(start, Math.Max(lastAck, lastReply)) / 1000, 3), Processes = processes,
        };

        double Milliseconds(long from, long to) => clock.GetElapsedTime(from, to).TotalMilliseconds;

        double PerSecond(int count, long last) => last > start ? Math.Round(count * 1000 / Milliseconds(start, last), 1) : 0;
    }
}
