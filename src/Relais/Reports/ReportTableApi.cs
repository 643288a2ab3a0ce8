using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Reports;

/// <param name="Range">What is shown.</param>
/// <param name="Columns">Names.</param>
/// <param name="Rows">Cells in the order of the columns.</param>
internal sealed record ReportTableJson(RangeJson Range, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>The tenant's reports as tables, and as files for a spreadsheet.</summary>
internal static class ReportTableApi
{
    public static void MapReportTables(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/api/reports").WithTags("Reports").RequireAuthorization(Policies.Agent);
        Map("agents", "who answered: the AI agent, flows and people", (tx, slice, _) => ReportTables.Agents(tx, slice));
        Map("inboxes", "by number", (tx, slice, _) => ReportTables.Inboxes(tx, slice));
        Map("labels", "by label that conversations bear now", (tx, slice, _) => ReportTables.Labels(tx, slice));
        Map("handoff_reasons", "why people were given conversations", (tx, slice, _) => ReportTables.Words(tx, slice, MarkKind.Handoff));
        Map("errors", "messages that failed, by the provider's code", (tx, slice, _) => ReportTables.Words(tx, slice, MarkKind.FailedMessage));
        Map("hours", "busiest hours of the week, in the tenant's time zone", (tx, slice, place) => ReportTables.Hours(tx, slice, place.TimeZone));

        void Map(string name, string about, Func<Tx, ReportSlice, ReportPlace, Task<ReportTable>> report) => reports
            .MapGet("/" + name, (SignedIn who, Database database, Clock clock, [AsParameters] ReportQuery query,
                [FromQuery(Name = "format"), Description("json, or csv for a file.")] string? format, CancellationToken cancel) =>
                Answer(who, database, clock, query, name, format, report, cancel))
            .WithName("report_" + name).WithSummary("Report: " + about)
            .WithDescription("docs/api/metrics.md says what each column is. With format=csv a file for a spreadsheet.")
            .Produces<ReportTableJson>().ProducesProblem(400).ProducesProblem(401);
    }

    private static async Task<IResult> Answer(
        SignedIn who, Database database, Clock clock, ReportQuery query, string name, string? format,
        Func<Tx, ReportSlice, ReportPlace, Task<ReportTable>> report, CancellationToken cancel)
    {
        if (format is not (null or "" or "json" or "csv"))
        {
            return Problems.Invalid400("format", "format is json or csv.");
        }

        return await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var place = (await FigureStore.Place(tx, who.Tenant))!;
            if (query.Read(place, clock.Micros, out var range, out var slice) is { } refusal)
            {
                return refusal;
            }

            var table = await report(tx, slice, place);
            return format == "csv"
                ? Results.File(table.ToCsv(), "text/csv; charset=utf-8", $"{name}-{Instants.FromMicros(range.From):yyyyMMdd}-{Instants.FromMicros(range.Until):yyyyMMdd}.csv")
                : Results.Json(new ReportTableJson(RangeJson.Of(range, place), table.Columns, table.Rows), ApiJson.Options);
        }, cancel);
    }
}
