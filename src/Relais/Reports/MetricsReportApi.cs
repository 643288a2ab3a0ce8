using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Reports;

/// <param name="From">ISO-8601 UTC.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="PreviousFrom">The stretch it is compared with.</param>
/// <param name="PreviousUntil">Where that ends.</param>
/// <param name="Bucket">hour, day, week or month.</param>
/// <param name="TimeZone">In which days are cut.</param>
/// <param name="IsComplete">False while older conversations are still being counted, after an upgrade or a change of time zone.</param>
internal sealed record RangeJson(
    DateTimeOffset From, DateTimeOffset Until, DateTimeOffset PreviousFrom, DateTimeOffset PreviousUntil, string Bucket, string TimeZone, bool IsComplete)
{
    public static RangeJson Of(ReportRange range, ReportPlace place) => new(
        Instants.FromMicros(range.From), Instants.FromMicros(range.Until), Instants.FromMicros(range.PreviousFrom),
        Instants.FromMicros(range.PreviousUntil), range.Bucket, place.TimeZone, place.IsComplete);
}

/// <param name="Value">Rates 0 to 100, times in seconds; null where nothing happened that could be measured.</param>
/// <param name="Previous">The same of the stretch before.</param>
/// <param name="Change">In percent of previous; null when that is null or 0.</param>
internal sealed record CardJson(double? Value, double? Previous, double? Change)
{
    public static CardJson Of(double? value, double? previous) => new(
        value, previous, value is { } now && previous is { } then && then != 0 ? Math.Round((now - then) / then * 100, 1) : null);
}

/// <param name="At">Where the point begins.</param>
/// <param name="Value">As in a card.</param>
internal sealed record PointJson(DateTimeOffset At, double? Value);

/// <param name="Range">What is shown.</param>
/// <param name="Cards">By the metric's name.</param>
/// <param name="Series">By the metric's name.</param>
internal sealed record MetricsJson(RangeJson Range, IReadOnlyDictionary<string, CardJson> Cards, IReadOnlyDictionary<string, IReadOnlyList<PointJson>> Series);

/// <summary>The figures of the signed-in tenant, as cards and as charts.</summary>
internal static class MetricsReportApi
{
    public static void MapMetricsReport(this IEndpointRouteBuilder app) => app.MapGet("/api/metrics", Get)
        .RequireAuthorization(Policies.Agent).WithName("get_metrics").WithTags("Reports")
        .WithSummary("Messages, answers, times and rates over a range, with the stretch before, and as series")
        .WithDescription("docs/api/metrics.md says what each figure is. They follow what happens within a few seconds.")
        .Produces<MetricsJson>().ProducesProblem(400).ProducesProblem(401);

    private static async Task<IResult> Get(
        SignedIn who, Database database, Clock clock, [AsParameters] ReportQuery query,
        [FromQuery(Name = "series"), Description("Names of metrics, by commas: only these as series. Unless told, all.")] string? series,
        CancellationToken cancel)
    {
        var names = string.IsNullOrEmpty(series) ? Tally.Metrics : series.Split(',');
        if (names.Except(Tally.Metrics).FirstOrDefault() is { } unknown)
        {
            return Problems.Invalid400("series", $"{unknown} is no metric. There are: {string.Join(", ", Tally.Metrics)}.");
        }

        return await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var place = (await FigureStore.Place(tx, who.Tenant))!;
            if (query.Read(place, clock.Micros, out var range, out var slice) is { } refusal)
            {
                return refusal;
            }

            var isOfAgent = slice.AgentId is not null;
            var (whole, points) = (new Tally { IsOfAgent = isOfAgent }, range.Points.Select(_ => new Tally { IsOfAgent = isOfAgent }).ToList());
            foreach (var row in await FigureStore.ByTime(tx, slice))
            {
                whole.Add(row.Second, row.Figures);
                points[range.PointAt(row.First)].Add(row.Second, row.Figures);
            }

            var before = new Tally { IsOfAgent = isOfAgent };
            foreach (var row in await FigureStore.ByAuthor(tx, slice with { From = range.PreviousFrom, Until = range.PreviousUntil }))
            {
                before.Add(row.First, row.Figures);
            }

            return Results.Json(new MetricsJson(
                RangeJson.Of(range, place),
                Tally.Metrics.ToDictionary(name => name, name => CardJson.Of(whole.Of(name), before.Of(name))),
                names.Distinct().ToDictionary(name => name, name => (IReadOnlyList<PointJson>)[.. points.Select(
                    (point, i) => new PointJson(Instants.FromMicros(range.Points[i]), point.Of(name)))])), ApiJson.Options);
        }, cancel);
    }
}
