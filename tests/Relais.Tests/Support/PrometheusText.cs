using System.Globalization;
using System.Text.RegularExpressions;

namespace Relais.Tests.Support;

/// <summary>One line of figures.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// Reads Prometheus' text format as its scraper does, and refuses what that would refuse: a line it does not know, a figure before its TYPE,
/// a TYPE twice, the same series twice, buckets that shrink or do not end with +Inf.
/// </summary>
internal sealed partial class PrometheusText
{
    private PrometheusText(Dictionary<string, string> types, List<Sample> samples)
    {
        Types = types;
        Samples = samples;
    }

    public IReadOnlyDictionary<string, string> Types { get; }

    public IReadOnlyList<Sample> Samples { get; }

    public static PrometheusText Parse(string text)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var samples = new List<Sample>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (!text.EndsWith('\n'))
        {
            throw new FormatException("The last line has no end.");
        }

        foreach (var line in text.Split('\n')[..^1])
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                types.Add(type.Groups["name"].Value, type.Groups["type"].Value);
            }
            else if (SampleLine().Match(line) is { Success: true } match)
            {
                var name = match.Groups["name"].Value;
                if (!types.ContainsKey(name) && !types.ContainsKey(Suffix().Replace(name, "")))
                {
                    throw new FormatException($"{name} has no type before it.");
                }

                if (!seen.Add(line[..line.LastIndexOf(' ')]))
                {
                    throw new FormatException($"The same series twice: {line}");
                }

                samples.Add(new Sample(name, Label().Matches(match.Groups["labels"].Value).ToDictionary(l => l.Groups["key"].Value, l => l.Groups["value"].Value),
                    double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));
            }
            else if (!HelpLine().IsMatch(line))
            {
                throw new FormatException($"Not a line of the format: {line}");
            }
        }

        var read = new PrometheusText(types, samples);
        read.CheckHistograms();
        return read;
    }

    /// <summary>The sum over all series of a name that carry this label value, or all when no label is given.</summary>
    public double Sum(string name, string? label = null, string? value = null) =>
        Samples.Where(s => s.Name == name && (label is null || s.Labels.GetValueOrDefault(label) == value)).Sum(s => s.Value);

    private void CheckHistograms()
    {
        foreach (var name in Types.Where(t => t.Value == "histogram").Select(t => t.Key))
        {
            foreach (var buckets in Samples.Where(s => s.Name == name + "_bucket")
                .GroupBy(s => string.Join(',', s.Labels.Where(l => l.Key != "le").Select(l => l.ToString()))))
            {
                var all = buckets.ToList();
                if (all[^1].Labels["le"] != "+Inf" || all.Zip(all.Skip(1)).Any(pair => pair.First.Value > pair.Second.Value))
                {
                    throw new FormatException($"The buckets of {name} {buckets.Key} are not a histogram.");
                }
            }
        }
    }

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\.)*\",?)+)\\})? (?<value>-?[0-9.]+(E[+-]?[0-9]+)?|NaN|[+-]Inf)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("(?<key>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>([^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
