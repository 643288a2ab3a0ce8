namespace Relais.Engine.Ai;

/// <summary>
/// Answers to messages that say nothing in words and need no person's eyes: a sticker, a contact card, a chat that was only
/// opened; and to a cart, which a person confirms.
/// </summary>
internal static class WordlessAnswer
{
    /// <summary>Null when a model or a person has to look; empty when the same was said just before (ten stickers in a row).</summary>
    public static IReadOnlyList<Decision>? To(Turn turn, List<TurnMessage> unanswered, string language)
    {
        if (unanswered.TrueForAll(m => m.Type == "order" && m.Text.Length > 0))
        {
            return [new Decision.HandOff(HandoffReason.CartReceived, AgentTexts.HandOff(language, HandoffReason.CartReceived))];
        }

        if (!unanswered.TrueForAll(m => m.Type is "sticker" or "contacts" or "request_welcome"))
        {
            return null;
        }

        // The language may be another one by now; the sentence is still the same one to the customer.
        var last = turn.History.LastOrDefault(m => !m.FromCustomer)?.Text;
        return AgentTexts.Languages.Any(l => Sentence(turn, unanswered, l) == last)
            ? []
            : [new Decision.Reply(Sentence(turn, unanswered, language))];
    }

    /// <summary>WhatsApp tells that a chat was opened for the first time (request_welcome); the customer has written nothing yet.</summary>
    private static string Sentence(Turn turn, List<TurnMessage> unanswered, string language) =>
        unanswered.Exists(m => m.Type == "contacts") ? AgentTexts.ContactCard(language)
        : unanswered.Exists(m => m.Type == "sticker") ? AgentTexts.Sticker(language)
        : AgentTexts.Greeting(language, turn.TenantName);
}
