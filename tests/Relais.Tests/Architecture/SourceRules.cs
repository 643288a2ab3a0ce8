using System.Text.RegularExpressions;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>Rules of security that the source itself can be asked for.</summary>
public sealed partial class SourceRules
{
    [Fact]
    public void What_verifies_a_signature_compares_in_constant_time()
    {
        var verifiers = Files("src/Relais/Channels", ".cs").Where(f => Path.GetFileName(f).EndsWith("Signature.cs", StringComparison.Ordinal)).ToList();
        verifiers.Count.ShouldBeGreaterThan(1);
        verifiers.ShouldAllBe(f => File.ReadAllText(f).Contains("CryptographicOperations.FixedTimeEquals", StringComparison.Ordinal));
    }

    [Fact]
    public void No_page_of_ours_writes_HTML_from_text()
    {
        var pages = Files("console/src", ".ts", ".tsx").Concat(Files("src/Relais/Simulator/Page", ".js", ".html")).ToList();
        pages.Count.ShouldBeGreaterThan(200);
        pages.Where(f => Dangerous().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_of_the_program_loads_code_or_styles_from_another_host()
    {
        var pages = Files("console", ".html").Concat(Files("console/src", ".css", ".ts", ".tsx")).Concat(Files("src/Relais/Simulator/Page", ".js", ".html", ".css"));
        pages.Where(f => Foreign().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    private static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => endings.Contains(Path.GetExtension(f)) && !f.Contains("node_modules", StringComparison.Ordinal) && !f.Contains("/dist/", StringComparison.Ordinal));

    [GeneratedRegex(@"dangerouslySetInnerHTML|\.innerHTML\s*=|\.outerHTML\s*=|insertAdjacentHTML|document\.write\(|\beval\(|new Function\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Dangerous();

    [GeneratedRegex("""<(script|link)[^>]+(src|href)=["']?(https?:)?//|@import\s+(url\()?["']?https?:|import\(["']https?:""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Foreign();
}
