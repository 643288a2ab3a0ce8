using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>A turn in the form models are asked in; grows by the model's tool calls and their results.</summary>
internal sealed class TurnConversation
{
    /// <summary>Keys of the options' and messages' AdditionalProperties, for clients that do not read prompts.</summary>
    public const string Language = "language";
    public const string Business = "business";
    public const string Reader = "reader";
    public const string Unanswered = "unanswered";
    public const string Unread = "unread";

    private readonly List<ChatMessage> messages = [];

    /// <summary>Messages before the model's first word.</summary>
    private readonly int said;

    public TurnConversation(Turn turn, List<TurnMessage> unanswered, string language, IReadOnlyList<AgentTool> tools)
    {
        messages.Add(new ChatMessage(ChatRole.System, Prompts.System(turn.TenantName, language, turn.Prompt)));
        foreach (var message in turn.History.Where(m => m.Type != "reaction"))
        {
            messages.Add(new ChatMessage(message.FromCustomer ? ChatRole.User : ChatRole.Assistant, Readable(message)));
        }

        foreach (var message in unanswered)
        {
            messages.Add(new ChatMessage(ChatRole.User, Readable(message))
            {
                AdditionalProperties = new() { [IsUnreadable(message) ? Unread : Unanswered] = message.Text },
            });
        }

        said = messages.Count;
        Options = new ChatOptions
        {
            Tools = [.. tools.Where(t => t.Definition.Name != AgentTools.OfferFaqs).Select(t => t.Definition.Declaration), AgentTools.HandingOff.Declaration],
            MaxOutputTokens = 1_000,
            AdditionalProperties = new() { [Language] = language, [Business] = turn.TenantName, [Reader] = turn.Reader },
        };
    }

    public IReadOnlyList<ChatMessage> Messages => messages;

    public ChatOptions Options { get; }

    /// <summary>What tools answered and what the business told or said: all but the customer's and the model's own words of this turn.</summary>
    public IEnumerable<string> OwnWords =>
        messages.Where((m, at) => m.Role == ChatRole.System || (m.Role == ChatRole.Assistant && at < said)).Select(m => m.Text)
            .Concat(messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.Result as string ?? ""));

    /// <summary>Nothing in it can be answered from text: a voice note, an image without caption, a type we do not know.</summary>
    public static bool IsUnreadable(TurnMessage message) => string.IsNullOrWhiteSpace(message.Text);

    public void Add(IEnumerable<ChatMessage> response, IList<AIContent> results)
    {
        messages.AddRange(response);
        messages.Add(new ChatMessage(ChatRole.Tool, results));
    }

    private static string Readable(TurnMessage message) => IsUnreadable(message) ? Prompts.Unreadable(message.Type)
        : message.IsReadable ? message.Text
        : $"{Prompts.Unreadable(message.Type)}\n{message.Text}";
}
