using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <param name="Version">1, 2, 3 … for each flow.</param>
/// <param name="Note">Why, in the words of who published it.</param>
/// <param name="Author">Their name; null when they are gone.</param>
/// <param name="IsPublished">The one that starts now.</param>
internal record FlowVersionJson(long Version, string? Note, string? Author, DateTimeOffset CreatedAt, bool IsPublished)
{
    public static FlowVersionJson Of(FlowVersion v, long? published) =>
        new(v.Version, v.Note, v.AgentName, Instants.FromMicros(v.CreatedAt), v.Version == published);
}

/// <param name="Definition">As it was published.</param>
internal sealed record FlowVersionInFullJson(long Version, string? Note, string? Author, DateTimeOffset CreatedAt, bool IsPublished, JsonElement Definition)
    : FlowVersionJson(Version, Note, Author, CreatedAt, IsPublished);

/// <param name="Version">Which of them.</param>
internal sealed record FlowVersionNumber(long Version);

/// <summary>What a flow said and says: versions that are never changed, what lies between them, the file for others.</summary>
internal static class FlowVersionApi
{
    public static void MapFlowVersions(this IEndpointRouteBuilder app)
    {
        var flow = app.MapGroup("/api/flows/{id:long}").WithTags("Flows").RequireAuthorization(Policies.Agent);
        flow.MapGet("/export", Export).WithName("export_flow").WithSummary("The definition alone, every value as it came (version: a number; left out: the draft)")
            .Produces<object>().ProducesProblem(400).ProducesProblem(404);
        flow.MapGet("/versions", List).WithName("list_flow_versions").WithSummary("Published versions, newest first").Produces<Page<FlowVersionJson>>()
            .ProducesProblem(400).ProducesProblem(404);
        flow.MapGet("/versions/{version:long}", Get).WithName("get_flow_version").WithSummary("One version").Produces<FlowVersionInFullJson>().ProducesProblem(404);
        flow.MapGet("/diff", Diff).WithName("diff_flow_versions").WithSummary("What changes between two versions, by step")
            .WithDescription("from and to: the number of a version, or draft. Left out: from the published version to the draft.")
            .Produces<FlowDiff>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> Export(SignedIn who, Database database, long id, [FromQuery(Name = "version")] string? version, CancellationToken cancel)
    {
        if (Number(version) is not { } number)
        {
            return Problems.Invalid400("version", "version is the number of a version, or draft.");
        }

        var text = await database.Read(Scope.Tenant(who.Tenant), tx => Text(tx, who.Tenant, id, number), cancel);
        return text is null ? Problems.Refuse(Problems.NotFound) : Results.File(Encoding.UTF8.GetBytes(text), "application/json", $"flow-{id}.json");
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, long id, [AsParameters] PageQuery query)
    {
        var flow = await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), http.RequestAborted);
        if (flow is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => FlowVersionStore.Page(tx, who.Tenant, id, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return Results.Json(
            Page.Of(rows, limit, v => new Cursor(v.Version, v.Version), v => FlowVersionJson.Of(v, flow.PublishedVersion)), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, long version, CancellationToken cancel)
    {
        var (flow, found) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
            (await FlowStore.Find(tx, who.Tenant, id), await FlowVersionStore.Find(tx, who.Tenant, id, version)), cancel);
        return flow is null || found is null ? Problems.Refuse(Problems.NotFound) : Results.Json(
            new FlowVersionInFullJson(
                found.Version, found.Note, found.AgentName, Instants.FromMicros(found.CreatedAt), found.Version == flow.PublishedVersion,
                JsonElement.Parse(found.Definition)), ApiJson.Options);
    }

    private static async Task<IResult> Diff(
        SignedIn who, Database database, long id, [FromQuery(Name = "from")] string? from, [FromQuery(Name = "to")] string? to, CancellationToken cancel)
    {
        var flow = await database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), cancel);
        if (flow is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var old = string.IsNullOrEmpty(from) ? flow.PublishedVersion ?? 0 : Number(from);
        if (old is null || Number(to) is not { } now)
        {
            return Problems.Invalid400(old is null ? "from" : "to", "from and to are the number of a version, or draft.");
        }

        var (before, after) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await Text(tx, who.Tenant, id, old.Value), await Text(tx, who.Tenant, id, now)), cancel);
        return before is null || after is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(FlowDiff.Of(JsonElement.Parse(before), JsonElement.Parse(after)), ApiJson.Options);
    }

    /// <summary>0 is the draft.</summary>
    private static long? Number(string? text) =>
        text is null or "" or "draft" ? 0 : long.TryParse(text, out var number) && number > 0 ? number : null;

    private static async Task<string?> Text(Tx tx, long tenantId, long id, long version) => version == 0
        ? (await FlowStore.Find(tx, tenantId, id))?.Draft
        : (await FlowVersionStore.Find(tx, tenantId, id, version))?.Definition;
}
