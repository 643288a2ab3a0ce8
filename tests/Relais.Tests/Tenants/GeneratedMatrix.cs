using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>
/// Every endpoint × everybody who must not get through × every id in path, query, body and header, with an id of the first business, one that is
/// nobody's, null, empty and none. What exists at another business is answered as what does not exist.
/// </summary>
public sealed class GeneratedMatrix
{
    private const string Nobodys = "8999999999999";

    /// <summary>So many requests in so little time are what the limits are there for.</summary>
    private static readonly Dictionary<string, string> Unlimited = new() { ["RELAIS_RATE_LIMIT"] = "0" };

    /// <summary>Ends or changes the very session that asks, so that nothing could be asked after it.</summary>
    private static readonly string[] OfTheSession = ["POST /api/auth/logout", "POST /api/auth/password"];

    /// <summary>Their numbers count within a business: version 1 is the caller's own.</summary>
    private static readonly string[] CountedWithin = ["/api/ai/prompt/versions/"];

    [Fact]
    public async Task Nobody_gets_at_anything_of_another_business()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, Unlimited);
        (await Walk(relais, every: 1)).ShouldBeGreaterThan(20_000);
    }

    [OnPostgres]
    public async Task Nobody_gets_at_anything_of_another_business_on_PostgreSQL()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Postgres, Unlimited);
        (await Walk(relais, every: 12)).ShouldBeGreaterThan(1_500);
    }

    /// <summary>Tries every n-th case; tells how many were tried.</summary>
    private static async Task<int> Walk(RelaisHost relais, int every)
    {
        using var desk = await DeskClient.SignIn(relais);
        var ids = await TenantMatrix.Ids(relais, desk);
        var callers = await Callers(relais, desk);
        var shapes = new BodyShapes(await desk.Http.GetStringAsync("/openapi/v1.json"), ids, desk);
        var routes = Routes.Of(relais).Where(r => r.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" && !IsDoor(r.Path)).ToList();
        routes.Where(r => r.Who is null).Select(r => $"{r.Method} {r.Path}").ShouldBeEmpty("an endpoint says who may use it");
        await relais.Settled();
        var before = await TenantMatrix.Everything(desk, ids);

        var wrong = new ConcurrentQueue<string>();
        var tried = 0;
        var cases = routes.SelectMany(route => callers.Where(caller => IsCase(route, caller.Kind)).Select(caller => (route, caller))).ToList();
        await Parallel.ForEachAsync(cases.Index(), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (item, _) =>
        {
            var (route, caller) = item.Item;
            var groups = Groups(route, shapes, ids, desk).ToList();
            for (var g = 0; g < groups.Count; g++)
            {
                if (every > 1 && (item.Index + g) % every != 0)
                {
                    continue;
                }

                var answers = new Dictionary<string, (int Status, string Code)>(StringComparer.Ordinal);
                foreach (var attempt in groups[g].Attempts)
                {
                    answers[attempt.Value] = await caller.Send(route.Method, attempt);
                    Interlocked.Increment(ref tried);
                }

                foreach (var problem in Judge(route, caller.Kind, groups[g], answers))
                {
                    wrong.Enqueue($"{caller.Kind} {route.Method} {groups[g].Attempts[0].Path} ({groups[g].What}): {problem}");
                }
            }
        });

        foreach (var caller in callers)
        {
            caller.Dispose();
        }

        wrong.Order(StringComparer.Ordinal).Take(60).ShouldBeEmpty($"{wrong.Count} of {tried}");
        (await TenantMatrix.Everything(desk, ids)).ShouldBe(before);
        return tried;
    }

    /// <summary>What somebody may do in their own business is no case, nor what ends the session that asks.</summary>
    private static bool IsCase(KnownRoute route, CallerKind caller) =>
        !(caller is CallerKind.Foreign && CountedWithin.Any(route.Path.StartsWith))
        && (caller is CallerKind.Anonymous or CallerKind.Disabled
        || (caller is CallerKind.WithoutRight ? route.Who is Policies.Admin or Policies.Owner or Policies.Platform : !OfTheSession.Contains($"{route.Method} {route.Path}")));

    /// <summary>What of a group's answers is not as it must be.</summary>
    private static IEnumerable<string> Judge(KnownRoute route, CallerKind caller, Group group, Dictionary<string, (int Status, string Code)> answers)
    {
        foreach (var (value, (status, code)) in answers)
        {
            if (status >= 500)
            {
                yield return $"{value} → {status} {code}";
            }

            // Words where a number stands are no address of ours at all.
            var isOpen = route.Who is Routes.Everybody;
            if (group.IsPath && value is ("null" or "text") && status is (404 or 405))
            {
                continue;
            }

            if (caller is CallerKind.Anonymous or CallerKind.Disabled && !isOpen && status != 401)
            {
                yield return $"{value} → {status}, not 401";
            }

            if (caller is CallerKind.WithoutRight && status != 403)
            {
                yield return $"{value} → {status}, not 403";
            }

            // A body that cannot be read is refused before anything is looked up, whatever the id: 400 or 415 for both.
            if (caller is CallerKind.Foreign && group.IsPath && value is ("theirs" or "nobodys" or "none") && status is not (403 or 404 or 400 or 415) && !(isOpen && status >= 400))
            {
                yield return $"{value} → {status} {code}";
            }
        }

        // What is there at another business looks like what is not there. Where both did something of the caller's own, the second may find it done.
        if (caller is CallerKind.Foreign && (route.Path.Contains('{') || !group.What.StartsWith("header", StringComparison.Ordinal)) && answers.TryGetValue("theirs", out var theirs) && answers.TryGetValue("nobodys", out var nobodys) && Folded(theirs) != Folded(nobodys))
        {
            yield return $"another business's id → {theirs}, nobody's → {nobodys}";
        }
    }

    private static (int, string) Folded((int Status, string Code) answer) =>
        answer.Status is < 300 or 409 or 429 ? (200, "") : answer;

    private static IEnumerable<Group> Groups(KnownRoute route, BodyShapes shapes, Dictionary<string, long> ids, DeskClient desk)
    {
        var hasId = route.Path.Contains('{');
        var own = hasId ? TenantMatrix.Fill(route.Path, ids) : route.Path;
        var body = shapes.Plain(route);
        if (hasId)
        {
            string With(string id) => string.Join('/', route.Path.Split('/').Select(part => part.StartsWith('{') ? id : part));
            yield return new Group("path", true,
            [
                new("theirs", own, body, null), new("nobodys", With(Nobodys), body, null), new("null", With("null"), body, null), new("zero", With("0"), body, null),
                new("negative", With("-1"), body, null), new("huge", With("9223372036854775807"), body, null), new("none", own, null, null),
                new("text", With("x' OR 1=1--"), body, null),
            ]);
        }

        foreach (var name in shapes.Query(route))
        {
            var theirs = shapes.IdOf(name).ToString();
            yield return new Group($"query {name}", false,
            [
                new("theirs", $"{own}?{name}={theirs}", body, null), new("nobodys", $"{own}?{name}={Nobodys}", body, null), new("null", $"{own}?{name}=null", body, null),
                new("empty", $"{own}?{name}=", body, null), new("none", own, body, null),
            ]);
        }

        foreach (var (name, bodies) in shapes.Bodies(route, Nobodys))
        {
            yield return new Group($"body {name}", false, [.. bodies.Select(b => new Attempt(b.Value, own, b.Body, null))]);
        }

        foreach (var header in (string[])["Idempotency-Key", "X-Tenant-Id"])
        {
            var values = header == "Idempotency-Key" ? ["theirs-key", "nobodys-key"] : new[] { desk.TenantId.ToString(), Nobodys };
            yield return new Group($"header {header}", hasId,
            [
                new("theirs", own, body, (header, values[0])), new("nobodys", own, body, (header, values[1])), new("empty", own, body, (header, "")),
            ]);
        }
    }

    private static async Task<List<Caller>> Callers(RelaisHost relais, DeskClient desk)
    {
        (await desk.Post("/api/labels", new { name = "Clé" }, key: "theirs-key")).Ok();
        using var other = await DeskClient.OfAnotherTenant(relais);
        var key = await relais.Services.GetRequiredService<Provisioning>().CreateApiKey("owner@other.example", "matrix");
        using var plain = await DeskClient.SignIn(relais, "Sami", Roles.Agent);
        using var gone = await DeskClient.SignIn(relais, "Gone", Roles.Admin);
        (await desk.Patch($"/api/agents/{gone.AgentId}", new { disabled = true })).Ok();
        var foreignAgent = await Invited(relais, other, "agent@other.example", Roles.Agent);
        var foreignAdmin = await Invited(relais, other, "admin@other.example", Roles.Admin);
        return
        [
            new(relais.Url, CallerKind.Anonymous, null), new(relais.Url, CallerKind.Disabled, gone.Token), new(relais.Url, CallerKind.WithoutRight, plain.Token),
            new(relais.Url, CallerKind.Foreign, other.Token), new(relais.Url, CallerKind.Foreign, foreignAgent), new(relais.Url, CallerKind.Foreign, foreignAdmin),
            new(relais.Url, CallerKind.Foreign, key),
        ];
    }

    private static async Task<string> Invited(RelaisHost relais, DeskClient by, string email, string role)
    {
        var link = (await by.Post("/api/agents", new { email, role, name = role })).Ok().Text("invitation_url");
        var token = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
        using var nobody = DeskClient.Anonymous(relais);
        return (await nobody.Post("/api/invitations/accept", new { token, password = DeskClient.Password, name = role })).Ok().Text("token");
    }

    /// <summary>Where no person of ours comes, a stream without an end, or the console's own pages.</summary>
    private static bool IsDoor(string path) =>
        Array.Exists(["/webhooks", "/webhook/", "/whatsapp/", "/api/whatsapp/webhook", "/api/twilio/", "/simulator", "/openapi", "/live", "/media/"], door => path.StartsWith(door, StringComparison.Ordinal))
        || !path.StartsWith("/api", StringComparison.Ordinal) && !path.StartsWith("/dashboard/chat", StringComparison.Ordinal);

    private enum CallerKind
    {
        Anonymous,
        Disabled,
        WithoutRight,
        Foreign,
    }

    private sealed record Attempt(string Value, string Path, string? Body, (string Name, string Value)? Header);

    private sealed record Group(string What, bool IsPath, IReadOnlyList<Attempt> Attempts);

    private sealed class Caller : IDisposable
    {
        private readonly HttpClient http;

        public Caller(Uri url, CallerKind kind, string? token)
        {
            Kind = kind;
            http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
            if (token is not null)
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }
        }

        public CallerKind Kind { get; }

        public async Task<(int Status, string Code)> Send(string method, Attempt attempt)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), attempt.Path);
            if (attempt.Body is not null && method is not "GET")
            {
                request.Content = new StringContent(attempt.Body, Encoding.UTF8, "application/json");
            }

            if (attempt.Header is var (name, value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
            var code = isProblem ? JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString()! : "";
            return ((int)response.StatusCode, code);
        }

        public void Dispose() => http.Dispose();
    }

    /// <summary>Bodies made of the published schema: every field with something of its type, and each id of it in every form.</summary>
    private sealed class BodyShapes(string openApi, Dictionary<string, long> ids, DeskClient desk)
    {
        private readonly JsonElement root = JsonDocument.Parse(openApi).RootElement;

        public IEnumerable<string> Query(KnownRoute route) => Operation(route) is { } operation && operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
                .Where(n => IsId(n) || n is "agent" or "team" or "label" or "inbox" or "contact" or "view" or "segment" or "assignee" or "rule" or "after" or "before" or "around" or "cursor")
            : [];

        public string? Plain(KnownRoute route) => route.Method is "GET" or "DELETE" ? null : (Schema(route) is { } schema ? Make(schema, 0) : new JsonObject())?.ToJsonString() ?? "{}";

        public IEnumerable<(string Name, List<(string Value, string Body)> Bodies)> Bodies(KnownRoute route, string nobodys)
        {
            if (route.Method is "GET" or "DELETE" || Schema(route) is not { } schema || Make(schema, 0) is not JsonObject plain)
            {
                yield break;
            }

            foreach (var path in IdsIn(plain, []).ToList())
            {
                var bodies = new List<(string, string)>();
                foreach (var (value, node) in Values(path[^1], nobodys))
                {
                    var body = (JsonObject)plain.DeepClone();
                    Set(body, path, node);
                    bodies.Add((value, body.ToJsonString()));
                }

                yield return (string.Join('.', path), bodies);
            }
        }

        public long IdOf(string name)
        {
            var (key, _) = name.Split('_') switch
            {
                ["contact" or "other", ..] => ("/api/contacts", 0), ["inbox", ..] => ("/api/inboxes", 0), ["agent" or "assignee", ..] => ("/api/agents", 0),
                ["team", ..] => ("/api/teams", 0), ["label" or "labels" or "add" or "remove", ..] => ("/api/labels", 0), ["segment", ..] => ("/api/segments", 0),
                ["media" or "image", ..] => ("/api/media", 0), ["message", ..] => ("/api/messages", 0), ["product", ..] => ("/api/products", 0),
                ["order", ..] => ("/api/orders", 0), ["flow", ..] => ("/api/flows", 0), ["case", ..] => ("/api/simulations/cases", 0), ["view", ..] => ("/api/views", 0),
                ["campaign", ..] => ("/api/campaigns", 0), ["template", ..] => ("/api/templates", 0), _ => ("/api/conversations", 0),
            };
            return name.StartsWith("tenant", StringComparison.Ordinal) ? desk.TenantId : ids[key];
        }

        private static bool IsId(string name) => name.Split('_') is var parts && (parts.Contains("id") || parts.Contains("ids"));

        private IEnumerable<(string Value, JsonNode? Node)> Values(string name, string nobodys)
        {
            var isList = name.EndsWith("ids", StringComparison.Ordinal) || name is "labels" or "add" or "remove";
            JsonNode One(long id) => isList ? new JsonArray(id) : JsonValue.Create(id);
            yield return ("theirs", One(IdOf(name)));
            yield return ("nobodys", One(long.Parse(nobodys)));
            yield return ("null", null);
            yield return ("empty", isList ? new JsonArray() : JsonValue.Create(""));
            yield return ("zero", One(0));
            yield return ("none", JsonValue.Create("\0"));
        }

        private static void Set(JsonObject body, List<string> path, JsonNode? node)
        {
            var at = body;
            foreach (var part in path.SkipLast(1))
            {
                at = (JsonObject)at[part]!;
            }

            if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "\0")
            {
                at.Remove(path[^1]);
            }
            else
            {
                at[path[^1]] = node;
            }
        }

        private static IEnumerable<List<string>> IdsIn(JsonObject body, List<string> under)
        {
            foreach (var (name, value) in body)
            {
                if (IsId(name) || name is "labels" or "add" or "remove")
                {
                    yield return [.. under, name];
                }

                if (value is JsonObject inner)
                {
                    foreach (var found in IdsIn(inner, [.. under, name]))
                    {
                        yield return found;
                    }
                }
            }
        }

        private JsonElement? Operation(KnownRoute route)
        {
            var path = string.Join('/', route.Path.Split('/').Select(part => part.StartsWith('{') ? $"{part.Split(':')[0].TrimEnd('}')}}}" : part));
            return root.GetProperty("paths").TryGetProperty(path, out var verbs) && verbs.TryGetProperty(route.Method.ToLowerInvariant(), out var operation) ? operation : null;
        }

        private JsonElement? Schema(KnownRoute route) =>
            Operation(route) is { } operation && operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
            && json.TryGetProperty("schema", out var schema) ? schema : null;

        private JsonNode? Make(JsonElement schema, int depth)
        {
            if (depth > 4)
            {
                return null;
            }

            if (schema.TryGetProperty("$ref", out var name))
            {
                return Make(root.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]), depth + 1);
            }

            foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
            {
                if (schema.TryGetProperty(choice, out var some))
                {
                    return some.EnumerateArray().Select(s => Make(s, depth + 1)).FirstOrDefault(made => made is not null);
                }
            }

            if (schema.TryGetProperty("properties", out var properties))
            {
                return new JsonObject(properties.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Make(p.Value, depth + 1))));
            }

            var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Select(t => t.GetString()!).ToArray() : [type.GetString()!];
            return types.Contains("integer") || types.Contains("number") ? JsonValue.Create(1)
                : types.Contains("boolean") ? JsonValue.Create(true)
                : types.Contains("array") ? new JsonArray()
                : types.Contains("object") ? new JsonObject()
                : types.Contains("string") ? JsonValue.Create("x") : null;
        }
    }
}
