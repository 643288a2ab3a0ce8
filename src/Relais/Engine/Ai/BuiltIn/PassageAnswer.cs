using System.Globalization;
using Relais.Knowledge.Documents;
using Relais.Knowledge.Search;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// An answer from a document: its own sentences, and where they stand. Only where no FAQ fits, and only from a passage that has most
/// of the question's words.
/// </summary>
internal static class PassageAnswer
{
    private const int LongestQuote = 500;

    /// <summary>Null when no passage is clear enough to be quoted unread.</summary>
    /// <param name="result">Of search_knowledge.</param>
    /// <param name="question">The customer's words.</param>
    /// <param name="language">fr, ar or en.</param>
    public static string? From(object? result, string question, string language)
    {
        if (AgentTools.ReadPassages(result) is not [var best, ..] || best.Score < KnowledgeFloor.QuotedPassage || Quote(best.Text, question) is not { } quote)
        {
            return null;
        }

        return string.Format(CultureInfo.InvariantCulture, language switch
        {
            AgentTexts.Arabic => "حسب «{0}»:\n{1}",
            AgentTexts.English => "From “{0}”:\n{1}",
            _ => "D'après « {0} » :\n{1}",
        }, best.Source, quote);
    }

    /// <summary>The sentence that has most of the question's words and what follows it, as far as it fits; all of a short passage.</summary>
    internal static string? Quote(string passage, string question)
    {
        if (passage.Length <= LongestQuote)
        {
            return passage.Trim();
        }

        var asked = WordIndex.Words(question).SelectMany(w => new[] { w.Stem, w.Meaning }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var sentences = PassageCutter.Sentences(passage).ToList();
        var best = sentences.MaxBy(s => WordIndex.Words(s).Count(w => asked.Contains(w.Stem) || (w.Meaning is not null && asked.Contains(w.Meaning))));
        if (best is null || best.Length > LongestQuote)
        {
            return null;
        }

        var quote = best;
        foreach (var next in sentences.SkipWhile(s => s != best).Skip(1).Take(2).TakeWhile(next => quote.Length + next.Length < LongestQuote))
        {
            quote += " " + next;
        }

        return quote;
    }
}
