using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Relais.Engine.Ai;

namespace Relais.Engine.OwnTools;

/// <summary>
/// The request of a tool of the business's own. In: its templates, a call's arguments, the server's facts. Out: address and body.
/// Pure. Promise: an argument is text inside one segment, one query value or one JSON value; it never reaches the host.
/// </summary>
/// <param name="Url">Absolute; https outside tests.</param>
/// <param name="Json">The body, or null for GET.</param>
internal sealed partial record ToolRequest(Uri Url, string? Json)
{
    private const int LongestUrl = 4_000;

    /// <summary>Null when an argument would change what is asked: "..", or more than an address holds.</summary>
    public static ToolRequest? Of(
        StoredTool tool, IReadOnlyList<ToolArgument> declared, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> facts)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var address = new StringBuilder(Fill(tool.Url, arguments, facts, named, Uri.EscapeDataString));
        if (tool.Method == "GET")
        {
            foreach (var (name, value) in arguments.Where(a => !named.Contains(a.Key)))
            {
                address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')
                    .Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return address.Length <= LongestUrl && IsLikeTemplate(address.ToString(), tool.Url, out var url)
            ? new ToolRequest(url!, tool.Method == "GET" ? null : Body(tool, declared, arguments, facts, named)) : null;
    }

    /// <summary>The names in a template: arguments as {name}, facts as {{name}}.</summary>
    public static IEnumerable<(string Name, bool IsFact)> NamesIn(string template) =>
        Place().Matches(template).Select(m => m.Groups["fact"].Success ? (m.Groups["fact"].Value, true) : (m.Groups["argument"].Value, false));

    /// <summary>The same template with harmless values, to look at its form.</summary>
    public static string Sample(string template) => Place().Replace(template, "x");

    private static string Fill(
        string template, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> facts, HashSet<string> named,
        Func<string, string> encode) => Place().Replace(template, m =>
        {
            if (m.Groups["fact"] is { Success: true, Value: var fact })
            {
                return encode(facts.GetValueOrDefault(fact, ""));
            }

            named.Add(m.Groups["argument"].Value);
            return encode(arguments.GetValueOrDefault(m.Groups["argument"].Value, ""));
        });

    /// <summary>Same scheme, host and port, no user, and as many segments as the template has: nothing was folded away.</summary>
    private static bool IsLikeTemplate(string address, string template, out Uri? url)
    {
        var sample = new Uri(Sample(template));
        return Uri.TryCreate(address, UriKind.Absolute, out url) && url.Scheme == sample.Scheme && url.Authority == sample.Authority
            && url.UserInfo.Length == 0 && url.Segments.Length == sample.Segments.Length
            && !address.Split('?')[0].Split('/').Any(s => s is "." or "..");
    }

    private static string Body(
        StoredTool tool, IReadOnlyList<ToolArgument> declared, IReadOnlyDictionary<string, string> arguments,
        IReadOnlyDictionary<string, string> facts, HashSet<string> named)
    {
        if (tool.Body is not null)
        {
            return Filled(JsonNode.Parse(tool.Body), declared, arguments, facts)!.ToJsonString();
        }

        var body = new JsonObject();
        foreach (var argument in declared.Where(a => !named.Contains(a.Name) && arguments.ContainsKey(a.Name)))
        {
            body[argument.Name] = ArgumentText.ToJson(arguments[argument.Name], argument.Kind);
        }

        return body.ToJsonString();
    }

    /// <summary>A text that is one argument alone becomes that argument's own JSON; every other text stays text.</summary>
    private static JsonNode? Filled(
        JsonNode? node, IReadOnlyList<ToolArgument> declared, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> facts)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.ToList().ConvertAll(f => KeyValuePair.Create(f.Key, Filled(f.Value, declared, arguments, facts))));
            case JsonArray items:
                return new JsonArray([.. items.Select(i => Filled(i, declared, arguments, facts))]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                var alone = declared.FirstOrDefault(a => text == "{" + a.Name + "}");
                return alone is null ? JsonValue.Create(Fill(text, arguments, facts, [], v => v))
                    : arguments.TryGetValue(alone.Name, out var given) ? ArgumentText.ToJson(given, alone.Kind) : null;
            default:
                return node?.DeepClone();
        }
    }

    [GeneratedRegex(@"\{\{\s*(?<fact>[a-z_.]+)\s*\}\}|\{(?<argument>[a-z][a-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Place();
}
