using System.Diagnostics.Metrics;
using Relais.Foundation;

namespace Relais.Platform;

/// <summary>
/// Webhooks this process stored since they were last taken from here. It hears the instrument that tells each commit's webhooks, so
/// that counting them costs the intake no statement.
/// </summary>
internal sealed class WebhookTally : IDisposable
{
    private readonly MeterListener listener = new();
    private long waiting;

    public WebhookTally()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name == Telemetry.WebhookBatchesName)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, stored, _, _) => Interlocked.Add(ref waiting, stored));
        listener.Start();
    }

    public long Waiting => Interlocked.Read(ref waiting);

    public long Take() => Interlocked.Exchange(ref waiting, 0);

    /// <summary>They could not be written, and wait again.</summary>
    public void GiveBack(long webhooks) => Interlocked.Add(ref waiting, webhooks);

    public void Dispose() => listener.Dispose();
}
