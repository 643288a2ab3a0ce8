using System.Text.RegularExpressions;
using Relais.Conversations;
using Relais.Foundation;

namespace Relais.Engine.Ai.Assist;

/// <summary>A conversation in a few lines without a model: what the customer wrote last, the order numbers, what was answered last, why people have it.</summary>
internal static partial class RuleSummary
{
    private const int Longest = 200;
    private const int LastMessages = 3;

    /// <param name="conversation">Whose.</param>
    /// <param name="messages">Its last ones, oldest first.</param>
    /// <param name="language">fr, ar or en: of the reader.</param>
    public static string Of(Conversation conversation, IReadOnlyList<StoredMessage> messages, string language)
    {
        var said = messages.Where(m => m.Author == Author.Customer).ToList();
        var answered = messages.LastOrDefault(m => m.Author != Author.Customer);
        var numbers = said.SelectMany(m => OrderNumber().Matches(m.Content).Select(n => n.Value.ToUpperInvariant())).Distinct(StringComparer.Ordinal).ToList();
        var lines = new List<string>();
        Add(said.Count == 0 ? null : string.Join(" / ", said.TakeLast(LastMessages).Select(Words)), "Le client a écrit", "كتب الزبون", "The customer wrote");
        Add(numbers.Count == 0 ? null : string.Join(", ", numbers), "Commandes citées", "الطلبات المذكورة", "Orders named");
        Add(answered is null ? null : Words(answered), "Dernière réponse", "آخر رد", "Last answer");
        Add(conversation.IsWithPeople ? conversation.HandoffReason : null, "Transmis à l'équipe", "أحيلت إلى الفريق", "Handed to the team");
        return string.Join('\n', lines);

        void Add(string? what, string french, string arabic, string english)
        {
            if (what is { Length: > 0 })
            {
                lines.Add($"{(language switch { AgentTexts.Arabic => arabic, AgentTexts.English => english, _ => french + " " })}: {what}");
            }
        }
    }

    private static string Words(StoredMessage message) =>
        message.Content.Length == 0 ? $"[{message.Type}]" : ShortText.Fit(ShortText.OneLine(Why.PersonalData.WithoutCards(message.Content)), Longest);

    [GeneratedRegex(@"\bTRK\d{3,}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex OrderNumber();
}
