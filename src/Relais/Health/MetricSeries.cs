using System.Text;

namespace Relais.Health;

/// <summary>Up to three labels, compared without making a string of them.</summary>
internal readonly struct Labels : IEquatable<Labels>
{
    private readonly KeyValuePair<string, object?> first;
    private readonly KeyValuePair<string, object?> second;
    private readonly KeyValuePair<string, object?> third;

    public Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        first = tags.Length > 0 ? tags[0] : default;
        second = tags.Length > 1 ? tags[1] : default;
        third = tags.Length > 2 ? tags[2] : default;
    }

    /// <summary>As the text format writes them, without the braces.</summary>
    public string Text => string.Join(',', new[] { first, second, third }.Where(tag => tag.Key is not null)
        .Select(tag => $"{tag.Key.Replace('.', '_')}=\"{Escaped(tag.Value)}\""));

    public bool Equals(Labels other) => Same(first, other.first) && Same(second, other.second) && Same(third, other.third);

    public override bool Equals(object? obj) => obj is Labels other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(first.Value, second.Value, third.Value);

    private static bool Same(KeyValuePair<string, object?> a, KeyValuePair<string, object?> b) => a.Key == b.Key && Equals(a.Value, b.Value);

    private static string Escaped(object? value) => (Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

/// <summary>The figures of one set of labels. Written by many threads without a lock; read while they write.</summary>
internal sealed class Series(int bounds)
{
    private readonly long[] buckets = new long[bounds + 1];
    private double value;

    public double Value => Volatile.Read(ref value);

    public void Set(double now) => Volatile.Write(ref value, now);

    public void Add(double by)
    {
        var seen = Volatile.Read(ref value);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref value, seen + by, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }

    public void Observe(double measured, double[] upTo)
    {
        var bucket = 0;
        while (bucket < upTo.Length && measured > upTo[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref buckets[bucket]);
        Add(measured);
    }

    public void WriteHistogram(StringBuilder text, string name, string labels, double[] upTo)
    {
        var comma = labels.Length > 0 ? labels + "," : "";
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += Interlocked.Read(ref buckets[i]);
            var bound = i < upTo.Length ? upTo[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "+Inf";
            MetricFamily.Line(text, name + "_bucket", $"{comma}le=\"{bound}\"", count);
        }

        MetricFamily.Line(text, name + "_sum", labels, Value);
        MetricFamily.Line(text, name + "_count", labels, count);
    }
}
