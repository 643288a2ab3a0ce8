using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// The one place where a tenant's request to an outside model is made of placeholders, and its answer of the values again: in texts, in what a
/// tool is called with, and in what a tool answered. Pictures go as they are.
/// </summary>
/// <param name="inner">Asks the model.</param>
internal sealed class RedactingChatClient(IChatClient inner) : UnstreamedChatClient
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var redaction = new Redaction();
        List<ChatMessage> hidden = [.. messages.Select(m => With(m, redaction.Hide))];
        if (options?.Instructions is { } instructions)
        {
            options = options.Clone();
            options.Instructions = redaction.Hide(instructions);
        }

        var response = await inner.GetResponseAsync(hidden, options, cancellationToken);
        if (!redaction.IsEmpty)
        {
            response.Messages = [.. response.Messages.Select(m => With(m, redaction.Restore))];
        }

        return response;
    }

    private static ChatMessage With(ChatMessage message, Func<string, string> change)
    {
        var changed = message.Clone();
        changed.Contents = [.. message.Contents.Select(c => With(c, change))];
        return changed;
    }

    private static AIContent With(AIContent content, Func<string, string> change) => content switch
    {
        TextContent text => new TextContent(change(text.Text)),
        FunctionCallContent call => new FunctionCallContent(
            call.CallId, call.Name, call.Arguments?.ToDictionary(a => a.Key, a => Value(a.Value, change), StringComparer.Ordinal)) { Exception = call.Exception },
        FunctionResultContent result => new FunctionResultContent(result.CallId, Value(result.Result, change)) { Exception = result.Exception },
        _ => content,
    };

    private static object? Value(object? value, Func<string, string> change) => value switch
    {
        null or bool or int or long or double or decimal => value,
        string text => change(text),
        _ => JsonSerializer.SerializeToElement(Node(JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options), change)),
    };

    private static JsonNode? Node(JsonNode? node, Func<string, string> change) => node switch
    {
        null => null,
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Node(p.Value, change)))),
        JsonArray a => new JsonArray([.. a.Select(n => Node(n, change))]),
        JsonValue v when v.GetValueKind() == JsonValueKind.String => JsonValue.Create(change(v.GetValue<string>())),
        _ => node.DeepClone(),
    };
}
