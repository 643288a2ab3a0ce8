using System.Collections.Concurrent;

namespace Relais.Inboxes;

/// <summary>What was refused for a connection since this process started.</summary>
/// <param name="Count">All of them.</param>
/// <param name="SinceGood">Those since the last webhook whose signature was right.</param>
/// <param name="LastAt">Microseconds UTC; null for never.</param>
/// <param name="Reason">Of the last one.</param>
internal sealed record WebhookRefusals(long Count, long SinceGood, long? LastAt, string? Reason)
{
    public static readonly WebhookRefusals None = new(0, 0, null, null);
}

/// <summary>
/// Webhooks that were refused for their signature, counted by connection. In memory and no larger than the connections there
/// are: who forges must not fill a table. A process that starts anew counts from zero, and nodes count for themselves.
/// </summary>
internal sealed class RefusedWebhooks
{
    private readonly ConcurrentDictionary<long, WebhookRefusals> byConnection = new();

    /// <param name="connectionIds">Those that might have been meant.</param>
    /// <param name="reason">One sentence.</param>
    /// <param name="now">Microseconds UTC.</param>
    public void Refused(IEnumerable<long> connectionIds, string reason, long now)
    {
        foreach (var id in connectionIds)
        {
            byConnection.AddOrUpdate(id, _ => new WebhookRefusals(1, 1, now, reason),
                (_, known) => new WebhookRefusals(known.Count + 1, known.SinceGood + 1, now, reason));
        }
    }

    /// <summary>A webhook of this connection was right. On the path of every webhook: costs a look into an empty dictionary.</summary>
    public void Good(long connectionId)
    {
        if (byConnection.TryGetValue(connectionId, out var known) && known.SinceGood > 0)
        {
            byConnection.TryUpdate(connectionId, known with { SinceGood = 0 }, known);
        }
    }

    public WebhookRefusals Of(long connectionId) => byConnection.GetValueOrDefault(connectionId, WebhookRefusals.None);
}
