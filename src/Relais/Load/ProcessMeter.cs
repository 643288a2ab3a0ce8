namespace Relais.Load;

/// <summary>What one process tree used during a run.</summary>
/// <param name="Name">As given.</param>
/// <param name="CpuMsPerMessage">User and system milliseconds for each message.</param>
/// <param name="PeakMb">The highest of the samples, one a second.</param>
/// <param name="MemoryIs">pss, or rss where the map of a process may not be read.</param>
internal sealed record ProcessUse(string Name, double CpuMsPerMessage, double PeakMb, string MemoryIs);

/// <summary>Watches the server's processes while a run lasts.</summary>
internal sealed class ProcessMeter(IReadOnlyDictionary<string, int> roots, TimeProvider clock)
{
    private readonly Dictionary<string, double> cpuAtStart = roots.ToDictionary(r => r.Key, r => ProcessTree.CpuSeconds(r.Value));
    private readonly Dictionary<string, double> peaks = [];
    private bool isPss = true;

    /// <summary>Samples memory once a second until cancelled: reading a map costs the kernel more than a message costs us.</summary>
    public async Task Sample(CancellationToken cancel)
    {
        while (roots.Count > 0 && !cancel.IsCancellationRequested)
        {
            Look();
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), clock, cancel));
        }
    }

    public IReadOnlyList<ProcessUse> Conclude(int messages)
    {
        Look();
        return [.. roots.Select(r => new ProcessUse(
            r.Key, Math.Round((ProcessTree.CpuSeconds(r.Value) - cpuAtStart[r.Key]) * 1000 / messages, 3), Math.Round(peaks[r.Key], 1), isPss ? "pss" : "rss"))];
    }

    private void Look()
    {
        foreach (var (name, pid) in roots)
        {
            var (megabytes, pss) = ProcessTree.Memory(pid);
            isPss &= pss;
            peaks[name] = Math.Max(peaks.GetValueOrDefault(name), megabytes);
        }
    }
}
