using System.CommandLine;

namespace Relais.Bench;

/// <summary>What <c>bin/bench</c> takes.</summary>
internal static class BenchCommand
{
    public static RootCommand Create()
    {
        var root = new Option<string>("--root") { Description = "The checkout; bin/bench gives it.", DefaultValueFactory = _ => "." };
        var runs = new Option<int>("--runs") { Description = "How often everything is measured; figures are medians.", DefaultValueFactory = _ => 3 };
        var quick = new Option<bool>("--quick") { Description = "One short run: about three minutes. For finding out what a change did, not for figures to keep." };
        var ceiling = new Option<bool>("--ceiling") { Description = "Also measure what the machine allows: bare endpoints that only check and store, and the shortest pipeline." };
        var peers = new Option<string[]>("--peer") { Description = "Also measure the yardstick in this folder, or each of those in it. May be repeated." };
        var only = new Option<string[]>("--only") { Description = "Only these scenarios (full, rate-50 …) or systems (relais-sqlite …). May be repeated." };
        var output = new Option<string?>("--out") { Description = "Where results go (default artifacts/bench)." };
        var images = new Option<bool>("--images") { Description = "Copy the graphs to docs/images." };
        var draw = new Option<string?>("--draw") { Description = "Measure nothing: make tables and graphs of this result file again." };
        var command = new RootCommand("Relais beside its ceiling and its peers, on this machine: same load, same provider, pinned to two cores.")
        {
            root, runs, quick, ceiling, peers, only, output, images, draw,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var checkout = Path.GetFullPath(parsed.GetValue(root)!);
            var options = new BenchOptions(
                checkout, parsed.GetValue(quick) ? 1 : parsed.GetValue(runs), parsed.GetValue(quick), parsed.GetValue(ceiling),
                [.. parsed.GetValue(peers) ?? []], [.. parsed.GetValue(only) ?? []],
                parsed.GetValue(output) ?? Path.Combine(checkout, "artifacts", "bench"), parsed.GetValue(images));
            return parsed.GetValue(draw) is { } file ? await Outcome.Draw(options, file, cancel) : await Session.Run(options, cancel);
        });
        return command;
    }
}

/// <summary>What is to be measured.</summary>
/// <param name="Checkout">Root of the repository.</param>
/// <param name="Runs">How often.</param>
/// <param name="Quick">Shorter scenarios.</param>
/// <param name="Ceiling">With what the machine allows.</param>
/// <param name="Peers">Folders of yardsticks.</param>
/// <param name="Only">Names of scenarios or systems; all when empty.</param>
/// <param name="Output">Folder of the results.</param>
/// <param name="Images">Whether the graphs go to docs/images.</param>
internal sealed record BenchOptions(
    string Checkout, int Runs, bool Quick, bool Ceiling, IReadOnlyList<string> Peers, IReadOnlyList<string> Only, string Output, bool Images)
{
    public string Relais => Path.Combine(Checkout, "src", "Relais", "bin", "Release", "net10.0", "relais");

    /// <summary>Whether a name was asked for, among names of its kind.</summary>
    public bool Wants(string name, IEnumerable<string> kind) => !Only.Intersect(kind).Any() || Only.Contains(name);
}
