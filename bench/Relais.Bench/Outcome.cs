using System.Text.Json;
using Relais.Bench.Report;

namespace Relais.Bench;

/// <summary>What a session leaves behind: results.json, results.md and the graphs.</summary>
internal static class Outcome
{
    public static async Task Save(BenchOptions options, Results results, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "results.json"), JsonSerializer.Serialize(results, Results.Json), cancel);
    }

    /// <summary>Makes tables and graphs of an earlier session's results.</summary>
    public static async Task<int> Draw(BenchOptions options, string file, CancellationToken cancel)
    {
        var results = JsonSerializer.Deserialize<Results>(await File.ReadAllTextAsync(file, cancel), Results.Json)!;
        return await Show(options, results, cancel);
    }

    /// <summary>Prints and writes the tables, and draws.</summary>
    public static async Task<int> Show(BenchOptions options, Results results, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Output);
        var tables = Tables.Of(results);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "results.md"), tables, cancel);
        var images = Path.Combine(options.Checkout, "docs", "images");
        foreach (var (file, svg) in Charts.Of(results))
        {
            await File.WriteAllTextAsync(Path.Combine(options.Output, file), svg, cancel);
            if (options.Images)
            {
                await File.WriteAllTextAsync(Path.Combine(images, file), svg, cancel);
            }
        }

        Console.WriteLine(tables);
        Console.WriteLine($"Written to {options.Output}");
        return results.Measured.Any(m => m.Problem is not null) ? 1 : 0;
    }
}
