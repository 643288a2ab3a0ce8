using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// Messages and options as the body of a Chat Completions request (OpenAI's openapi.yaml). Written here rather than by the package's typed classes, because
/// Gemini's <c>extra_content</c> must come back as it went and those have no place for it.
/// </summary>
internal static class OpenAiRequest
{
    /// <summary>Where a tool call keeps what its provider wants back beside it.</summary>
    public const string ExtraContent = "extra_content";

    public static JsonObject Write(ModelSetup setup, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var body = new JsonObject
        {
            ["model"] = setup.Name,
            ["messages"] = new JsonArray([.. messages.SelectMany(Message)]),
        };
        if (options?.Tools?.OfType<AIFunctionDeclaration>().Select(Tool).ToArray() is { Length: > 0 } tools)
        {
            body["tools"] = new JsonArray(tools);
        }

        if (options?.MaxOutputTokens is { } most)
        {
            // OpenAI's current models refuse the old name; other servers may know only that one.
            body[setup.Provider == ModelCatalogue.OpenAi ? "max_completion_tokens" : "max_tokens"] = most;
        }

        if (setup.Temperature is { } temperature)
        {
            body["temperature"] = temperature;
        }

        if (setup.Provider == ModelCatalogue.OpenAi && ModelCatalogue.ReasonsUnlessTold(setup.Name))
        {
            // With tools, Chat Completions takes gpt-6-luna and gpt-6-sol without reasoning only; left out it would be medium, and a 400.
            body["reasoning_effort"] = "none";
        }

        return body;
    }

    private static IEnumerable<JsonNode> Message(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
        {
            // One message for each result: every call has to be answered before the model is asked again.
            return message.Contents.OfType<FunctionResultContent>().Select(result => new JsonObject
            {
                ["role"] = "tool",
                ["tool_call_id"] = result.CallId,
                ["content"] = result.Result as string ?? JsonSerializer.Serialize(result.Result),
            });
        }

        var written = new JsonObject { ["role"] = message.Role.Value, ["content"] = Content(message) };
        if (message.Contents.OfType<FunctionCallContent>().Select(Call).ToArray() is { Length: > 0 } calls)
        {
            written["content"] = message.Text.Length > 0 ? message.Text : null;
            written["tool_calls"] = new JsonArray(calls);
        }

        return [written];
    }

    /// <summary>Words are a string; beside pictures both are parts, the pictures inside the request and never by an address.</summary>
    private static JsonNode Content(ChatMessage message) => message.Contents.Any(c => c is DataContent)
        ? new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()])
        : JsonValue.Create(message.Text);

    private static JsonObject? Part(AIContent content) => content switch
    {
        DataContent picture => new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = picture.Uri } },
        TextContent words => new JsonObject { ["type"] = "text", ["text"] = words.Text },
        _ => null,
    };

    private static JsonNode Call(FunctionCallContent call)
    {
        var written = new JsonObject
        {
            ["id"] = call.CallId,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonSerializer.Serialize(call.Arguments) },
        };
        if (call.AdditionalProperties?.TryGetValue(ExtraContent, out var extra) == true && extra is JsonElement json)
        {
            written[ExtraContent] = JsonNode.Parse(json.GetRawText());
        }

        return written;
    }

    private static JsonNode Tool(AIFunctionDeclaration tool) => new JsonObject
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
        },
    };
}
