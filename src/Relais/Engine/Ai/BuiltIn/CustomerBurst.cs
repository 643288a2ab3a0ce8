using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>The customer's messages to be answered together, read.</summary>
/// <param name="Messages">Those with text, oldest first.</param>
/// <param name="HasUnread">One among them could not be read at all (a voice note, an image).</param>
/// <param name="NumberIsAwaited">The last thing we said was a request for the tracking number.</param>
internal sealed record CustomerBurst(IReadOnlyList<CustomerWords> Messages, bool HasUnread, bool NumberIsAwaited)
{
    /// <summary>Our last words, or null.</summary>
    public string? LastSaid { get; init; }

    /// <summary>Messages marked by the agent loop as unanswered; without marks, the customer's since our last words.</summary>
    public static CustomerBurst From(IReadOnlyList<ChatMessage> messages, IntentReader? reader = null)
    {
        var texts = new List<string>();
        var hasUnread = false;
        var isMarked = messages.Any(m => Marked(m, TurnConversation.Unanswered) is not null || Marked(m, TurnConversation.Unread) is not null);
        string? lastSaid = null;
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.User)
            {
                hasUnread |= Marked(message, TurnConversation.Unread) is not null;
                if ((isMarked ? Marked(message, TurnConversation.Unanswered) : message.Text) is { } text)
                {
                    texts.Add(text);
                }
            }
            else if (message.Role == ChatRole.Assistant && message.Text.Length > 0)
            {
                lastSaid = message.Text;
                if (!isMarked)
                {
                    texts.Clear();
                }
            }
        }

        var isAwaited = lastSaid is not null
            && AgentTexts.Languages.Any(language => lastSaid.EndsWith(AgentTexts.AskForNumber(language), StringComparison.Ordinal));
        var isNumberAsked = isAwaited || OrderAction.Asked(lastSaid) is not null;
        return new([.. texts.Select(text => CustomerWords.Read(text, isNumberAsked, reader))], hasUnread, isAwaited) { LastSaid = lastSaid };
    }

    private static string? Marked(ChatMessage message, string mark) =>
        message.AdditionalProperties is { } properties && properties.TryGetValue(mark, out var value) ? value as string : null;
}
