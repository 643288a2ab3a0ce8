using Relais.Conversations;
using Relais.Engine.Ai.BuiltIn;
using Relais.Foundation;

namespace Relais.Engine.Handoffs;

/// <summary>What a colleague must know of a conversation, without its words being read by any model.</summary>
/// <param name="Intent">person, complaint, change, track, question or courtesy: the weightiest of the last messages.</param>
/// <param name="Asked">The customer's last messages that say something, oldest first, shortened.</param>
/// <param name="OrderNumbers">Named in the conversation.</param>
/// <param name="CustomerLanguage">fr, ar, en, or null.</param>
/// <param name="HandoffReason">The word, or null.</param>
/// <param name="WaitingSeconds">Since when a person owes an answer, or null.</param>
internal sealed record SummaryFacts(
    string Intent, IReadOnlyList<string> Asked, IReadOnlyList<string> OrderNumbers, string? CustomerLanguage, string? HandoffReason, long? WaitingSeconds);

/// <summary>Reads a conversation the way the built-in agent does. Pure.</summary>
internal static class HandoffSummary
{
    /// <summary>Messages looked at, from the last one back.</summary>
    public const int Messages = 50;

    private const int MostAsked = 3;
    private const int LongestAsked = 160;

    public static SummaryFacts Of(Conversation conversation, IReadOnlyList<StoredMessage> messages, long now)
    {
        var read = messages.Where(m => m is { Author: Author.Customer, Content.Length: > 0, ChoiceId: null, DeletedAt: null })
            .Select(m => CustomerWords.Read(m.Content, numberIsAwaited: false)).ToList();
        var asked = read.Where(w => w.Matter is Matter.Question or Matter.Order or Matter.Person or Matter.Opening).TakeLast(MostAsked).ToList();
        return new SummaryFacts(
            Intent(asked),
            asked.ConvertAll(w => ShortText.Fit(ShortText.OneLine(w.Text), LongestAsked)),
            [.. read.SelectMany(w => w.TrackingNumbers).Distinct(StringComparer.Ordinal).TakeLast(5)],
            conversation.Language, conversation.HandoffReason,
            conversation.WaitingSince is { } since ? Math.Max(0, now - since) / Instants.Second : null);
    }

    private static string Intent(List<CustomerWords> asked) =>
        asked.Count == 0 ? "courtesy"
        : asked.Exists(w => w.IsComplaint || Anger.IsIn(w.Text)) ? "complaint"
        : asked.Exists(w => w.WantsAction) ? "change"
        : asked.Exists(w => w.SpeaksOfOrder || w.TrackingNumbers.Count > 0) ? "track"
        : asked.TrueForAll(w => w.Matter == Matter.Person) ? "person" : "question";
}
