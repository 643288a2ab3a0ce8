using Relais.Changes;

namespace Relais.Desk.Search;

/// <summary>
/// What was typed, as the index is asked: every word has to be there, the last one may go on. A number written with spaces is one number
/// for contacts and orders. Pure.
/// </summary>
internal sealed class SearchTerms
{
    private const int MaxTerms = 10;

    /// <summary>One letter would find everything.</summary>
    private const int MinPrefix = 2;

    private readonly List<string> words;
    private readonly string? number;

    private SearchTerms(List<string> words, string? number) => (this.words, this.number) = (words, number);

    /// <summary>Null when nothing can be searched for.</summary>
    public static SearchTerms? Of(string? typed)
    {
        var asked = SearchWords.Words(typed).Take(MaxTerms).ToList();
        if (asked.Sum(w => w.Length) < MinPrefix)
        {
            return null;
        }

        var digits = string.Concat(asked);
        var isNumber = digits.All(char.IsAsciiDigit);

        // +33 6…, 0033 6… and 06… are one number: what comes before the rest is written in many ways.
        var bare = isNumber ? digits.TrimStart('0') : "";
        return new SearchTerms(asked, bare.Length >= SearchWords.MinDigits ? bare : null);
    }

    /// <summary>In FTS5's words or in those of a tsquery. Words hold letters and digits alone, so there is nothing to escape.</summary>
    public string Query(bool isPostgres, long tenantId, SearchKind kind)
    {
        var terms = Terms(kind);
        var place = SearchWords.Place(tenantId, kind);
        return isPostgres
            ? string.Join(" & ", (string[])[$"'{place}'", .. terms.Select((t, i) => IsOpen(terms, i) ? $"'{t}':*" : $"'{t}'")])
            : string.Join(" AND ", (string[])[$"\"{place}\"", .. terms.Select((t, i) => IsOpen(terms, i) ? $"\"{t}\"*" : $"\"{t}\"")]);
    }

    /// <summary>Whether a folded word of a text is one of those that were asked for.</summary>
    public bool Finds(string word, SearchKind kind)
    {
        if (number is not null && kind != SearchKind.Message)
        {
            return word.Contains(number, StringComparison.Ordinal);
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (IsOpen(words, i) ? word.StartsWith(words[i], StringComparison.Ordinal) : word == words[i])
            {
                return true;
            }
        }

        return false;
    }

    private IReadOnlyList<string> Terms(SearchKind kind) => number is not null && kind != SearchKind.Message ? [number] : words;

    private static bool IsOpen(IReadOnlyList<string> terms, int place) => place == terms.Count - 1 && terms[place].Length >= MinPrefix;
}
