using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>What a tool can do to the world.</summary>
internal enum ToolRisk
{
    /// <summary>Looks something up.</summary>
    Read,

    /// <summary>Asks the customer; what they then tap has an effect, the call has none (ADR 0028).</summary>
    ConfirmedEffect,

    /// <summary>Gives the conversation to people.</summary>
    HandOff,
}

/// <summary>What an argument is written as; all arrive as text, numbers and booleans in JSON's own writing.</summary>
internal enum ArgumentKind
{
    Text,
    Number,
    Integer,
    Boolean,

    /// <summary>Any JSON, for a server that checks it by itself (MCP).</summary>
    Json,
}

/// <summary>One argument: text and required, unless it says otherwise.</summary>
/// <param name="Name">As the model writes it.</param>
/// <param name="Longest">Characters; longer is unusable.</param>
/// <param name="Description">For the model.</param>
/// <param name="Words">The only values a well-behaved model gives, or null.</param>
internal sealed record ToolArgument(string Name, int Longest, string Description, IReadOnlyList<string>? Words = null)
{
    public ArgumentKind Kind { get; init; }

    /// <summary>False: a call without it, or with null, may be carried out.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>True: another value than one of <see cref="Words"/> is unusable.</summary>
    public bool IsOneOfWords { get; init; }
}

/// <summary>A tool as models are told of it. Its arguments never name a tenant, a contact or a conversation: the turn does.</summary>
internal sealed class ToolDefinition
{
    private readonly IReadOnlyList<ToolArgument> arguments;

    public ToolDefinition(string name, ToolRisk risk, string description, params IReadOnlyList<ToolArgument> arguments)
    {
        (Name, Risk, this.arguments) = (name, risk, arguments);
        Declaration = AIFunctionFactory.CreateDeclaration(name, description, Schema(arguments));
    }

    /// <summary>A tool whose schema somebody else wrote; <paramref name="arguments"/> is what of it is looked at here.</summary>
    public ToolDefinition(string name, ToolRisk risk, string description, JsonElement schema, IReadOnlyList<ToolArgument> arguments)
    {
        (Name, Risk, this.arguments) = (name, risk, arguments);
        Declaration = AIFunctionFactory.CreateDeclaration(name, description, schema);
    }

    public string Name { get; }

    public ToolRisk Risk { get; }

    /// <summary>Name, description and JSON schema.</summary>
    public AITool Declaration { get; }

    public IReadOnlyList<ToolArgument> Arguments => arguments;

    /// <summary>The arguments of a call, or null when one is missing, empty, too long, of another kind, or not declared.</summary>
    public IReadOnlyDictionary<string, string>? Read(FunctionCallContent call)
    {
        if (call.Exception is not null || (call.Arguments ?? new Dictionary<string, object?>()).Keys.Any(k => arguments.All(a => a.Name != k)))
        {
            return null;
        }

        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (!argument.IsRequired && (IsAbsent(call, argument.Name) || ArgumentText.Of(call, argument) is ""))
            {
                continue;
            }

            if (ArgumentText.Of(call, argument) is not { Length: > 0 } text || text.Length > argument.Longest
                || (argument.IsOneOfWords && argument.Words?.Contains(text) == false))
            {
                return null;
            }

            read[argument.Name] = text;
        }

        return read;
    }

    /// <summary>An argument as text, trimmed; a number counts as the text it is written in.</summary>
    public static string? Text(FunctionCallContent call, string name)
    {
        if (call.Exception is not null || call.Arguments is null || !call.Arguments.TryGetValue(name, out var value))
        {
            return null;
        }

        var text = value switch
        {
            string plain => plain,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
            JsonElement { ValueKind: JsonValueKind.Number } json => json.GetRawText(),
            _ => null,
        };
        return text?.Trim();
    }

    private static bool IsAbsent(FunctionCallContent call, string name) =>
        call.Arguments is null || !call.Arguments.TryGetValue(name, out var value)
        || value is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };

    private static JsonElement Schema(IReadOnlyList<ToolArgument> arguments)
    {
        var properties = new JsonObject();
        foreach (var argument in arguments)
        {
            var property = new JsonObject { ["type"] = ArgumentText.TypeOf(argument.Kind), ["description"] = argument.Description };
            if (argument.Words is { } words)
            {
                property["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]);
            }

            properties[argument.Name] = property;
        }

        var schema = new JsonObject
        {
            ["type"] = "object", ["properties"] = properties,
            ["required"] = new JsonArray([.. arguments.Where(a => a.IsRequired).Select(a => (JsonNode)a.Name)]), ["additionalProperties"] = false,
        };
        return JsonElement.Parse(schema.ToJsonString());
    }
}

/// <summary>What a tool came back with.</summary>
/// <param name="Json">For the model.</param>
/// <param name="Decisions">Ours, never the model's: what is to be sent. When there is one, the turn ends with it.</param>
internal sealed record ToolAnswer(string Json, IReadOnlyList<Decision> Decisions)
{
    public ToolAnswer(string json)
        : this(json, [])
    {
    }

    /// <summary>What of it the business wrote itself to be told to customers; only links in there may be named. Not what other systems or documents say.</summary>
    public string? OwnWords { get; init; }
}

/// <summary>A tool bound to one turn.</summary>
internal sealed record AgentTool(ToolDefinition Definition, Func<IReadOnlyDictionary<string, string>, CancellationToken, Task<ToolAnswer>> Run);
