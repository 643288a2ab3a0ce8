using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.Providers;

/// <summary>Reads the answer of a Chat Completions request. What is not exactly an answer throws <see cref="ModelFailedException"/>.</summary>
internal static class OpenAiAnswer
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static ChatResponse Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new ModelFailedException(new ModelFailure.Broken("not an answer"), e);
        }
    }

    private static ChatResponse Read(JsonElement root)
    {
        var choice = root.GetProperty("choices")[0];
        var message = choice.GetProperty("message");
        var contents = new List<AIContent>();
        if (Text(message, "content") is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (var call in calls.EnumerateArray())
            {
                contents.Add(Call(call, contents.Count));
            }
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = Text(root, "model"),
            FinishReason = Text(message, "refusal") is { Length: > 0 } ? ChatFinishReason.ContentFilter : Finish(Text(choice, "finish_reason")),
            Usage = Usage(root),
        };
    }

    private static ChatFinishReason? Finish(string? word) => word switch
    {
        "length" => ChatFinishReason.Length,
        "content_filter" => ChatFinishReason.ContentFilter,
        "tool_calls" => ChatFinishReason.ToolCalls,
        null => null,
        _ => ChatFinishReason.Stop,
    };

    /// <summary>Arguments come as a string that should hold a JSON object, and is not bound to.</summary>
    private static FunctionCallContent Call(JsonElement call, int place)
    {
        var function = call.GetProperty("function");
        var written = function.GetProperty("arguments").GetString();
        using var json = JsonDocument.Parse(string.IsNullOrWhiteSpace(written) ? "{}" : written, Strict);
        var arguments = json.RootElement.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value.Clone(), StringComparer.Ordinal);
        var content = new FunctionCallContent(
            Text(call, "id") is { Length: > 0 } id ? id : $"call_{place}", function.GetProperty("name").GetString() ?? "", arguments);
        if (call.TryGetProperty(OpenAiRequest.ExtraContent, out var extra))
        {
            content.AdditionalProperties = new() { [OpenAiRequest.ExtraContent] = extra.Clone() };
        }

        return content;
    }

    private static UsageDetails? Usage(JsonElement root) =>
        root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object
            ? new UsageDetails { InputTokenCount = Count(usage, "prompt_tokens"), OutputTokenCount = Count(usage, "completion_tokens") }
            : null;

    private static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
