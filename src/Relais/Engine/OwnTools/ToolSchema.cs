using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Engine.Ai;

namespace Relais.Engine.OwnTools;

/// <summary>
/// The JSON Schema of a business's own tool: an object of text, numbers, booleans and lists of words. More than that a model gets
/// wrong, and nobody here could check it.
/// </summary>
internal static partial class ToolSchema
{
    private const int MostArguments = 12;
    private const int MostWords = 50;
    private const int LongestDescription = 500;
    private const int LongestText = 2_000;
    private const int UsualText = 500;

    private static readonly string[] OfObject = ["type", "properties", "required", "additionalProperties"];
    private static readonly string[] OfProperty = ["type", "description", "enum", "maxLength"];

    /// <summary>As stored; it was checked when it came in.</summary>
    public static IReadOnlyList<ToolArgument> Read(string stored)
    {
        using var json = JsonDocument.Parse(stored);
        return Read(json.RootElement, out var arguments) is { } wrong ? throw new InvalidDataException(wrong) : arguments;
    }

    /// <summary>Null when it can be used; otherwise a sentence.</summary>
    public static string? Read(JsonElement schema, out IReadOnlyList<ToolArgument> arguments)
    {
        arguments = [];
        if (schema.ValueKind != JsonValueKind.Object || Unknown(schema, OfObject) is not null || TypeOf(schema) != "object"
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return "parameters is a JSON Schema like {\"type\":\"object\",\"properties\":{…},\"required\":[…]}, and nothing else is in it.";
        }

        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind != JsonValueKind.False)
        {
            return "additionalProperties is false, or is left out.";
        }

        HashSet<string> required = [];
        if (schema.TryGetProperty("required", out var names))
        {
            if (names.ValueKind != JsonValueKind.Array || names.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
            {
                return "required is a list of names.";
            }

            required = [.. names.EnumerateArray().Select(n => n.GetString()!)];
        }

        var read = new List<ToolArgument>();
        foreach (var property in properties.EnumerateObject())
        {
            if (Read(property, required, out var argument) is { } wrong)
            {
                return wrong;
            }

            read.Add(argument!);
        }

        arguments = read;
        return read.Count > MostArguments ? $"parameters has {MostArguments} properties at most."
            : required.FirstOrDefault(r => read.TrueForAll(a => a.Name != r)) is { } missing ? $"required names {missing}, which properties does not have."
            : null;
    }

    private static string? Read(JsonProperty property, HashSet<string> required, out ToolArgument? argument)
    {
        argument = null;
        var (name, value) = (property.Name, property.Value);
        if (!Name().IsMatch(name))
        {
            return "A parameter's name has 1 to 40 of a-z, 0-9 and _, and begins with a letter.";
        }

        if (value.ValueKind != JsonValueKind.Object || Unknown(value, OfProperty) is not null)
        {
            return $"parameters.{name} has type, description, enum and maxLength, and nothing else.";
        }

        ArgumentKind? kind = TypeOf(value) switch
        {
            "string" => ArgumentKind.Text,
            "number" => ArgumentKind.Number,
            "integer" => ArgumentKind.Integer,
            "boolean" => ArgumentKind.Boolean,
            _ => null,
        };
        if (kind is null)
        {
            return $"parameters.{name}.type is string, number, integer or boolean.";
        }

        var described = value.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        if (described.Length > LongestDescription)
        {
            return $"parameters.{name}.description has {LongestDescription} characters at most.";
        }

        List<string>? words = null;
        if (value.TryGetProperty("enum", out var list))
        {
            if (kind != ArgumentKind.Text || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 1 or > MostWords
                || list.EnumerateArray().Any(w => w.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(w.GetString()) || w.GetString()!.Trim() != w.GetString()))
            {
                return $"parameters.{name}.enum is a list of 1 to {MostWords} words, for a string.";
            }

            words = [.. list.EnumerateArray().Select(w => w.GetString()!)];
        }

        var longest = UsualText;
        if (value.TryGetProperty("maxLength", out var most)
            && !(most.ValueKind == JsonValueKind.Number && most.TryGetInt32(out longest) && longest is >= 1 and <= LongestText))
        {
            return $"parameters.{name}.maxLength is a number from 1 to {LongestText}.";
        }

        argument = new ToolArgument(name, longest, described, words)
        {
            Kind = kind.Value, IsRequired = required.Contains(name), IsOneOfWords = words is not null,
        };
        return null;
    }

    private static string? TypeOf(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string? Unknown(JsonElement schema, string[] known) =>
        schema.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !known.Contains(n));

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Name();
}
