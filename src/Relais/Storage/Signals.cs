namespace Relais.Storage;

/// <summary>What a lane is for. The number is stored.</summary>
internal enum LaneKind
{
    /// <summary>Stored webhooks. Their lane is locked for one transaction and has no row (ReceivedWebhooks).</summary>
    Webhook = 1,
    Turn = 2,
    Outbox = 3,

    /// <summary>A customer's file to fetch from the provider; lane = its id.</summary>
    Media = 4,

    /// <summary>Templates of a provider account to look at; lane = the tenant's first inbox on it.</summary>
    Templates = 5,

    /// <summary>A document to read for the AI agent; lane = its id.</summary>
    Knowledge = 6,

    /// <summary>A voice note to write down; lane = the id of its file.</summary>
    Transcript = 7,

    /// <summary>A long conversation whose older part is to be summarised; lane = the conversation.</summary>
    Summary = 8,

    /// <summary>A run of simulations; lane = its id.</summary>
    Simulation = 9,

    /// <summary>A conversation in which something came due at the desk: a snooze, a timer, a customer who is to be told to wait.</summary>
    Desk = 10,

    /// <summary>People's words that leave at a time; lane = the conversation, so that they leave in order.</summary>
    Scheduled = 11,

    /// <summary>An order in which something came due: a notice, a reminder; lane = its id.</summary>
    Orders = 12,

    /// <summary>A file of rows to bring in; lane = its id.</summary>
    Import = 13,

    /// <summary>A campaign; lane = its id.</summary>
    Campaign = 14,

    /// <summary>A customer who went quiet; lane = the contact.</summary>
    FollowUp = 15,

    /// <summary>Events for an address of the business; lane = a subscription's stream of one conversation.</summary>
    Subscription = 16,

    /// <summary>A file with everything that is kept of a customer; lane = the export's id.</summary>
    PrivacyExport = 19,
}

/// <summary>
/// Wakes the next stage of this process at once; the poll of a worker (≤ 1 s) is only the safety net for what other
/// processes wrote.
/// </summary>
internal sealed class Signals : IDisposable
{
    private int outward;
    private readonly Signal[] lanes = [.. Enumerable.Range(0, (int)Enum.GetValues<LaneKind>().Max()).Select(_ => new Signal())];

    /// <summary>Rows were added to the change log and wait for their number.</summary>
    public Signal Changes { get; } = new();

    /// <summary>Numbered changes wait for the live feed.</summary>
    public Signal Feed { get; } = new();

    /// <summary>Numbered changes wait for subscriptions.</summary>
    public Signal Numbered { get; } = new();

    /// <summary>A number was paused, resumed or changed otherwise: the directory reads it again.</summary>
    public Signal Inboxes { get; } = new();

    /// <summary>Something other nodes should hear of (<see cref="NodeWaker"/>).</summary>
    public Signal Outward { get; } = new();

    public Signal Of(LaneKind kind) => lanes[(int)kind - 1];

    /// <summary>Work that can be done at once: wakes this process and, in a moment, the other nodes.</summary>
    public void Tell(LaneKind kind)
    {
        Of(kind).Raise();
        TellOthers(kind);
    }

    /// <summary>Remembers that other nodes may have work of this kind; they are told in one go.</summary>
    public void TellOthers(LaneKind kind)
    {
        if ((Interlocked.Or(ref outward, 1 << (int)kind) & (1 << (int)kind)) == 0)
        {
            Outward.Raise();
        }
    }

    /// <summary>The kinds told of since the last call.</summary>
    public IReadOnlyList<LaneKind> TakeOutward()
    {
        var kinds = Interlocked.Exchange(ref outward, 0);
        return [.. Enum.GetValues<LaneKind>().Where(kind => (kinds & (1 << (int)kind)) != 0)];
    }

    public void Dispose()
    {
        Array.ForEach(lanes, lane => lane.Dispose());
        Outward.Dispose();
        Changes.Dispose();
        Inboxes.Dispose();
        Feed.Dispose();
        Numbered.Dispose();
    }
}

/// <summary>An auto-reset flag that can be raised now or after a while, and awaited by one worker.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);
    private readonly Lock gate = new();
    private bool closed;
    private Timer? later;
    private long laterAt = long.MaxValue;

    public void Raise()
    {
        lock (gate)
        {
            if (!closed && raised.CurrentCount == 0)
            {
                raised.Release();
            }
        }
    }

    /// <summary>Raises after <paramref name="delay"/>; an earlier alarm already set is kept.</summary>
    public void RaiseAfter(TimeSpan delay)
    {
        var at = Environment.TickCount64 + (long)delay.TotalMilliseconds + 1;
        lock (gate)
        {
            if (closed || (at >= laterAt && laterAt > Environment.TickCount64))
            {
                return;
            }

            laterAt = at;
            later ??= new Timer(_ => Alarm());
            later.Change(delay + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits until raised, at most <paramref name="atMost"/>.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken cancel) => raised.WaitAsync(atMost, cancel);

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            later?.Dispose();
            raised.Dispose();
        }
    }

    private void Alarm()
    {
        lock (gate)
        {
            laterAt = long.MaxValue;
        }

        Raise();
    }
}
