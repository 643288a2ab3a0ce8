using System.Text.Json;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <summary>A tool of the business's own. In a change, a field left out, or null, stays as it is.</summary>
/// <param name="Name">As models call it: a-z, 0-9 and _.</param>
/// <param name="Title">What the customer confirms, for a tool with an effect: a text, or fr, ar and en.</param>
/// <param name="Description">What it does and when, for the model; 1000 characters.</param>
/// <param name="Parameters">JSON Schema: an object of string (also with enum), number, integer and boolean.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">https; {argument} in path and query, {{contact.phone}} and other facts; never in the host.</param>
/// <param name="Body">POST: a JSON object whose texts may hold {argument} and {{fact}}; left out: the arguments as they are.</param>
/// <param name="Headers">Write-only, sealed. To be given again when the host changes; {} takes them away.</param>
/// <param name="TimeoutSeconds">1 to 10; 5 when left out.</param>
/// <param name="Risk">read or effect.</param>
/// <param name="Enabled">Whether the agent has it; true when left out.</param>
internal sealed record HttpToolRequest(
    string? Name, LocalText? Title, string? Description, JsonElement? Parameters, string? Method, string? Url, JsonElement? Body,
    Dictionary<string, string?>? Headers, long? TimeoutSeconds, string? Risk, bool? Enabled);

