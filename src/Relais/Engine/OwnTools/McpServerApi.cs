using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.OwnTools;

/// <summary>An MCP server. In a change, a field left out, or null, stays as it is.</summary>
/// <param name="Name">2 to 20 of a-z, 0-9 and _: stands in front of its tools' names.</param>
/// <param name="Url">https address of its Streamable HTTP endpoint.</param>
/// <param name="Headers">Write-only, sealed. To be given again when the host changes; {} takes them away.</param>
/// <param name="Tools">Which tools the agent is offered: name ⇒ read or effect. read counts only where the server says so too (readOnlyHint).</param>
/// <param name="Enabled">True when left out.</param>
internal sealed record McpServerRequest(string? Name, string? Url, Dictionary<string, string?>? Headers, Dictionary<string, string?>? Tools, bool? Enabled);

/// <param name="HeaderNames">Names of its headers; values are never shown.</param>
internal sealed record McpServerJson(
    long Id, string Name, string Url, IReadOnlyList<string> HeaderNames, IReadOnlyDictionary<string, string> Tools, bool Enabled,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Name">As the server calls it.</param>
/// <param name="IsReadOnly">The server's own word (readOnlyHint).</param>
/// <param name="Risk">read or effect as the business says; null: not offered to the agent.</param>
internal sealed record McpToolJson(string Name, string? Title, string? Description, bool IsReadOnly, string? Risk);

/// <param name="Ok">Whether the server answered.</param>
internal sealed record McpToolsJson(bool Ok, IReadOnlyList<McpToolJson> Items);

/// <summary>The MCP servers whose tools the business's AI agent may use.</summary>
internal static partial class McpServerApi
{
    private const int Most = 10;
    private const int MostTools = 40;

    public static void MapMcpServers(this IEndpointRouteBuilder app)
    {
        var servers = app.MapGroup("/api/ai/mcp-servers").WithTags("AI agent").RequireAuthorization(Policies.Admin);
        servers.MapGet("/", List).WithName("list_mcp_servers").WithSummary("MCP servers").Produces<Page<McpServerJson>>().ProducesProblem(400);
        servers.MapPost("/", Create).WithName("create_mcp_server").WithSummary("Add an MCP server (Streamable HTTP)")
            .WithDescription("Its tools are offered one by one: see tools. Takes an Idempotency-Key.")
            .Accepts<McpServerRequest>("application/json").Produces<McpServerJson>(201).ProducesProblem(400).ProducesProblem(409);
        servers.MapPatch("/{id:long}", Change).WithName("change_mcp_server").WithSummary("Change an MCP server, or which of its tools are offered")
            .Accepts<McpServerRequest>("application/json").Produces<McpServerJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        servers.MapDelete("/{id:long}", Delete).WithName("delete_mcp_server").WithSummary("Delete an MCP server").Produces<SuccessAnswer>().ProducesProblem(404);
        servers.MapGet("/{id:long}/tools", Tools).WithName("list_mcp_tools").WithSummary("Ask an MCP server now which tools it has")
            .Produces<McpToolsJson>().ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, Secrets secrets, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => McpServerStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, s => new Cursor(s.Id, s.Id), s => Show(s, secrets)), ApiJson.Options);
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Ids ids, Clock clock, Secrets secrets, SafeHttp fetcher, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<McpServerRequest>(http.Request);
        if (Wrong(request, fetcher) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        var server = Server(
            request, new StoredMcpServer { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Enabled = 1, CreatedAt = now }, secrets, now);
        return await idempotency.Once(http, who, "POST /api/ai/mcp-servers", bytes, async tx =>
            await McpServerStore.Count(tx, who.Tenant) >= Most ? (409, (object?)Problems.TooManyTools)
            : await McpServerStore.Insert(tx, server) ? (201, Show(server, secrets)) : (409, Problems.ToolNameTaken));
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Database database, Clock clock, Secrets secrets, SafeHttp fetcher, Idempotency idempotency, long id)
    {
        var (bytes, request) = await ApiBody.Read<McpServerRequest>(http.Request);
        if (await database.Read(Scope.Tenant(who.Tenant), tx => McpServerStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } known)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (Wrong(Merged(request, known), fetcher) is { } wrong)
        {
            return wrong;
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/ai/mcp-servers/{id}", bytes, async tx =>
        {
            if (await McpServerStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, (object?)Problems.NotFound);
            }

            var server = Server(Merged(request, old), old, secrets, Math.Max(now, old.UpdatedAt + 1));
            return await McpServerStore.Update(tx, server) ? (200, Show(server, secrets)) : (409, Problems.ToolNameTaken);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/ai/mcp-servers/{id}", [], async tx =>
            await McpServerStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult> Tools(SignedIn who, Database database, Secrets secrets, McpDoor door, long id, CancellationToken cancel)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => McpServerStore.Find(tx, who.Tenant, id), cancel) is not { } found)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var server = McpServer.Of(found, secrets);
        var tools = await door.List(server, TimeSpan.FromSeconds(10), cancel);
        return Results.Json(new McpToolsJson(tools is not null, [.. (tools ?? []).Select(t => new McpToolJson(
            t.Name, t.Title ?? t.Annotations?.Title, t.Description, t.Annotations?.ReadOnlyHint == true, server.Risks.GetValueOrDefault(t.Name)))]), ApiJson.Options);
    }

    private static IResult? Wrong(McpServerRequest asked, SafeHttp fetcher) =>
        asked.Name is null || !Name().IsMatch(asked.Name) ? Problems.Invalid400("name", "name has 2 to 20 of a-z, 0-9 and _, and begins with a letter.")
        : asked.Url is null || asked.Url.Length > 1_000 || !Uri.TryCreate(asked.Url, UriKind.Absolute, out _) ? Problems.Invalid400("url", "url is the https address of the server.")
        : fetcher.Refusal(asked.Url) is { } refusal ? Problems.Invalid400("url", refusal)
        : HeaderCheck.Wrong(asked.Headers) is { } header ? Problems.Invalid400("headers", header)
        : asked.Tools is { } tools && (tools.Count > MostTools || tools.Any(t => t.Key.Length is 0 or > 200 || t.Value is not (RiskWord.Read or RiskWord.Effect)))
            ? Problems.Invalid400("tools", $"tools names {MostTools} tools at most, each with read or effect.")
        : null;

    private static McpServerRequest Merged(McpServerRequest change, StoredMcpServer old) => new(
        change.Name ?? old.Name, change.Url ?? old.Url, change.Headers, change.Tools ?? old.Risks.ToDictionary(r => r.Key, r => (string?)r.Value),
        change.Enabled ?? (old.Enabled != 0));

    private static StoredMcpServer Server(McpServerRequest asked, StoredMcpServer old, Secrets secrets, long now) => new()
    {
        TenantId = old.TenantId,
        Id = old.Id,
        Name = asked.Name!,
        Url = asked.Url!,
        Headers = asked.Headers is { } given ? SealedHeaders.Seal(secrets, given.ToDictionary(h => h.Key, h => h.Value!), old.Place)
            : old.Url.Length > 0 && new Uri(old.Url).GetLeftPart(UriPartial.Authority) == new Uri(asked.Url!).GetLeftPart(UriPartial.Authority) ? old.Headers : null,
        Tools = JsonSerializer.Serialize(asked.Tools ?? []),
        Enabled = asked.Enabled ?? true ? 1 : 0,
        CreatedAt = old.CreatedAt,
        UpdatedAt = now,
    };

    private static McpServerJson Show(StoredMcpServer server, Secrets secrets) => new(
        server.Id, server.Name, server.Url, SealedHeaders.Names(secrets, server.Headers, server.Place), server.Risks, server.Enabled != 0,
        Instants.FromMicros(server.CreatedAt), Instants.FromMicros(server.UpdatedAt));

    [GeneratedRegex(@"^[a-z][a-z0-9_]{1,19}\z", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Name();
}
