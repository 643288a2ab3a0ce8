using System.Globalization;
using System.Net;
using System.Text;

namespace Relais.Bench.Report;

/// <summary>Bar charts as SVG, readable on light and dark pages: the text takes its colour from what the reader prefers.</summary>
internal static class Charts
{
    private const int Width = 720;
    private const int RowHeight = 26;
    private const int LabelWidth = 170;
    private const int Top = 48;

    /// <summary>Name of the file and its content.</summary>
    public static IEnumerable<(string File, string Svg)> Of(Results results)
    {
        yield return ("bench-replies.svg", Bars(
            "Replies a second at full load", "/s", results, [.. Rows(results, "full", f => f.Replied == 0 ? null : f.RepliesPerSecond)]));
        yield return ("bench-acknowledged.svg", Bars(
            "Webhooks acknowledged a second at full load", "/s", results, [.. Rows(results, "full", f => f.AcknowledgedPerSecond)]));
        yield return ("bench-latency.svg", Bars(
            "Webhook to reply at 200 messages a second, 99th percentile", " ms", results, [.. Rows(results, "rate-200", f => f.ToReply.P99)]));
    }

    private static IEnumerable<(string System, double Value)> Rows(Results results, string scenario, Func<Figures, double?> figure) =>
        results.Systems.Select(s => (s, results.Median(s, scenario, figure))).Where(r => r.Item2 is not null).Select(r => (r.s, r.Item2!.Value)).OrderByDescending(r => r.Value);

    private static string Bars(string title, string unit, Results results, IReadOnlyList<(string System, double Value)> rows)
    {
        var height = Top + (rows.Count * RowHeight) + 34;
        var most = rows.Count == 0 ? 1 : rows.Max(r => r.Value);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" aria-label="{Text(title)}">
            <style>text{"{"}font:13px system-ui,sans-serif;fill:#1f2328{"}"}.t{"{"}font-weight:600;font-size:15px{"}"}.s{"{"}font-size:11px;fill:#59636e{"}"}.o{"{"}fill:#1a7f64{"}"}.b{"{"}fill:#8c959f{"}"}@media(prefers-color-scheme:dark){"{"}text{"{"}fill:#e6edf3{"}"}.s{"{"}fill:#9198a1{"}"}.o{"{"}fill:#3fb68b{"}"}.b{"{"}fill:#6e7681{"}"}{"}"}</style>
            <text x="0" y="20" class="t">{Text(title)}</text>

            """);
        for (var i = 0; i < rows.Count; i++)
        {
            var (system, value) = rows[i];
            var y = Top + (i * RowHeight);
            var width = Math.Max(1, (Width - LabelWidth - 90) * value / most);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <text x="{LabelWidth - 10}" y="{y + 13}" text-anchor="end">{Text(system)}</text><rect x="{LabelWidth}" y="{y}" width="{width:0.#}" height="18" rx="2" class="{(system.StartsWith("relais", StringComparison.Ordinal) ? "o" : "b")}"/><text x="{LabelWidth + width + 6:0.#}" y="{y + 13}">{value.ToString(value < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture)}{unit}</text>

                """);
        }

        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="0" y="{height - 8}" class="s">{Text($"{results.Pinning} {(results.Runs == 1 ? "One run" : $"Medians of {results.Runs} runs")}, {results.At}, commit {results.Commit}.")}</text>
            </svg>

            """);
        return svg.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
