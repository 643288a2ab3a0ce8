using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Relais.Simulator;

/// <summary>One server-sent event.</summary>
internal sealed record FeedEvent(string Name, string Json);

/// <summary>
/// What open pages see. A slow page never slows a send: its queue is bounded, and when it overflows the page is told to
/// read the state again.
/// </summary>
internal sealed class LiveFeed
{
    private const int Cap = 256;

    private readonly ConcurrentDictionary<Guid, Watcher> watchers = new();

    public void Bubble(SimulatedPhone phone, Chat chat, PhoneMessage bubble)
    {
        if (!watchers.IsEmpty)
        {
            Publish("bubble", new BubbleEvent(phone.Number, chat.Number.Address, chat.Unread, BubbleView.Of(bubble)));
        }
    }

    public void Typing(SimulatedPhone phone, Chat chat) =>
        Publish("typing", new { phone = phone.Number, number = chat.Number.Address, until = chat.TypingUntil });

    /// <summary>Phones, numbers or faults changed: small and rare, so the page reads the state again.</summary>
    public void Changed() => Publish("changed", new { });

    public Watcher Watch()
    {
        var watcher = new Watcher(this);
        watchers[watcher.Id] = watcher;
        return watcher;
    }

    private void Publish(string name, object body)
    {
        if (watchers.IsEmpty)
        {
            return;
        }

        var item = new FeedEvent(name, JsonSerializer.Serialize(body, SimulatorJson.Options));
        foreach (var watcher in watchers.Values)
        {
            watcher.Offer(item);
        }
    }

    private sealed record BubbleEvent(string Phone, string Number, int Unread, BubbleView Message);

    internal sealed class Watcher(LiveFeed feed) : IDisposable
    {
        private readonly Channel<FeedEvent> queue = Channel.CreateBounded<FeedEvent>(Cap);
        private int missed;

        public Guid Id { get; } = Guid.NewGuid();

        public void Offer(FeedEvent item)
        {
            if (!queue.Writer.TryWrite(item))
            {
                Interlocked.Exchange(ref missed, 1);
            }
        }

        /// <summary>The next event, or null when none came within <paramref name="patience"/>.</summary>
        public async Task<FeedEvent?> Next(TimeSpan patience, TimeProvider clock, CancellationToken cancel)
        {
            if (queue.Reader.TryRead(out var ready))
            {
                return ready;
            }

            if (Interlocked.Exchange(ref missed, 0) == 1)
            {
                return new FeedEvent("changed", "{}");
            }

            using var limit = new CancellationTokenSource(patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            try
            {
                return await queue.Reader.ReadAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return null;
            }
        }

        public void Dispose() => feed.watchers.TryRemove(Id, out _);
    }
}