/// <param name="Id">Ours.</param>
/// <param name="HeaderNames">Names of its headers; values are never shown.</param>
internal sealed record HttpToolJson(
    long Id, string Name, LocalText Title, string Description, JsonElement Parameters, string Method, string Url, JsonElement? Body,
    IReadOnlyList<string> HeaderNames, long TimeoutSeconds, string Risk, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Arguments">As a model would give them.</param>
/// <param name="Facts">Instead of a customer's, for example {"contact.phone": "+33600000000"}; the tenant's are the server's.</param>
internal sealed record ToolTrialRequest(Dictionary<string, JsonElement>? Arguments, Dictionary<string, string>? Facts);

/// <param name="Ok">Whether it went well.</param>
/// <param name="Error">A word when it did not: timeout, unreachable, http_404, too_large, not_text, redirect, refused.</param>
/// <param name="Result">What a model gets.</param>
/// <param name="TookMs">Milliseconds.</param>
internal sealed record ToolTrialJson(bool Ok, string? Error, string Result, long TookMs);

/// <summary>The business's own tools: calls of its systems that its AI agent may make.</summary>
internal static class HttpToolApi
{
    private const int Most = 50;

    public static void MapTools(this IEndpointRouteBuilder app)
    {
        var tools = app.MapGroup("/api/ai/tools").WithTags("AI agent").RequireAuthorization(Policies.Admin);
        tools.MapGet("/", List).WithName("list_tools").WithSummary("The business's own tools").Produces<Page<HttpToolJson>>().ProducesProblem(400);
        tools.MapPost("/", Create).WithName("create_tool").WithSummary("Add a tool: a call of a system of yours that the AI agent may make")
            .WithDescription("The agent has it on its next turn. What has an effect runs only after the customer's tap. Takes an Idempotency-Key.")
            .Accepts<HttpToolRequest>("application/json").Produces<HttpToolJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        tools.MapGet("/{id:long}", Get).WithName("get_tool").WithSummary("One tool").Produces<HttpToolJson>().ProducesProblem(404);
        tools.MapPatch("/{id:long}", Change).WithName("change_tool").WithSummary("Change a tool")
            .Accepts<HttpToolRequest>("application/json").Produces<HttpToolJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        tools.MapDelete("/{id:long}", Delete).WithName("delete_tool").WithSummary("Delete a tool").Produces<SuccessAnswer>().ProducesProblem(404);
        tools.MapPost("/{id:long}/try", Try).WithName("try_tool").WithSummary("Call a tool now, as the agent would, and show what a model gets")
            .WithDescription("It is a real call: one with an effect has it.")
            .Accepts<ToolTrialRequest>("application/json").Produces<ToolTrialJson>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, Secrets secrets, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => HttpToolStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, t => new Cursor(t.Id, t.Id), t => Show(t, secrets)), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, Secrets secrets, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => HttpToolStore.Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(Show(found, secrets), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Ids ids, Clock clock, Secrets secrets, SafeHttp fetcher, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<HttpToolRequest>(http.Request);
        var asked = request with { Method = request.Method ?? "GET", TimeoutSeconds = request.TimeoutSeconds ?? 5, Risk = request.Risk ?? RiskWord.Effect };
        if (HttpToolCheck.Wrong(asked, fetcher) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        var tool = Tool(asked, new StoredTool { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Enabled = 1, CreatedAt = now }, secrets, now);
        return await idempotency.Once(http, who, "POST /api/ai/tools", bytes, async tx =>
            await HttpToolStore.Count(tx, who.Tenant) >= Most ? (409, (object?)Problems.TooManyTools)
            : await HttpToolStore.Insert(tx, tool) ? (201, Show(tool, secrets)) : (409, Problems.ToolNameTaken));
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Database database, Clock clock, Secrets secrets, SafeHttp fetcher, Idempotency idempotency, long id)
    {
        var (bytes, request) = await ApiBody.Read<HttpToolRequest>(http.Request);
        if (await database.Read(Scope.Tenant(who.Tenant), tx => HttpToolStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } known)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (HttpToolCheck.Wrong(Merged(request, known), fetcher) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/ai/tools/{id}", bytes, async tx =>
        {
            if (await HttpToolStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            // Looked at again: somebody may have changed the other half meanwhile.
            var merged = Merged(request, old);
            if (HttpToolCheck.Wrong(merged, fetcher) is { } unfit)
            {
                return (400, unfit);
            }

            var tool = Tool(merged, old, secrets, Math.Max(now, old.UpdatedAt));
            return await HttpToolStore.Update(tx, tool) ? (200, Show(tool, secrets)) : (409, Problems.ToolNameTaken);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/ai/tools/{id}", [], async tx =>
            await HttpToolStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult> Try(
        HttpContext http, SignedIn who, Database database, Secrets secrets, HttpToolCall call, long id)
    {
        var (_, request) = await ApiBody.Read<ToolTrialRequest>(http.Request);
        if (await database.Read(Scope.Tenant(who.Tenant), tx => HttpToolStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var tool = HttpTool.Of(found, secrets);
        var given = (request.Arguments ?? []).ToDictionary(a => a.Key, a => (object?)a.Value);
        if (tool.Definition.Read(new Microsoft.Extensions.AI.FunctionCallContent("try", found.Name, given)) is not { } arguments)
        {
            return Problems.Invalid400("arguments", "A model that gave these arguments would be refused: see parameters.");
        }

        var facts = ToolFacts.Names.ToDictionary(n => n, n => request.Facts?.GetValueOrDefault(n) ?? "");
        facts[ToolFacts.TenantId] = $"{who.Tenant}";
        var since = TimeProvider.System.GetTimestamp();
        var reply = await call.Run(
            tool, arguments, facts, tool.HasEffect ? Commerce.Messages.RecapButton.NewNonce() : null, TimeSpan.FromSeconds(10), http.RequestAborted);
        return Results.Json(new ToolTrialJson(
            reply.Error is null, reply.Error, reply.ForModel(), (long)TimeProvider.System.GetElapsedTime(since).TotalMilliseconds), ApiJson.Options);
    }

    private static HttpToolRequest Merged(HttpToolRequest change, StoredTool old) => new(
        change.Name ?? old.Name, change.Title ?? LocalText.Read(old.Title), change.Description ?? old.Description,
        change.Parameters ?? Json(old.Parameters), change.Method ?? old.Method, change.Url ?? old.Url, change.Body ?? (old.Body is null ? null : Json(old.Body)),
        change.Headers, change.TimeoutSeconds ?? old.TimeoutSeconds, change.Risk ?? old.Risk, change.Enabled ?? (old.Enabled != 0));

    private static StoredTool Tool(HttpToolRequest asked, StoredTool old, Secrets secrets, long now) => new()
    {
        TenantId = old.TenantId,
        Id = old.Id,
        Name = asked.Name!,
        Title = (asked.Title?.Clean() ?? new LocalText(asked.Name)).Write(),
        Description = CustomerText.Normalise(asked.Description!).Trim(),
        Parameters = CustomerText.Normalise(asked.Parameters!.Value.GetRawText()),
        Method = asked.Method!,
        Url = asked.Url!,
        Body = asked.Body is { } body && asked.Method == "POST" ? CustomerText.Normalise(body.GetRawText()) : null,
        Headers = asked.Headers is { } given
            ? SealedHeaders.Seal(secrets, given.ToDictionary(h => h.Key, h => h.Value!), old.Place)
            : SameHost(asked.Url!, old.Url) ? old.Headers : null,
        TimeoutSeconds = asked.TimeoutSeconds!.Value,
        Risk = asked.Risk!,
        Enabled = asked.Enabled ?? true ? 1 : 0,
        CreatedAt = old.CreatedAt,
        UpdatedAt = now,
    };

    /// <summary>A key goes to the host it was given for, and to no other.</summary>
    private static bool SameHost(string url, string old) => old.Length > 0
        && new Uri(ToolRequest.Sample(url)).GetLeftPart(UriPartial.Authority) == new Uri(ToolRequest.Sample(old)).GetLeftPart(UriPartial.Authority);

    private static HttpToolJson Show(StoredTool tool, Secrets secrets) => new(
        tool.Id, tool.Name, LocalText.Read(tool.Title), tool.Description, Json(tool.Parameters), tool.Method, tool.Url,
        tool.Body is null ? null : Json(tool.Body), SealedHeaders.Names(secrets, tool.Headers, tool.Place), tool.TimeoutSeconds, tool.Risk, tool.Enabled != 0,
        Instants.FromMicros(tool.CreatedAt), Instants.FromMicros(tool.UpdatedAt));

    private static JsonElement Json(string stored) => JsonElement.Parse(stored);
}
