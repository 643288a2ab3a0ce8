using System.Text.Json;
using Relais.Changes;
using Relais.Foundation;

namespace Relais.Desk.Search;

/// <summary>
/// The words under which something is found: folded, each once, a space between them. The first tells tenant and kind by a sign that no
/// folded word holds, so that the index itself keeps them apart. Pure.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longer words are cut on both sides of the comparison.</summary>
    public const int MaxWord = 40;

    private const int MaxWords = 1000;

    /// <summary>Parts of a number from so many digits on are worth finding.</summary>
    public const int MinDigits = 4;

    public static string Place(long tenantId, SearchKind kind) => $"§{tenantId}{kind switch { SearchKind.Contact => 'c', SearchKind.Order => 'o', _ => 'm' }}";

    /// <summary>Null when there is nothing to find it by.</summary>
    public static string? Of(long tenantId, SearchKind kind, params ReadOnlySpan<string?> texts)
    {
        var words = new List<string> { Place(tenantId, kind) };
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var word in Words(text))
            {
                Add(word);
                if (Digits(word) is { } digits)
                {
                    Add(digits);
                }
            }
        }

        return words.Count > 1 ? string.Join(' ', words) : null;

        void Add(string word)
        {
            if (words.Count < MaxWords && known.Add(word))
            {
                words.Add(word);
            }
        }
    }

    /// <summary>A phone number's digits and all their ends, so that any part of it finds it: whoever searches starts at the country, the zero or the end.</summary>
    public static string Phone(string? number)
    {
        var digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return string.Join(' ', Enumerable.Range(0, Math.Max(0, digits.Length - MinDigits + 1)).Select(from => digits[from..]));
    }

    /// <summary>Folded and cut.</summary>
    public static IEnumerable<string> Words(string? text) => string.IsNullOrEmpty(text) ? []
        : TextFolding.FoldWords(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Cut);

    public static string Cut(string word) =>
        word.Length <= MaxWord ? word : word[..(char.IsHighSurrogate(word[MaxWord - 1]) ? MaxWord - 1 : MaxWord)];

    /// <summary>Names of files in a message's payload (JSON), however deep.</summary>
    public static string? FileNames(string? payload)
    {
        if (payload is null || !payload.Contains("filename", StringComparison.Ordinal))
        {
            return null;
        }

        using var document = JsonDocument.Parse(payload);
        var names = new List<string>();
        Collect(document.RootElement, names);
        return names.Count == 0 ? null : string.Join(' ', names);
    }

    private static void Collect(JsonElement part, List<string> names)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in part.EnumerateArray())
            {
                Collect(item, names);
            }
        }
        else if (part.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in part.EnumerateObject())
            {
                if (field is { Name: "filename", Value.ValueKind: JsonValueKind.String })
                {
                    names.Add(field.Value.GetString()!);
                }
                else
                {
                    Collect(field.Value, names);
                }
            }
        }
    }

    /// <summary>"trk123456" is found by 123456 as well; null for a word without letters or with few digits.</summary>
    private static string? Digits(string word)
    {
        var end = word.Length;
        while (end > 0 && !char.IsAsciiDigit(word[end - 1]))
        {
            end--;
        }

        var start = end;
        while (start > 0 && char.IsAsciiDigit(word[start - 1]))
        {
            start--;
        }

        return end - start >= MinDigits && end - start < word.Length ? word[start..end] : null;
    }
}
