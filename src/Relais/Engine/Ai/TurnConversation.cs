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
    private readonly List<string> vouched = [];

    /// <summary>Messages before the model's first word.</summary>
    private readonly int said;

    public TurnConversation(Turn turn, List<TurnMessage> unanswered, string language, IReadOnlyList<AgentTool> tools)
    {
        vouched.AddRange(new[] { turn.Prompt.Persona, turn.Prompt.Tone, turn.Prompt.Instructions }.OfType<string>());
        messages.Add(new ChatMessage(ChatRole.System, Prompts.System(turn.TenantName, language, turn.Prompt)));
        if (turn.Summary is { } summary)
        {
            // The customer's role: it holds their words, so no link or order in it gets the weight of ours.
            messages.Add(new ChatMessage(ChatRole.User, Prompts.Earlier(summary)));
        }

        foreach (var message in turn.History.Where(m => m.Type != "reaction"))
        {
            messages.Add(new ChatMessage(message.FromCustomer ? ChatRole.User : ChatRole.Assistant, Readable(message)));
        }

        foreach (var message in unanswered)
        {
            messages.Add(new ChatMessage(ChatRole.User, [.. Pictures(turn, message), new TextContent(Readable(message))])
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

    private static IEnumerable<AIContent> Pictures(Turn turn, TurnMessage message) =>
        turn.Pictures.Where(p => p.MessageId == message.Id).Select(p => new DataContent(p.Bytes, p.MimeType));

    private static string Readable(TurnMessage message) => IsUnreadable(message) ? Prompts.Unreadable(message.Type)
        : message.Type == "audio" && message.IsReadable ? Prompts.Heard(message.Text)
        : message is { Type: "image", FromCustomer: true } ? Prompts.Unseen(message.Text)
        : message.IsReadable ? message.Text
        : $"{Prompts.Unreadable(message.Type)}\n{message.Text}";
}
