using System.Diagnostics;

namespace Relais.Bench;

/// <summary>Commands that are run to their end.</summary>
internal static class Shell
{
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; with what it printed.</exception>
    public static async Task<string> Run(string folder, IReadOnlyDictionary<string, string> environment, CancellationToken cancel, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.\n{output}\n{await errors}");
    }

    public static Task<string> Run(string folder, CancellationToken cancel, params string[] command) =>
        Run(folder, new Dictionary<string, string>(), cancel, command);
}
