using System.Globalization;

namespace Relais.Bench;

/// <summary>What a reader has to know of where figures come from.</summary>
internal static class Machine
{
    public static async Task<string> Describe(Postgres postgres)
    {
        var cpu = Value("/proc/cpuinfo", "model name") ?? "unknown processor";
        var memory = Value("/proc/meminfo", "MemTotal")?.Split(' ')[0] is { } kb ? $"{double.Parse(kb, CultureInfo.InvariantCulture) / 1048576:0} GB" : "";
        var system = File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?[12..].Trim('"');
        return $"{cpu}, {Environment.ProcessorCount} cores, {memory}, {system}, .NET {Environment.Version}, PostgreSQL {await postgres.Version()}";
    }

    /// <summary>Processes that want a core, averaged over the last minute.</summary>
    public static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static string Now() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static async Task<string> Commit(string checkout, CancellationToken cancel)
    {
        try
        {
            return (await Shell.Run(checkout, cancel, "git", "rev-parse", "--short", "HEAD")).Trim();
        }
        catch (InvalidOperationException)
        {
            return "unknown";
        }
    }

    private static string? Value(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
