using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Relais.Health;

/// <summary>
/// One instrument in Prometheus' terms: its name, its type, and a series for each set of labels that came. Measuring allocates
/// only for a set that is new.
/// </summary>
internal sealed class MetricFamily
{
    /// <summary>Labels come from the code, so this is never reached; a mistake costs this much and no more.</summary>
    private const int MostSeries = 1000;

    private readonly ConcurrentDictionary<Labels, Series> series = new();
    private readonly double[] bounds;
    private readonly string help;

    public MetricFamily(Instrument instrument)
    {
        help = instrument.Description ?? "";
        var isHistogram = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);
        IsSum = instrument.GetType().Name is ['O' or 'C' or 'U', ..] and var type && type.Contains("Counter", StringComparison.Ordinal);
        var isMonotonic = IsSum && !instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal);
        Type = isHistogram ? "histogram" : isMonotonic ? "counter" : "gauge";
        Name = NameOf(instrument, isMonotonic);
        bounds = !isHistogram ? []
            : instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } seconds } ? [.. seconds]
            : instrument is Histogram<long> { Advice.HistogramBucketBoundaries: { } sizes } ? [.. sizes.Select(s => (double)s)]
            : [];
        IsObserved = instrument.IsObservable;
    }

    public string Name { get; }

    public string Type { get; }

    private bool IsSum { get; }

    private bool IsObserved { get; }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new Labels(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            if (series.Count >= MostSeries)
            {
                return;
            }

            one = series.GetOrAdd(labels, _ => new Series(bounds.Length));
        }

        if (Type == "histogram")
        {
            one.Observe(value, bounds);
        }
        else if (IsObserved || !IsSum)
        {
            one.Set(value);
        }
        else
        {
            one.Add(value);
        }
    }

    public void Write(StringBuilder text)
    {
        if (series.IsEmpty)
        {
            return;
        }

        text.Append("# HELP ").Append(Name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
            .Append("\n# TYPE ").Append(Name).Append(' ').Append(Type).Append('\n');
        foreach (var (labels, one) in series.OrderBy(s => s.Key.Text, StringComparer.Ordinal))
        {
            if (Type == "histogram")
            {
                one.WriteHistogram(text, Name, labels.Text, bounds);
            }
            else
            {
                Line(text, Name, labels.Text, one.Value);
            }
        }
    }

    public static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>OpenTelemetry's rules: dots become underscores, the unit is a suffix, a counter ends with _total.</summary>
    public static string NameOf(Instrument instrument, bool isMonotonic)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when !isMonotonic => "_ratio",
            _ => "",
        };
        return name + (name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit) + (isMonotonic ? "_total" : "");
    }
}
