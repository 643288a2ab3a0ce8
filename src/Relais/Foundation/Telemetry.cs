using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Relais.Foundation;

/// <summary>
/// What the program counts and times of itself; docs/operate/metrics.md is the catalogue and a test holds the two together.
/// Labels come from the code or are ids of inboxes: never a phone number, a name or a text. While nobody listens a
/// measurement is one comparison and a span is not made.
/// </summary>
internal static class Telemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Relais";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Bounds in seconds: an acknowledgement takes milliseconds, an answer about a second, a failing provider up to thirty.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500] };

    /// <summary>Its measurements add up to the webhooks that were stored.</summary>
    public const string WebhookBatchesName = "relais.webhook.batch.size";

    private static readonly Counter<long> Webhooks = Meter.CreateCounter<long>(
        "relais.webhook.received", "{webhook}", "Webhooks answered, by what became of them.");

    private static readonly Histogram<double> Acks = Meter.CreateHistogram<double>(
        "relais.webhook.ack.duration", "s", "From a webhook's first byte to its answer.", advice: Seconds);

    public static readonly Counter<long> Spooled = Meter.CreateCounter<long>(
        "relais.webhook.spooled", "{webhook}", "Twilio webhooks kept in the file because the database did not take them.");

    private static readonly Histogram<long> WebhookBatches = Meter.CreateHistogram<long>(
        WebhookBatchesName, "{webhook}", "Webhooks that shared one commit.", advice: Sizes);

    private static readonly Counter<long> Applied = Meter.CreateCounter<long>(
        "relais.message.applied", "{message}", "Messages of customers that took effect.");

    private static readonly Counter<long> StatusesMoved = Meter.CreateCounter<long>(
        "relais.status.applied", "{status}", "Delivery statuses that moved a message of ours.");

    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>(
        "relais.turn.duration", "s", "Deciding one turn, the model and its tools included.", advice: Seconds);

    private static readonly Histogram<double> Sends = Meter.CreateHistogram<double>(
        "relais.send.duration", "s", "One request to the provider that carries a message.", advice: Seconds);

    private static readonly Counter<long> SendOutcomes = Meter.CreateCounter<long>(
        "relais.send.outcome", "{send}", "Sends by inbox and outcome.");

    private static readonly Histogram<double> Replies = Meter.CreateHistogram<double>(
        "relais.reply.latency", "s", "From storing a customer's webhook to the provider's acceptance of the answer.", advice: Seconds);

    private static readonly Histogram<double> Writes = Meter.CreateHistogram<double>(
        "relais.db.write.duration", "s", "One write transaction, its commit included.", advice: Seconds);

    private static readonly Histogram<long> WriteUnits = Meter.CreateHistogram<long>(
        "relais.db.write.batch.size", "{unit}", "Units of writing that shared one commit.", advice: Sizes);

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "relais.worker.failures", "{failure}", "Rounds of a worker that ended in an error nobody expected.");

    public static readonly Counter<long> CallsDropped = Meter.CreateCounter<long>(
        "relais.provider_call.dropped", "{call}", "Calls to providers that the log could not keep up with.");

    private static readonly Counter<long> ImportRows = Meter.CreateCounter<long>(
        "relais.import.rows", "{row}", "Rows of files that were taken, by what became of them.");

    private static readonly Counter<long> CampaignTaken = Meter.CreateCounter<long>(
        "relais.campaign.taken", "{recipient}", "Recipients of campaigns whose turn came, by what became of it.");

    private static readonly Counter<long> OrderMoves = Meter.CreateCounter<long>(
        "relais.order.moves", "{move}", "Orders that came into a state.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>(
        "relais.subscription.attempts", "{attempt}", "Posts to systems of businesses, by outcome.");

    public static readonly Counter<long> SubscriptionsRetired = Meter.CreateCounter<long>(
        "relais.subscription.retired", "{subscription}", "Subscriptions that were ended because nothing was taken any more.");

    private static readonly ConcurrentDictionary<long, object> InboxIds = new();

    /// <summary>Every instrument's name exists from here on, whether or not anything was measured.</summary>
    public static Meter Start() => Meter;

    public static long Now => Stopwatch.GetTimestamp();

    public static void WebhookAnswered(string channel, string result, long since)
    {
        Webhooks.Add(1, new("channel", channel), new("result", result));
        Acks.Record(Since(since), new KeyValuePair<string, object?>("channel", channel));
    }

    public static void WebhooksStored(int count) => WebhookBatches.Record(count);

    public static void MessagesApplied(int count) => Applied.Add(count);

    public static void StatusesApplied(int count) => StatusesMoved.Add(count);

    public static void TurnDecided(string outcome, long since) =>
        Turns.Record(Since(since), new KeyValuePair<string, object?>("outcome", outcome));

    public static void SendEnded(string channel, long inboxId, string outcome, long since)
    {
        Sends.Record(Since(since), new("channel", channel), new("outcome", outcome));
        if (SendOutcomes.Enabled)
        {
            SendOutcomes.Add(1, new("inbox", InboxIds.GetOrAdd(inboxId, static id => id)), new("outcome", outcome));
        }
    }

    /// <param name="micros">Microseconds from the customer's webhook to the provider's acceptance.</param>
    public static void Replied(long micros) => Replies.Record(micros / 1e6);

    public static void Written(string system, int units, long since)
    {
        Writes.Record(Since(since), new KeyValuePair<string, object?>("system", system));
        WriteUnits.Record(units, new KeyValuePair<string, object?>("system", system));
    }

    /// <param name="kind">contacts, products, orders.</param>
    /// <param name="result">created, changed, unchanged, failed.</param>
    public static void Imported(string kind, string result, int rows)
    {
        if (rows > 0)
        {
            ImportRows.Add(rows, new("kind", kind), new("result", result));
        }
    }

    /// <param name="result">queued, skipped.</param>
    public static void CampaignTook(string result, int recipients)
    {
        if (recipients > 0)
        {
            CampaignTaken.Add(recipients, new KeyValuePair<string, object?>("result", result));
        }
    }

    public static void OrderMoved(string status) => OrderMoves.Add(1, new KeyValuePair<string, object?>("status", status));

    /// <param name="outcome">taken, failed, given_up.</param>
    public static void Posted(string outcome) => Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public static void Failed(string worker) => Failures.Add(1, new KeyValuePair<string, object?>("worker", worker));

    private static double Since(long timestamp) => Stopwatch.GetElapsedTime(timestamp).TotalSeconds;
}
