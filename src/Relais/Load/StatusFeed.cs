using System.Threading.Channels;
using Relais.Simulator;

namespace Relais.Load;

/// <summary>
/// Delivery statuses of replies the provider took: each reply's own sent, delivered and read, or a flood at a fixed rate that goes
/// round the replies again when there are too few of them.
/// </summary>
internal sealed class StatusFeed(LoadOptions options, TimeProvider clock) : IDisposable
{
    private const int KeptReplies = 10_000;
    private static readonly string[] Words = ["sent", "delivered", "read"];

    /// <summary>As the provider's own: "delivered" follows "sent" after it was answered.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly Connections connections = new(options.Url, 256);
    private readonly Channel<(Receipt Reply, int Step, long Due)> waiting = Channel.CreateUnbounded<(Receipt, int, long)>();
    private readonly Lock gate = new();
    private readonly List<Receipt> replies = [];
    private readonly List<double> milliseconds = [];
    private int underWay;
    private int refused;
    private int position;

    public int Posted { get; private set; }

    public int Refused => refused;

    /// <summary>Statuses that are due or on their way.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>From the scheduled instant to the acknowledgement.</summary>
    public Latency Acknowledged
    {
        get
        {
            lock (gate)
            {
                return Latency.Of([.. milliseconds]);
            }
        }
    }

    /// <summary>The provider took a reply.</summary>
    /// <param name="reply">Which.</param>
    /// <param name="isMeasured">False for replies before the run: a flood may be about them, but they get no statuses of their own.</param>
    public void Accepted(Receipt reply, bool isMeasured)
    {
        if (options.StatusRate > 0)
        {
            lock (gate)
            {
                if (replies.Count < KeptReplies)
                {
                    replies.Add(reply);
                }
            }
        }

        if (options.Statuses > 0 && isMeasured)
        {
            Interlocked.Increment(ref underWay);
            waiting.Writer.TryWrite((reply, 0, Later(Between)));
        }
    }

    /// <summary>Posts each reply's statuses when they are due, until cancelled.</summary>
    public async Task Follow(CancellationToken cancel)
    {
        await foreach (var (reply, step, due) in waiting.Reader.ReadAllAsync(cancel))
        {
            // All wait equally long, so the first in is the first due.
            var wait = clock.GetElapsedTime(clock.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancel);
            }

            _ = PostNext(reply, step, due, cancel);
        }
    }

    /// <summary>The flood: <see cref="LoadOptions.StatusRate"/> a second for <see cref="LoadOptions.Seconds"/>.</summary>
    public Task Flood(CancellationToken cancel) => options.StatusRate == 0
        ? Task.CompletedTask
        : Pace.Open(0, (int)(options.StatusRate * options.Seconds), options.StatusRate, clock, FloodOne, cancel);

    public void Dispose() => connections.Dispose();

    private async Task PostNext(Receipt reply, int step, long due, CancellationToken cancel)
    {
        await Post(reply, Words[step], due, cancel);
        if (step + 1 < options.Statuses)
        {
            waiting.Writer.TryWrite((reply, step + 1, Later(Between)));
        }
        else
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    private Task FloodOne(int index, long due)
    {
        Receipt reply;
        int step;
        lock (gate)
        {
            if (replies.Count == 0)
            {
                return Task.CompletedTask;
            }

            position = position / Words.Length < replies.Count ? position : 0;
            reply = replies[position / Words.Length];
            step = position++ % Words.Length;
        }

        return Post(reply, Words[step], due, CancellationToken.None);
    }

    private async Task Post(Receipt reply, string word, long due, CancellationToken cancel)
    {
        var webhook = options.Channel == SimulatedChannel.Meta
            ? MetaWebhook.Status(reply, word, clock.GetUtcNow(), null)
            : TwilioWebhook.Status(reply, word, null);
        if (webhook is null)
        {
            return;
        }

        var code = await connections.Post(Connections.Bytes(webhook), cancel);
        lock (gate)
        {
            Posted++;
            if (code is >= 200 and < 300)
            {
                milliseconds.Add(clock.GetElapsedTime(due).TotalMilliseconds);
            }
            else
            {
                refused++;
            }
        }
    }

    private long Later(TimeSpan wait) => clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
}
