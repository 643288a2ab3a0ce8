using Microsoft.Extensions.AI;
using Relais.Engine.Simulations.Cases;
using Relais.Foundation;

namespace Relais.Engine.Simulations.Running;

/// <summary>A model in the customer's place. It sees the conversation as the customer does, and none of our prompt.</summary>
internal static class PersonaPlayer
{
    private const string Done = "[DONE]";
    private const int Longest = 1_000;

    /// <summary>What the customer writes next; null when they have what they wanted.</summary>
    /// <param name="persona">Who is played.</param>
    /// <param name="language">fr, ar or en.</param>
    /// <param name="so">What was said so far.</param>
    /// <param name="model">Plays.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<string?> Next(
        CasePersona persona, string language, IReadOnlyList<TurnOutcome> so, IChatClient model, CancellationToken cancel)
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.System, $"""
                You play a customer who writes to a business on WhatsApp, to test its assistant. Write in {language switch { "ar" => "Arabic", "en" => "English", _ => "French" }}, as the customer would: one short message at a time, nothing else.
                Who you are: {persona.Words}
                What you want: {persona.Goal}
                When you have it, or a person of the business takes over, write only {Done}.
                """),
        ];
        if (so.Count == 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, "(The chat is empty. Write your first message.)"));
        }

        foreach (var turn in so)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, string.Join('\n', turn.Customer)));
            messages.Add(new ChatMessage(ChatRole.User, turn.Said.Count == 0 ? "(no answer)" : string.Join('\n', turn.Said)));
        }

        var words = (await model.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = 300 }, cancel)).Text.Trim();
        return words.Contains(Done, StringComparison.OrdinalIgnoreCase) || words.Length == 0 ? null : ShortText.Fit(words, Longest);
    }
}
