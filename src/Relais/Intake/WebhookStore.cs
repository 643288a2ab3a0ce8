using System.Threading.Channels;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>A verified body on its way into storage.</summary>
internal sealed record NewWebhook(
    long ConnectionId, long LaneKey, WebhookKind Kind, string ContentType, string Query, byte[] Body, long ReceivedAt)
{
    public long Id { get; set; }

    /// <summary>A guess from the bytes, good enough to decide what goes first: nothing is read before the acknowledgement.</summary>
    public bool SeemsStatusesOnly => Kind == WebhookKind.TwilioStatus
        || (Kind == WebhookKind.Meta && Body.AsSpan().IndexOf("\"statuses\""u8) >= 0 && Body.AsSpan().IndexOf("\"messages\":"u8) < 0);
}

/// <summary>
/// Stores raw webhooks and answers once they are durable. Requests that arrive together share one commit: whoever comes while
/// a batch is being written is in the next one, so the wait is at most two commits and the batch grows with the load.
/// </summary>
internal sealed class WebhookStore : IAsyncDisposable
{
    private const int BatchLimit = 512;

    private static readonly Rows<NewWebhook> InsertRows = new("""
        INSERT INTO received_webhook (id, connection_id, lane_key, kind, content_type, query, body, received_at, later, state, attempts)
        SELECT r.id, r.connection_id, r.lane_key, r.kind, r.content_type, r.query, r.body, r.received_at, r.later, 0, 0 FROM {rows}
        """,
        Column<NewWebhook>.Long("id", w => w.Id),
        Column<NewWebhook>.Long("connection_id", w => w.ConnectionId),
        Column<NewWebhook>.Long("lane_key", w => w.LaneKey),
        Column<NewWebhook>.Long("kind", w => (long)w.Kind),
        Column<NewWebhook>.Text("content_type", w => w.ContentType),
        Column<NewWebhook>.Text("query", w => w.Query),
        Column<NewWebhook>.Bytes("body", w => w.Body),
        Column<NewWebhook>.Long("received_at", w => w.ReceivedAt),
        Column<NewWebhook>.Long("later", w => w.SeemsStatusesOnly ? 1 : 0));

    private readonly Database database;
    private readonly Signals signals;
    private readonly Ids ids;
    private readonly RightOfWay way;
    private readonly Channel<Waiting> arrivals = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Task loop;

    public WebhookStore(Database database, Signals signals, Ids ids, RightOfWay way)
    {
        this.database = database;
        this.signals = signals;
        this.ids = ids;
        this.way = way;
        loop = Task.Run(WriteLoop);
    }

    /// <summary>Returns once the body is durable.</summary>
    /// <exception cref="StorageUnavailableException">It is not stored: answer 503, or spool it.</exception>
    public Task<long> Store(NewWebhook webhook)
    {
        var waiting = new Waiting(webhook);
        if (!arrivals.Writer.TryWrite(waiting))
        {
            throw new StorageUnavailableException("Relais is stopping.", new ObjectDisposedException(nameof(WebhookStore)));
        }

        return way.Acknowledge(waiting.Stored.Task);
    }

    /// <summary>Stores these in one commit, in the order given: all of them or none.</summary>
    /// <exception cref="StorageUnavailableException">None is stored.</exception>
    public Task StoreTogether(List<NewWebhook> webhooks) => Write(webhooks);

    public async ValueTask DisposeAsync()
    {
        arrivals.Writer.TryComplete();
        await loop;
    }

    private async Task WriteLoop()
    {
        var batch = new List<Waiting>(BatchLimit);
        while (await arrivals.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchLimit && arrivals.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                await Write(batch.ConvertAll(w => w.Webhook));
                batch.ForEach(w => TraceTrail.Leave(w.Webhook.Id, w.Request));
                batch.ForEach(w => w.Stored.TrySetResult(w.Webhook.Id));
            }
#pragma warning disable CA1031 // Each waiting request gets the error; the HTTP edge or the spool decides on it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                batch.ForEach(w => w.Stored.TrySetException(e));
            }
        }
    }

    private async Task Write(List<NewWebhook> webhooks)
    {
        var range = await ids.Take(webhooks.Count);
        webhooks.ForEach(w => w.Id = range.Next());
        await database.Write(Scope.Directory, tx => tx.Each(InsertRows, webhooks));
        CrashPoint.Pass(CrashPoint.WebhookStored);
        Telemetry.WebhooksStored(webhooks.Count);
        signals.Tell(LaneKind.Webhook);
    }

    private sealed record Waiting(NewWebhook Webhook)
    {
        public System.Diagnostics.Activity? Request { get; } = System.Diagnostics.Activity.Current;

        public TaskCompletionSource<long> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
