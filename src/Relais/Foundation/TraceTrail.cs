using System.Collections.Concurrent;
using System.Diagnostics;

namespace Relais.Foundation;

/// <summary>
/// Ties the spans of one message's stages together. The stages work in batches and meet in the database, so no span of one is
/// the parent of another's: each stage leaves its span under the key of what it wrote, and the next one links to it. In memory
/// and bounded: what another node or an earlier process did is not linked.
/// </summary>
internal static class TraceTrail
{
    /// <summary>Work between two stages at most; more than that waits for seconds, and its first links are forgotten.</summary>
    private const int Kept = 20_000;

    /// <summary>What a span takes by OpenTelemetry's own limit.</summary>
    private const int LinkLimit = 128;

    private static readonly ConcurrentDictionary<long, ActivityContext> Last = new();
    private static readonly ConcurrentQueue<long> Order = new();

    /// <summary>A span of a stage, linked to what was left under these keys; null while nobody listens.</summary>
    public static Activity? Stage(string name, ActivityKind kind, IEnumerable<long> keys)
    {
        if (!Telemetry.Source.HasListeners())
        {
            return null;
        }

        var links = keys.Select(key => Last.GetValueOrDefault(key)).Where(at => at != default).Distinct()
            .Take(LinkLimit).Select(at => new ActivityLink(at)).ToList();

        // A batch belongs to no request, whichever thread it happens to run on.
        var current = Activity.Current;
        Activity.Current = null;
        var span = Telemetry.Source.StartActivity(kind, parentContext: default, links: links, name: name);
        if (span is null)
        {
            Activity.Current = current;
        }

        return span;
    }

    public static Activity? Stage(string name, ActivityKind kind, long key) =>
        Telemetry.Source.HasListeners() ? Stage(name, kind, [key]) : null;

    /// <summary>Leaves the current span for the stage that takes up this webhook, conversation or message (their ids are unique).</summary>
    public static void Leave(long key, Activity? span)
    {
        if (span is not null && Telemetry.Source.HasListeners())
        {
            Last[key] = span.Context;
            Order.Enqueue(key);
            if (Order.Count > Kept && Order.TryDequeue(out var oldest))
            {
                Last.TryRemove(oldest, out _);
            }
        }
    }
}
