using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>A turn in the form models are asked in; grows by the model's tool calls and their results.</summary>
internal sealed class TurnConversation
{
    /// <summary>Keys of the options' and messages' AdditionalProperties, for clients that do not read prompts.</summary>
    public const string Language = "language";
    public const string Business = "business";
    public const string Unanswered = "unanswered";
    public const string Unread = "unread";

    private readonly List<ChatMessage> messages = [];
    private readonly List<string> vouched = [];

    /// <summary>Messages before the model's first word.</summary>
    private readonly int said;

    public TurnConversation(Turn turn, List<TurnMessage> unanswered, string language, IReadOnlyList<AgentTool> tools)
    {
        vouched.AddRange(new[] { turn.Prompt.Persona, turn.Prompt.Tone, turn.Prompt.Instructions }.OfType<string>());
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
            Tools = [.. tools.Select(t => t.Definition.Declaration), AgentTools.HandingOff.Declaration],
            MaxOutputTokens = 1_000,
            AdditionalProperties = new() { [Language] = language, [Business] = turn.TenantName },
        };
    }

    public IReadOnlyList<ChatMessage> Messages => messages;

    public ChatOptions Options { get; }

    /// <summary>What the business told or said, or wrote to be told: not the customer's words, the model's, nor those of other systems.</summary>
    public IEnumerable<string> OwnWords =>
        messages.Take(said).Where(m => m.Role == ChatRole.Assistant).Select(m => m.Text).Concat(vouched);

    /// <summary>Nothing in it can be answered from text: a voice note, an image without caption, a type we do not know.</summary>
    public static bool IsUnreadable(TurnMessage message) => string.IsNullOrWhiteSpace(message.Text);

    /// <summary>Words of the business that a tool brought.</summary>
    public void Vouch(string? words)
    {
        if (words is not null)
        {
            vouched.Add(words);
        }
    }

    public void Add(IEnumerable<ChatMessage> response, IList<AIContent> results)
    {
        messages.AddRange(response);
        messages.Add(new ChatMessage(ChatRole.Tool, results));
    }

    private static string Readable(TurnMessage message) => IsUnreadable(message) ? Prompts.Unreadable(message.Type)
        : message.IsReadable ? message.Text
        : $"{Prompts.Unreadable(message.Type)}\n{message.Text}";
}
