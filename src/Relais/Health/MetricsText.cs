using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Relais.Foundation;

namespace Relais.Health;

/// <summary>
/// Listens to the program's own instruments and the runtime's, and writes them as Prometheus' text format 0.0.4. Of our own
/// because no exporter for Prometheus restores (ADR 0020).
/// </summary>
internal sealed class MetricsText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>CPU, memory, garbage collection and threads of the process, which .NET measures by itself.</summary>
    private const string Runtime = "System.Runtime";

    private readonly ConcurrentDictionary<Instrument, MetricFamily> families = new();
    private readonly MeterListener listener = new();
    private readonly WorkGauges gauges;

    public MetricsText(WorkGauges gauges)
    {
        this.gauges = gauges;
        listener.InstrumentPublished = (instrument, to) =>
        {
            // dotnet.exceptions is labelled with the names of types, which is more labels than anybody reads.
            if (instrument.Meter.Name is Telemetry.Name or Runtime && instrument.Name != "dotnet.exceptions")
            {
                to.EnableMeasurementEvents(instrument, families.GetOrAdd(instrument, made => new MetricFamily(made)));
            }
        };
        listener.MeasurementsCompleted = (instrument, state) => families.TryRemove(instrument, out _);
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Measure(value, tags));
        Telemetry.Start();
        listener.Start();
    }

    /// <summary>The instruments that are shown, as they name themselves.</summary>
    public IEnumerable<Instrument> Instruments => families.Keys;

    public async Task<string> Write(CancellationToken cancel)
    {
        await gauges.Refresh(cancel);
        listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            family.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();
}
