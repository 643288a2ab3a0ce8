using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>Figures of a flow.</summary>
internal static class FlowStatisticsApi
{
    private const int MostAnswers = 500;

    public static void MapFlowStatistics(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/flows/{id:long}/statistics", Get).WithTags("Flows").RequireAuthorization(Policies.Agent).WithName("get_flow_statistics")
            .WithSummary("Runs, steps, answers and hand-offs of a flow over some days")
            .WithDescription("from and to: days of the tenant's time zone, both included; the last thirty unless told. version: only that one; 0: drafts on test phones.")
            .Produces<FlowStatistics>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Get(
        HttpContext http, SignedIn who, Database database, Clock clock, long id, [FromQuery(Name = "from")] string? from, [FromQuery(Name = "to")] string? to,
        [FromQuery(Name = "version")] string? version)
    {
        var (flow, tenant) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await FlowStore.Find(tx, who.Tenant, id), await TenantStore.Find(tx, who.Tenant)), http.RequestAborted);
        if (flow is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (FlowDays.Read(from, to, tenant!.TimeZone, clock.Micros, out var wrong) is not { } days)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        var only = long.TryParse(version, out var number) && number >= 0 ? number : (long?)null;
        if (only is null && !string.IsNullOrEmpty(version))
        {
            return Problems.Invalid400("version", "version is the number of a version; 0 for drafts.");
        }

        var slice = new FlowSlice(id, days.From, days.Until, only ?? 1, only ?? long.MaxValue);
        var figures = await database.Read(Scope.Tenant(who.Tenant), async tx => FlowStatistics.Of(
            days, await FlowStatisticsStore.Sessions(tx, who.Tenant, slice), await FlowStatisticsStore.Steps(tx, who.Tenant, slice),
            await FlowStatisticsStore.Answers(tx, who.Tenant, slice, MostAnswers), await FlowStatisticsStore.Transfers(tx, who.Tenant, slice)), http.RequestAborted);
        return Results.Json(figures, ApiJson.Options);
    }
}
