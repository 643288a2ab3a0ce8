using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>The program itself, in an empty folder without any key.</summary>
public sealed class EvalCommandTests
{
    [Fact]
    public async Task Without_a_database_and_keys_the_demo_is_tried_and_thrown_away()
    {
        using var folder = new Folder();
        var (code, output) = await Run(folder, "eval");
        output.ShouldContain("all  60 of 60 passed, builtin");
        output.ShouldContain("ar   20 of 20 passed");
        code.ShouldBe(0);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_suite_ends_with_1_and_says_why()
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a.yaml"), "name: Prix\nlanguage: fr\nturns: [{ customer: \"Combien coûte la livraison ?\", expect: { must_say: [\"gratuite pour tous\"] } }]");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "b.yml"), "name: Hello\nlanguage: en\nturns: [{ customer: \"Hello\", expect: { language: en } }]");
        var (code, output) = await Run(folder, "eval", "--suite", ".");
        code.ShouldBe(1);
        output.ShouldContain("✗ fr  Prix");
        output.ShouldContain("“gratuite pour tous” was not said; what was: “La livraison coûte 4,90");
        output.ShouldContain("all  1 of 2 passed, 1 failed, builtin");

        (code, output) = await Run(folder, "eval", "--suite", ".", "--model", "recorded");
        code.ShouldBe(1);
        output.ShouldContain("No recorded answer for this request of case “Prix”");
        (code, output) = await Run(folder, "eval", "--suite", ".", "--record");
        code.ShouldBe(1);
        output.ShouldContain("Set a key");

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "b.yml"), "name: Hello\nlangage: en");
        (code, output) = await Run(folder, "eval", "--suite", ".");
        code.ShouldBe(1);
        output.ShouldContain("b.yml: Line 1: language is missing.");
    }

    private static async Task<(int Code, string Output)> Run(Folder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "relais.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal) || k.EndsWith("_API_KEY", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("relais-eval-test-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
