using System.Text.Json;
using Relais.Bench.Systems;

namespace Relais.Bench;

/// <summary>One <c>relais load</c> against a running system, in a process of its own on the load's core.</summary>
internal static class LoadCall
{
    /// <summary>What every customer asks: an FAQ of the sample answers it in one message.</summary>
    private const string Text = "Quels sont vos horaires ?";

    /// <exception cref="InvalidOperationException">No figures came of it.</exception>
    public static async Task<Figures> Run(
        BenchOptions options, Scratch scratch, IBenchSystem system, Running running, Uri provider, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var folder = scratch.New("load");

        // Who tries again is waited for; who does not has lost what is not there after ten seconds.
        var json = Path.Combine(folder, "result.json");
        List<string> command =
        [
            options.Relais, "load", "--url", running.Webhook.ToString(), "--provider", provider.ToString(), "--secret", BenchSecrets.App,
            "--phone-number-id", BenchSecrets.PhoneNumberId, "--text", Text, "--json", json, "--drain", system.Kind == SystemKind.Relais ? "60" : "10", .. arguments,
        ];
        if (system.Kind == SystemKind.Ceiling)
        {
            command.Add("--no-replies");
        }

        foreach (var (name, id) in running.Processes)
        {
            command.AddRange(["--pid", $"{name}={id}"]);
        }

        await using var load = Pinned.Start(Cores.Load, folder, new Dictionary<string, string>(), command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await load.Ended(limit.Token);

        // It ends with 1 when something was lost or doubled: that is a figure, not a failure.
        return File.Exists(json)
            ? JsonSerializer.Deserialize<Figures>(await File.ReadAllTextAsync(json, cancel), Results.Json)!
            : throw new InvalidOperationException(load.Tail());
    }
}

/// <summary>Keys of the benchmark's own installations; the yardsticks have the same ones built in.</summary>
internal static class BenchSecrets
{
    public const string App = "appsecret";
    public const string PhoneNumberId = "106540352242922";
    public const string BusinessAccountId = "102290129340398";
}
