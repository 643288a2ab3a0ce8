using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Architecture;

/// <summary>What documents and shipped files name exists: files that are linked to, tests, settings, metrics.</summary>
public sealed partial class DocumentsFit
{
    private static readonly string[] Documents =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
    ];

    [Fact]
    public void Every_relative_link_leads_to_a_file()
    {
        var links = (
            from document in Documents
            from match in Link().Matches(File.ReadAllText(document))
            let target = Uri.UnescapeDataString(match.Groups["target"].Value)
            where !target.Contains(':', StringComparison.Ordinal)
            select (document, target)).ToList();
        links.Count.ShouldBeGreaterThan(100);
        links.Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(l.document)!, l.target)))
            .Select(l => $"{Short(l.document)} → {l.target}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_that_a_security_document_names_exists()
    {
        var tests = typeof(DocumentsFit).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute))
            .Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var named = Documents.Where(d => Short(d).StartsWith("docs/security/", StringComparison.Ordinal))
            .SelectMany(d => Sentence().Matches(File.ReadAllText(d))).Select(m => m.Groups["name"].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(60);
        named.Except(tests).ShouldBeEmpty();
    }

    [Fact]
    public void The_guides_are_the_same_in_both_languages()
    {
        var french = Guides("fr");
        french.Count.ShouldBeGreaterThan(6);
        french.ShouldBe(Guides("en"));

        static List<string> Guides(string language) => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "guides", language))
            .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Every_setting_that_is_shipped_or_explained_is_one_of_Relais()
    {
        var shipped = Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"));
        var named = Documents.Where(d => !Short(d).StartsWith("docs/adr/", StringComparison.Ordinal) && Short(d).StartsWith("docs/", StringComparison.Ordinal)).Concat(shipped)
            .SelectMany(f => Setting().Matches(File.ReadAllText(f))).Select(m => m.Value).Distinct()
            .Where(name => !name.StartsWith("RELAIS_TEST", StringComparison.Ordinal) && name is not ("RELAIS_APPROVE" or "RELAIS_PROGRAM")).ToList();
        named.ShouldContain("RELAIS_TRUSTED_PROXIES");
        named.Where(name => Settings.From(new Dictionary<string, string> { [name] = "" }).Problems.Any(p => p.Contains("is not a setting", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_of_the_dashboard_is_in_the_catalogue_and_every_panel_asks_something()
    {
        var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana-dashboard.json"))).RootElement;
        var catalogue = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operate", "metrics.md"));
        var asked = dashboard.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row")
            .SelectMany(p => p.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("expr").GetString()!)).ToList();
        asked.Count.ShouldBeGreaterThan(12);
        foreach (var name in asked.SelectMany(e => Metric().Matches(e).Select(m => m.Value)).Distinct())
        {
            var known = catalogue.Contains($"`{name}`", StringComparison.Ordinal)
                || ((string[])["_bucket", "_sum", "_count"]).Any(end => name.EndsWith(end, StringComparison.Ordinal)
                    && catalogue.Contains($"`{name[..^end.Length]}` | histogram", StringComparison.Ordinal));
            known.ShouldBeTrue(name);
        }

        asked.ShouldAllBe(e => Metric().IsMatch(e));
    }

    private static string Short(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,})`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\bRELAIS_[A-Z_]*[A-Z]\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\b(relais|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Metric();
}
