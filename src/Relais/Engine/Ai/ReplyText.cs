using System.Buffers;
using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>A model's text made fit to send.</summary>
internal static class ReplyText
{
    /// <summary>WhatsApp takes 4,096 characters of text; the rest is room for what a channel may put around it.</summary>
    public const int MostCharacters = 4_000;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?؟…\n");

    private static readonly string[] Promises = [.. new[]
    {
        "je vous transfère", "je vais vous transférer", "je transfère votre", "je vous mets en relation", "je vais vous mettre en relation",
        "I'll transfer you", "I will transfer you", "I am transferring you", "I'm transferring you", "I'll connect you with",
        "I will connect you with", "let me connect you", "let me transfer you", "سأحولك", "سأقوم بتحويلك", "سوف أحولك", "سأحيلك",
    }.Select(TextFolding.FoldWords)];

    /// <summary>At most <see cref="MostCharacters"/>, ended at a sentence, else at a word.</summary>
    public static string Fit(string text)
    {
        var answer = CustomerText.Normalise(text).Trim();
        if (answer.Length <= MostCharacters)
        {
            return answer;
        }

        var kept = answer.AsSpan(0, char.IsHighSurrogate(answer[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters);
        var end = kept.LastIndexOfAny(SentenceEnds);
        if (end < MostCharacters / 2)
        {
            end = kept.LastIndexOf(' ');
        }

        return (end < MostCharacters / 2 ? kept : kept[..(end + 1)]).Trim().ToString();
    }

    /// <summary>A transfer that is only written never happens; the customer would wait for it (chatwoot #13178).</summary>
    public static bool PromisesAPerson(string text)
    {
        var words = TextFolding.FoldWords(text);
        return Array.Exists(Promises, promise => words.Contains(promise, StringComparison.Ordinal));
    }
}
