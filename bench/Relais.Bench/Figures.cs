using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Bench;

/// <summary>Times in milliseconds.</summary>
internal sealed record Times(double? P50, double? P99, double? Max);

/// <summary>What one process tree used: milliseconds of processor a message, megabytes at most.</summary>
internal sealed record Use(string Name, double CpuMsPerMessage, double PeakMb, string MemoryIs);

/// <summary>What <c>relais load --json</c> writes: see docs/performance.md.</summary>
internal sealed record Figures(
    int Messages, int Rate, int Connections, int Acknowledged, int NotAcknowledged, double AcknowledgedPerSecond, int Replied, double RepliesPerSecond,
    Times ToAcknowledged, Times ToReply, int Lost, int Doubled, long RefusedByProvider, long OtherCalls, int StraySends,
    int StatusesPosted, int StatusesRefused, Times StatusToAcknowledged, double Seconds, IReadOnlyList<Use> Processes, double GeneratorCpuMsPerMessage)
{
    public Use? Server => Processes.FirstOrDefault(p => p.Name == "server");

    public Use? Database => Processes.FirstOrDefault(p => p.Name == "database");
}

/// <summary>
/// One scenario on one system in one run. <see cref="Problem"/> stands in for figures that could not be had; the load average is the machine's
/// over the minute before the end, and about 2 of it are the benchmark's own.
/// </summary>
internal sealed record Measured(int Run, string System, SystemKind Kind, string Database, string Scenario, Figures? Figures, string? Problem, double LoadAverage = 0);

/// <summary>Everything a session measured, as it is written to the result file.</summary>
internal sealed record Results(string Machine, string Pinning, string At, string Commit, bool Quick, int Runs, IReadOnlyList<Measured> Measured)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public IEnumerable<string> Systems => Measured.Select(m => m.System).Distinct();

    public IEnumerable<string> Scenarios => Measured.Select(m => m.Scenario).Distinct();

    public IEnumerable<Figures> Of(string system, string scenario) =>
        Measured.Where(m => m.System == system && m.Scenario == scenario && m.Figures is not null).Select(m => m.Figures!);

    public Figures? Of(string system, string scenario, int run) =>
        Measured.FirstOrDefault(m => m.System == system && m.Scenario == scenario && m.Run == run)?.Figures;

    /// <summary>The median over the runs; null when there is none.</summary>
    public double? Median(string system, string scenario, Func<Figures, double?> figure) => Statistics.Median(Of(system, scenario).Select(figure));
}

internal static class Statistics
{
    public static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.Where(v => v is not null).Select(v => v!.Value).Order().ToList();
        return sorted.Count == 0 ? null
            : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
