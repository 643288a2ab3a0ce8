using System.Globalization;

namespace Relais.Load;

/// <summary>A process and everything below it, read from Linux's /proc. Processes that end while they are read count as nothing.</summary>
internal static class ProcessTree
{
    /// <summary>Linux counts processor time in hundredths of a second (USER_HZ), whatever the kernel's own tick.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>User and system time in seconds, that of ended and collected children included.</summary>
    public static double CpuSeconds(int root) => Pids(root).Sum(pid =>
        Stat(pid) is { } fields ? Enumerable.Range(11, 4).Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture)) / TicksPerSecond : 0);

    /// <summary>
    /// Megabytes as PSS: shared pages count by shares, so that PostgreSQL's buffers are not counted once for each connection. Resident memory (RSS)
    /// of a process whose map may not be read.
    /// </summary>
    public static (double Megabytes, bool IsPss) Memory(int root)
    {
        var total = 0.0;
        var isPss = true;
        foreach (var pid in Pids(root))
        {
            if (Kilobytes(pid, "smaps_rollup", "Pss:") is { } pss)
            {
                total += pss;
            }
            else if (Kilobytes(pid, "status", "VmRSS:") is { } rss)
            {
                total += rss;
                isPss = false;
            }
        }

        return (total / 1024, isPss);
    }

    private static List<int> Pids(int root)
    {
        if (!Directory.Exists("/proc"))
        {
            return [];
        }

        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && Stat(pid) is { } fields)
            {
                var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
                (children.TryGetValue(parent, out var known) ? known : children[parent] = []).Add(pid);
            }
        }

        List<int> tree = [root];
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children.GetValueOrDefault(tree[i]) ?? []);
        }

        return tree;
    }

    /// <summary>The fields of /proc/PID/stat after the name, which may hold spaces and brackets itself.</summary>
    private static string[]? Stat(int pid) =>
        Text(pid, "stat") is { } text && text.LastIndexOf(')') is > 0 and var end ? text[(end + 2)..].Split(' ') : null;

    private static double? Kilobytes(int pid, string file, string name)
    {
        var line = Text(pid, file)?.Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string? Text(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
