using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows.Testing;

/// <summary>A script to be played now; see <see cref="FlowScript"/>.</summary>
/// <param name="Version">Which version; left out, or 0: the draft.</param>
internal sealed record FlowTrialRequest(
    IReadOnlyList<JsonElement>? Messages, IReadOnlyDictionary<string, FlowScriptAnswer?>? Http, JsonElement? Parameters, string? Language, long? Version);

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Script">The whole of it.</param>
internal sealed record FlowTestRequest(string? Name, FlowScript? Script);

/// <param name="Id">Ours.</param>
/// <param name="Script">Messages, http, expects.</param>
internal sealed record FlowTestJson(long Id, long FlowId, string Name, FlowScript Script, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static FlowTestJson Of(StoredFlowTest test) => new(
        test.Id, test.FlowId, test.Name, FlowScript.Read(test.Script), Instants.FromMicros(test.CreatedAt), Instants.FromMicros(test.UpdatedAt));
}

/// <param name="Version">Which version; left out, or 0: the draft.</param>
internal sealed record FlowTestsRunRequest(long? Version);

/// <param name="Passed">How many.</param>
/// <param name="Failed">How many.</param>
internal sealed record FlowTestsRun(int Passed, int Failed, IReadOnlyList<FlowTestResult> Tests);

/// <summary>Trying a flow out, and the tests that keep it from being published broken. Nothing is sent, called or stored by a try.</summary>
internal static class FlowTestApi
{
    private const int Most = 100;

