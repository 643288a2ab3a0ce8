using System.Threading.Channels;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>
/// In: requests to providers that have ended. Out: what a worker writes down about once a second. In memory and bounded: when
/// writing does not keep up the oldest fall away and are counted, and no message waits.
/// </summary>
/// <param name="level">all, errors or off (<c>RELAIS_PROVIDER_LOG</c>).</param>
internal sealed class ProviderCallLog(string level)
{
    /// <summary>Some seconds of the fastest number; 128 MB in the worst case, 4 MB of ordinary messages.</summary>
    public const int Capacity = 4000;

    private readonly Channel<ProviderCall> waiting = Channel.CreateBounded<ProviderCall>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
        _ => Telemetry.CallsDropped.Add(1));

    /// <summary>Null when nothing is logged.</summary>
    public ProviderCall? Begin(long inboxId, string operation, string? phone = null, long? messageId = null) =>
        level == "off" ? null : new ProviderCall(this, inboxId, operation, phone, messageId);

    public void Add(ProviderCall ended)
    {
        if (level == "all" || !ended.IsAccepted)
        {
            waiting.Writer.TryWrite(ended);
        }
    }

    public List<ProviderCall> Take(int most)
    {
        var taken = new List<ProviderCall>();
        while (taken.Count < most && waiting.Reader.TryRead(out var call))
        {
            taken.Add(call);
        }

        return taken;
    }
}
