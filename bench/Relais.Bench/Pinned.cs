using System.Diagnostics;
using System.Net.Sockets;

namespace Relais.Bench;

/// <summary>
/// Which core does what: the measured server and its database share one, the load and the provider the other, so that neither
/// takes from the other and a faster generator cannot flatter a server.
/// </summary>
internal static class Cores
{
    public const int Server = 0;
    public const int Load = 1;

    /// <summary>False on a machine with one core, or without taskset: the tables then say so.</summary>
    public static bool ArePinned { get; } = Environment.ProcessorCount > 1 && File.Exists("/usr/bin/taskset");

    public static string Sentence => ArePinned
        ? $"Server and its database on core {Server}, load and provider on core {Load}."
        : "Nothing was pinned to a core: this machine has one core, or no taskset.";
}

/// <summary>A process of ours on one core, its output in a file. Ending it ends its children, and nothing else.</summary>
internal sealed class Pinned : IAsyncDisposable
{
    private readonly Process process;
    private readonly string log;

    private Pinned(Process process, string log) => (this.process, this.log) = (process, log);

    public int Id => process.Id;

    /// <param name="core">Which core.</param>
    /// <param name="folder">Working folder; its output goes to NAME.log there.</param>
    /// <param name="environment">Set beside what is there already; RELAIS_*, WHATSAPP_* and TWILIO_* of the caller are not handed on.</param>
    /// <param name="command">Program and arguments.</param>
    public static Pinned Start(int core, string folder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "output.log");

        // exec keeps the process id, so what is accounted for and ended is the server itself.
        var words = Cores.ArePinned ? ["/usr/bin/taskset", "-c", $"{core}", .. command] : command;
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$LOG_FILE\" 2>&1", "sh", .. words]) { WorkingDirectory = folder };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal)
            || k.StartsWith("WHATSAPP_", StringComparison.Ordinal) || k.StartsWith("TWILIO_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        start.Environment["LOG_FILE"] = file;
        return new Pinned(Process.Start(start)!, file);
    }

    /// <summary>Waits until it answers at this address with anything.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer in time; with the end of its output.</exception>
    public async Task Answers(Uri url, int status, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var attempt = 0; attempt < 300 && !process.HasExited; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(url, cancel);
                if (status == 0 || (int)answer.StatusCode == status)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Not yet.
            }

            await Task.Delay(100, cancel);
        }

        throw new InvalidOperationException($"{url} did not answer.\n{Tail()}");
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> Ended(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    public string Tail() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(15)) : "";

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // As an operator stops it; whoever does not follow is killed.
            using var term = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(12));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        process.Dispose();
    }
}
