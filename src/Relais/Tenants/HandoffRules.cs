using System.Text.Json;
using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>
/// When the AI agent gives way to people by rule, whatever model answers. Each is <c>offer</c> (the customer is asked with
/// buttons), <c>do</c> or <c>off</c>; left out, it stays as it is.
/// </summary>
/// <param name="Anger">The customer is angry. Usually offer.</param>
/// <param name="Loop">The agent would say the same a third time, or the customer asks the same a third time. Usually offer.</param>
/// <param name="FailedAnswers">Two answers in a row said that the agent does not know, or asked the same. Usually do.</param>
/// <param name="NoAnswer">The agent has no answer: offer or do. Usually do.</param>
/// <param name="AutomaticReplies">A program answers at the other end: do (silently) or off. Usually do.</param>
internal sealed record HandoffRules(
    string? Anger = null, string? Loop = null, string? FailedAnswers = null, string? NoAnswer = null, string? AutomaticReplies = null)
{
    public const string Offer = "offer";
    public const string Do = "do";
    public const string Off = "off";

    /// <summary>Where a business has said nothing.</summary>
    public static HandoffRules Usual { get; } = new(Offer, Offer, Do, Do, Do);

    /// <summary>As stored, with the usual for what is left out.</summary>
    public static HandoffRules Read(string? stored) =>
        stored is null ? Usual : Usual.With(JsonSerializer.Deserialize<HandoffRules>(stored, ApiJson.Options));

    /// <summary>These, but for what the other one says.</summary>
    public HandoffRules With(HandoffRules? change) => new(
        change?.Anger ?? Anger, change?.Loop ?? Loop, change?.FailedAnswers ?? FailedAnswers, change?.NoAnswer ?? NoAnswer,
        change?.AutomaticReplies ?? AutomaticReplies);

    public string Write() => JsonSerializer.Serialize(this, ApiJson.Options);

    /// <summary>The field that is wrong and the words it takes, or null.</summary>
    public (string Field, string Words)? Wrong()
    {
        foreach (var (field, word, words) in ((string, string?, string[])[])
            [
                ("anger", Anger, [Offer, Do, Off]), ("loop", Loop, [Offer, Do, Off]), ("failed_answers", FailedAnswers, [Offer, Do, Off]),
                ("no_answer", NoAnswer, [Offer, Do]), ("automatic_replies", AutomaticReplies, [Do, Off]),
            ])
        {
            if (word is not null && !words.Contains(word))
            {
                return (field, string.Join(", ", words));
            }
        }

        return null;
    }
}
