using Shouldly;

namespace Relais.Tests.Architecture;

/// <summary>A description kept in docs/ that the program must agree with. RELAIS_APPROVE=1 writes it anew.</summary>
internal static class Approved
{
    public static void Matches(string file, string actual) => MatchesFile(Path.Combine("docs", "api", file), actual);

    /// <param name="file">Its path from the repository's root.</param>
    /// <param name="actual">What it has to say.</param>
    public static void MatchesFile(string file, string actual)
    {
        var path = Path.Combine(Relais.Tests.Support.Repository.Root, file);
        var now = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("RELAIS_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
            return;
        }

        var kept = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var first = kept.Split('\n').Zip(now.Split('\n')).Select((pair, i) => (pair.First, pair.Second, Line: i + 1)).FirstOrDefault(l => l.First != l.Second);
        kept.ShouldBe(now, $"{file} no longer says what the program does (line {first.Line}: '{first.First}' is now '{first.Second}'). "
            + "If that is meant, run RELAIS_APPROVE=1 bin/test --filter with this test and commit the file.");
    }
}
