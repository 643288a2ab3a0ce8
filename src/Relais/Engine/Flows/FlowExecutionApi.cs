using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>Runs of flows, looked at: lists, one with its way, and the newest of a conversation.</summary>
internal static class FlowExecutionApi
{
    public static void MapFlowExecutions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/flows/{id:long}/executions", List).WithTags("Flows").RequireAuthorization(Policies.Agent).WithName("list_flow_executions")
            .WithSummary("Runs of a flow, newest first").Produces<Page<FlowExecutionJson>>().ProducesProblem(400).ProducesProblem(404);
        app.MapGet("/api/flow-executions/{id:long}", Get).WithTags("Flows").RequireAuthorization(Policies.Agent).WithName("get_flow_execution")
            .WithSummary("One run with its steps and variables").Produces<FlowExecutionInFullJson>().ProducesProblem(404);
        app.MapGet("/api/conversations/{id:long}/flow", OfConversation).WithTags("Flows").RequireAuthorization(Policies.Agent).WithName("get_conversation_flow")
            .WithSummary("The newest run of a conversation; 404 when no flow has ever run in it").Produces<FlowExecutionInFullJson>().ProducesProblem(404);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, long id, [AsParameters] PageQuery query, [FromQuery(Name = "status")] string? status)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (FlowStatus.Read(status) is not { } wanted)
        {
            return Problems.Invalid400("status", "status is active, paused, completed, transferred, abandoned or failed.");
        }

        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => FlowExecutionStore.Page(
            tx, who.Tenant, id, wanted, after ?? new Cursor(long.MaxValue, long.MaxValue), limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, e => new Cursor(e.StartedAt, e.Id), FlowExecutionJson.Of), ApiJson.Options);
    }

    private static Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        Show(who, database, tx => FlowExecutionStore.Find(tx, who.Tenant, id), cancel);

    private static Task<IResult> OfConversation(SignedIn who, Database database, long id, CancellationToken cancel) =>
        Show(who, database, tx => FlowExecutionStore.Newest(tx, who.Tenant, id), cancel);

    private static async Task<IResult> Show(SignedIn who, Database database, Func<Tx, Task<FlowExecutionRow?>> find, CancellationToken cancel)
    {
        var (found, steps) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var row = await find(tx);
            return (row, row is null ? [] : await FlowExecutionStore.Steps(tx, who.Tenant, row.Id));
        }, cancel);
        return found is null ? Problems.Refuse(Problems.NotFound) : Results.Json(FlowExecutionInFullJson.Of(found, steps), ApiJson.Options);
    }
}
