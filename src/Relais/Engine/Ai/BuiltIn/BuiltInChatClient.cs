using Microsoft.Extensions.AI;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// The agent that needs no model key. Enters and leaves what any model does: messages and options in; a text or tool calls
/// out. Keeps no state: the second time it is asked it reads the same messages again, now with the tools' results. Promises:
/// it says only what the owner wrote, what an order's record holds, or a sentence of AgentTexts; else it asks for a person.
/// </summary>
internal sealed class BuiltInChatClient : UnstreamedChatClient
{
    /// <summary>Trains the models beside the start, so that no customer waits for it.</summary>
    public BuiltInChatClient() =>
        ThreadPool.QueueUserWorkItem(static _ =>
        {
            IntentReader.BuiltIn.Read(LanguageDetector.Detect("prix de la livraison").Language);
            FaqTopics.Of("prix de la livraison");
        });

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var burst = CustomerBurst.From(all, options?.AdditionalProperties?.GetValueOrDefault(TurnConversation.Reader) as IntentReader);
        var answer = new BuiltInAnswer(
            burst,
            AgentTexts.Supported(Property(options, TurnConversation.Language)),
            Property(options, TurnConversation.Business) ?? "",
            options?.Tools?.Any(t => t.Name == AgentTools.ChangeOrder) == true);
        var contents = all.Count > 0 && all[^1].Role == ChatRole.Tool ? answer.After(Results(all)) : answer.Begin();
        return Task.FromResult<ChatResponse>(new BuiltInResponse(contents));
    }

    private static string? Property(ChatOptions? options, string name) =>
        options?.AdditionalProperties is { } properties && properties.TryGetValue(name, out var value) ? value as string : null;

    private static Dictionary<string, object?> Results(IReadOnlyList<ChatMessage> messages)
    {
        var results = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = messages.Count - 1; i >= 0 && messages[i].Role == ChatRole.Tool; i--)
        {
            foreach (var result in messages[i].Contents.OfType<FunctionResultContent>())
            {
                results[result.CallId] = result.Result;
            }
        }

        return results;
    }
}
