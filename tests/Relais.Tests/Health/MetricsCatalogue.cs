using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Relais.Health;
using Relais.Tests.Architecture;
using Relais.Tests.Fuzz;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>docs/operate says of the instruments, the alerts and the log what the program does.</summary>
[Collection(nameof(Alone))]
public sealed partial class MetricsCatalogue
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operate", "metrics.md"));

    [Fact]
    public async Task The_catalogue_names_every_instrument_with_its_type_and_unit_and_none_that_is_not_there()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var real = relais.Services.GetRequiredService<MetricsText>().Instruments.Where(i => i.Meter.Name == "Relais").ToList();
        real.ShouldAllBe(i => i.Description!.EndsWith('.') && i.Unit!.Length > 0);
        Rows().Select(r => $"{r.Instrument} {r.Shown} {r.Type} {r.Unit}").Order(StringComparer.Ordinal).ShouldBe(
            real.Select(i => (Instrument: i, Family: new MetricFamily(i))).Select(i => $"{i.Instrument.Name} {i.Family.Name} {i.Family.Type} {i.Instrument.Unit}")
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_label_that_comes_is_in_the_catalogue_and_every_runtime_metric_it_names_exists()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new() { ["RELAIS_METRICS_TOKEN"] = "scrape-me" });
        await relais.Chat(relais.Twilio, "+33611110002").Asks("Bonjour", "Beyond Express");
        GC.Collect();
        var text = await MetricsTests.Scrape(relais);
        foreach (var row in Rows())
        {
            var labels = text.Samples.Where(s => s.Name == row.Shown || s.Name.StartsWith(row.Shown + "_", StringComparison.Ordinal) && text.Types.GetValueOrDefault(row.Shown) == "histogram")
                .SelectMany(s => s.Labels.Keys).Distinct().Where(l => l != "le").ToList();
            labels.Except(row.Labels).ShouldBeEmpty(row.Instrument);
        }

        Runtime().Matches(Document).Select(m => m.Value).Distinct().Except(text.Types.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_that_an_alert_names_is_in_the_catalogue()
    {
        var rules = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operate", "alerts.yml"));
        var known = Rows().SelectMany(r => r.Type == "histogram" ? (string[])[r.Shown + "_bucket", r.Shown + "_sum", r.Shown + "_count"] : [r.Shown])
            .Concat(Runtime().Matches(Document).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(rules).Select(m => m.Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(10);
        named.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void The_catalogue_names_every_log_event_with_its_level()
    {
        var section = Document[Document.IndexOf("## Log events", StringComparison.Ordinal)..];
        var told = LogRow().Matches(section).Select(m => $"{m.Groups["level"].Value} {m.Groups["text"].Value}");
        told.Order(StringComparer.Ordinal).ShouldBe(LogEvents.All.Select(e => $"{e.Level} {e.Text}").Order(StringComparer.Ordinal));
    }

    private static List<(string Instrument, string Shown, string Type, string Unit, string[] Labels)> Rows() =>
    [
        .. Row().Matches(Document).Select(m => (m.Groups["name"].Value, m.Groups["shown"].Value, m.Groups["type"].Value, m.Groups["unit"].Value,
            m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
    ];

    [GeneratedRegex(@"^\| `(?<name>relais\.[^`]+)` \| `(?<shown>[^`]+)` \| (?<type>\w+) \| (?<unit>\S+) \| (?<labels>[^|]*)\| [^|]+\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\bdotnet_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Runtime();

    [GeneratedRegex(@"\b(relais|dotnet)_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (?<level>\w+) \| `(?<text>[^`]+)` \| [^|]+\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex LogRow();
}
