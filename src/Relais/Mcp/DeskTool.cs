using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Foundation;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Mcp;

/// <summary>An argument of a tool.</summary>
/// <param name="Name">As the assistant writes it.</param>
/// <param name="Schema">JSON Schema of it, with its description.</param>
internal sealed record ToolArgument(string Name, string Schema, bool IsNeeded = false);

/// <summary>Something an assistant may do here: a route, with a name and words an assistant understands.</summary>
/// <param name="Name">E.g. send_message.</param>
/// <param name="Description">What it does and when it refuses.</param>
/// <param name="Method">The route's.</param>
/// <param name="Pattern">The route's, e.g. <c>/api/conversations/{id:long}/send</c>.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="Call">The request for what was given.</param>
internal sealed record DeskTool(
    string Name, string Description, string Method, string Pattern, IReadOnlyList<ToolArgument> Arguments, Func<JsonObject, ApiCall> Call)
{
    public bool OnlyReads => Method == "GET";

    /// <summary>Whether this key may use the route at all; what it may do with it is the route's to say.</summary>
    public bool IsFor(SignedIn who) => RouteRights.Of(Method, Pattern, isForAdmins: false).IsMetBy(who);

    public JsonElement Schema()
    {
        var properties = new JsonObject(Arguments.Select(a => KeyValuePair.Create(a.Name, JsonNode.Parse(a.Schema))));
        return JsonSerializer.SerializeToElement<JsonNode>(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. Arguments.Where(a => a.IsNeeded).Select(a => (JsonNode)a.Name)]),
            ["additionalProperties"] = false,
        });
    }

    /// <summary>The sentence that says what is wrong with the arguments; null when they can be used.</summary>
    public string? Wrong(JsonObject given)
    {
        var missing = Arguments.FirstOrDefault(a => a.IsNeeded && given[a.Name] is null);
        var unknown = given.FirstOrDefault(g => !Arguments.Any(a => a.Name == g.Key)).Key;
        return missing is not null ? $"{missing.Name} is missing."
            : unknown is not null ? $"{Name} takes no {ShortText.Fit(unknown, 40)}: it takes {string.Join(", ", Arguments.Select(a => a.Name))}."
            : Arguments.FirstOrDefault(a => a.Schema.StartsWith(DeskTools.IdSchema, StringComparison.Ordinal) && given[a.Name] is { } id && !IsId(id)) is { } wrong
                ? $"{wrong.Name} is an id, a number above 0." : null;
    }

    private static bool IsId(JsonNode node) => node is JsonValue value && value.TryGetValue<long>(out var id) && id > 0;
}