    public static void MapFlowTests(this IEndpointRouteBuilder app)
    {
        var flow = app.MapGroup("/api/flows/{id:long}").WithTags("Flows");
        flow.MapPost("/test", Try).RequireAuthorization(Policies.Agent).WithName("try_flow").WithSummary("Play a conversation through the flow; nothing is sent")
            .WithDescription("messages: a text, {\"choice\": id} or {\"wait\": true}, in order. Steps that call addresses are answered by http: {step: {status, body}}, else 200 and {}.")
            .Accepts<FlowTrialRequest>("application/json").Produces<FlowPlay>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        flow.MapGet("/tests", List).RequireAuthorization(Policies.Agent).WithName("list_flow_tests").WithSummary("Saved tests, oldest first")
            .Produces<Page<FlowTestJson>>().ProducesProblem(404);
        flow.MapPost("/tests", Add).RequireAuthorization(Policies.Admin).WithName("add_flow_test").WithSummary("Save a test: publishing waits for all of them")
            .WithDescription("Takes an Idempotency-Key.").Accepts<FlowTestRequest>("application/json").Produces<FlowTestJson>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        flow.MapPost("/tests/run", Run).RequireAuthorization(Policies.Agent).WithName("run_flow_tests").WithSummary("Run all tests of a flow")
            .Accepts<FlowTestsRunRequest>("application/json").Produces<FlowTestsRun>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        app.MapPatch("/api/flow-tests/{id:long}", Change).WithTags("Flows").RequireAuthorization(Policies.Admin).WithName("change_flow_test").WithSummary("Change a test")
            .Accepts<FlowTestRequest>("application/json").Produces<FlowTestJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        app.MapDelete("/api/flow-tests/{id:long}", Delete).WithTags("Flows").RequireAuthorization(Policies.Admin).WithName("delete_flow_test").WithSummary("Delete a test")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> Try(HttpContext http, SignedIn who, Database database, FlowTestBench bench, long id)
    {
        if (await Find(database, who, id, http.RequestAborted) is not { } flow)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (_, asked) = await ApiBody.Read<FlowTrialRequest>(http.Request);
        var script = new FlowScript(asked.Messages, asked.Http, null, asked.Parameters, asked.Language);
        if (script.Problem() is { } wrong)
        {
            return Problems.Invalid400(wrong.Field, wrong.Sentence);
        }

        return await Definition(database, who, flow, asked.Version, http.RequestAborted) is { } text
            ? FlowDefinition.Parse(text) is { } definition
                ? Results.Json(await bench.Play(who.Tenant, flow, definition, script, http.RequestAborted), ApiJson.Options)
                : FlowPublishApi.NotRunnable(text)
            : Problems.Refuse(Problems.NotFound);
    }

    private static async Task<IResult> Run(HttpContext http, SignedIn who, Database database, FlowTestBench bench, long id)
    {
        if (await Find(database, who, id, http.RequestAborted) is not { } flow)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var bytes = await ApiBody.ReadBytes(http.Request);
        var asked = bytes.Length == 0 ? null : JsonSerializer.Deserialize<FlowTestsRunRequest>(bytes, ApiJson.Options);
        if (await Definition(database, who, flow, asked?.Version, http.RequestAborted) is not { } text)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (FlowDefinition.Parse(text) is not { } definition)
        {
            return FlowPublishApi.NotRunnable(text);
        }

        var results = await bench.All(who.Tenant, flow, definition, http.RequestAborted);
        return Results.Json(new FlowTestsRun(results.Count(r => r.Passed), results.Count(r => !r.Passed), results), ApiJson.Options);
    }

    private static async Task<IResult> List(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var (flow, tests) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await FlowStore.Find(tx, who.Tenant, id), await FlowTestStore.Of(tx, who.Tenant, id)), cancel);
        return flow is null ? Problems.Refuse(Problems.NotFound)
            : Results.Json(new Page<FlowTestJson>(tests.ConvertAll(FlowTestJson.Of), null), ApiJson.Options);
    }

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Database database, Ids ids, Clock clock, Idempotency idempotency, long id)
    {
        if (await Find(database, who, id, http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<FlowTestRequest>(http.Request);
        if (Wrong(asked with { Name = asked.Name ?? "", Script = asked.Script ?? new FlowScript(null, null, null) }) is { } refusal)
        {
            return refusal;
        }

        var now = clock.Micros;
        var test = new StoredFlowTest
        {
            TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), FlowId = id, Name = TenantNames.Clean(asked.Name)!, Script = asked.Script!.ToJson(),
            CreatedAt = now, UpdatedAt = now,
        };
        return await idempotency.Once(http, who, $"POST /api/flows/{id}/tests", bytes, async tx =>
        {
            if ((await FlowTestStore.Of(tx, who.Tenant, id)).Count >= Most)
            {
                return (409, (object?)Problems.TooManyFlows);
            }

            await FlowTestStore.Insert(tx, test);
            return (201, FlowTestJson.Of(test));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Clock clock, Idempotency idempotency, long id)
    {
        var (bytes, asked) = await ApiBody.Read<FlowTestRequest>(http.Request);
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/flow-tests/{id}", bytes, async tx =>
        {
            if (await FlowTestStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (Wrong(asked) is { } refusal)
            {
                return (400, refusal);
            }

            var changed = new StoredFlowTest
            {
                TenantId = who.Tenant, Id = id, FlowId = old.FlowId, Name = TenantNames.Clean(asked.Name) ?? old.Name, Script = asked.Script?.ToJson() ?? old.Script,
                CreatedAt = old.CreatedAt, UpdatedAt = Math.Max(now, old.UpdatedAt),
            };
            await FlowTestStore.Update(tx, changed);
            return (200, FlowTestJson.Of(changed));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/flow-tests/{id}", [], async tx =>
            await FlowTestStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, (object?)Problems.NotFound));

    private static IResult? Wrong(FlowTestRequest asked) =>
        asked.Name is not null && TenantNames.Clean(asked.Name) is null ? Problems.Invalid400("name", "name has 1 to 200 characters.")
        : asked.Script is { } script && ((script.Messages?.Count ?? 0) == 0 && script.Parameters is null)
            ? Problems.Invalid400("script", "script needs messages, or parameters that start the flow as the API would.")
        : asked.Script?.Problem() is { } wrong ? Problems.Invalid400("script." + wrong.Field, wrong.Sentence)
        : null;

    private static Task<StoredFlow?> Find(Database database, SignedIn who, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), tx => FlowStore.Find(tx, who.Tenant, id), cancel);

    private static async Task<string?> Definition(Database database, SignedIn who, StoredFlow flow, long? version, CancellationToken cancel) =>
        version is null or 0 ? flow.Draft
            : (await database.Read(Scope.Tenant(who.Tenant), tx => FlowVersionStore.Find(tx, who.Tenant, flow.Id, version.Value), cancel))?.Definition;
}
