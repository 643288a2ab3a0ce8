using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Relais.Tests.Support;

/// <summary>
/// The part of JSON Schema that <c>Payloads/schemas</c> use: type, enum, const, required, properties, additionalProperties (false),
/// items, minItems, maxItems, minLength, maxLength, minimum, maximum, pattern, oneOf, $ref to $defs. A word it does not know is an error.
/// </summary>
internal sealed class JsonSchema
{
    private readonly JsonElement root;

    private JsonSchema(JsonElement root) => this.root = root;

    public static JsonSchema Load(string file) =>
        new(JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payloads", "schemas", file))));

    /// <summary>What is wrong, each with its path; none when the value fits.</summary>
    public IReadOnlyList<string> Problems(JsonElement value)
    {
        var problems = new List<string>();
        Check(root, value, "$", problems);
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> problems)
    {
        foreach (var rule in schema.EnumerateObject())
        {
            switch (rule.Name)
            {
                case "$ref":
                    Check(root.GetProperty("$defs").GetProperty(rule.Value.GetString()!["#/$defs/".Length..]), value, at, problems);
                    break;
                case "type":
                    Expect(IsOf(rule.Value.GetString()!, value), $"{at} is no {rule.Value}", problems);
                    break;
                case "const":
                    Expect(JsonElement.DeepEquals(rule.Value, value), $"{at} is not {rule.Value.GetRawText()}", problems);
                    break;
                case "enum":
                    Expect(rule.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)), $"{at} is none of {rule.Value.GetRawText()}", problems);
                    break;
                case "oneOf":
                    var fitting = rule.Value.EnumerateArray().Select(one => Within(one, value, at)).ToList();
                    Expect(fitting.Count(found => found.Count == 0) == 1,
                        $"{at} fits {fitting.Count(f => f.Count == 0)} of the alternatives: {string.Join(" | ", fitting.Select(f => f.FirstOrDefault()))}", problems);
                    break;
                case "required":
                    foreach (var name in rule.Value.EnumerateArray())
                    {
                        Expect(value.ValueKind != JsonValueKind.Object || value.TryGetProperty(name.GetString()!, out _), $"{at}.{name} is missing", problems);
                    }

                    break;
                case "properties":
                    Members(schema, rule.Value, value, at, problems);
                    break;
                case "items":
                    var i = 0;
                    foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
                    {
                        Check(rule.Value, item, $"{at}[{i++}]", problems);
                    }

                    break;
                default:
                    Size(rule, value, at, problems);
                    break;
            }
        }
    }

    private static void Size(JsonProperty rule, JsonElement value, string at, List<string> problems)
    {
        var fits = rule.Name switch
        {
            "minItems" => value.GetArrayLength() >= rule.Value.GetInt32(),
            "maxItems" => value.GetArrayLength() <= rule.Value.GetInt32(),
            "minLength" => value.GetString()!.Length >= rule.Value.GetInt32(),
            "maxLength" => value.GetString()!.Length <= rule.Value.GetInt32(),
            "minimum" => value.GetDouble() >= rule.Value.GetDouble(),
            "maximum" => value.GetDouble() <= rule.Value.GetDouble(),
            "pattern" => Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
            "$defs" or "$comment" or "additionalProperties" => true,
            _ => throw new NotSupportedException(rule.Name),
        };
        Expect(fits, $"{at} breaks {rule.Name} {rule.Value.GetRawText()}", problems);
    }

    private void Members(JsonElement schema, JsonElement properties, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var isClosed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetProperty(member.Name, out var inner))
            {
                Check(inner, member.Value, $"{at}.{member.Name}", problems);
            }
            else
            {
                Expect(!isClosed, $"{at}.{member.Name} is not known", problems);
            }
        }
    }

    private List<string> Within(JsonElement schema, JsonElement value, string at)
    {
        var problems = new List<string>();
        Check(schema, value, at, problems);
        return problems;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException(type),
    };

    private static void Expect(bool holds, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }
}
