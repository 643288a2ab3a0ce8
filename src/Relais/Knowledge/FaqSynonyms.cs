using System.Buffers;
using System.Diagnostics;
using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>
/// Words of one meaning across French, English, Arabic, Darija and Arabizi. A line of Words/meanings.txt is a meaning; a star
/// stands for any ending. Words that mean several of these things are left out: a wrong synonym costs more than a missing one.
/// Words/together.txt has what several words mean together (a country only with the word for "to").
/// </summary>
internal static class FaqSynonyms
{
    /// <summary>Words that together mean something else than each alone: what they say, then the word to read instead; longest first.</summary>
    private static readonly (string Said, string Read)[] Together = [.. EmbeddedText.Lines("Knowledge.Words.together.txt")
        .Select(line => line.Split(" = ")).SelectMany(parts => parts[1].Split('|').Select(said => (Said: Padded(said), Read: Padded(parts[0]))))
        .OrderByDescending(pair => pair.Said.Length)];

    /// <summary>Says of most texts at once that nothing of it is in them.</summary>
    private static readonly SearchValues<string> AnyTogether = SearchValues.Create([.. Together.Select(pair => pair.Said)], StringComparison.Ordinal);

    private static readonly Dictionary<string, int> Words = [];
    private static readonly Dictionary<string, int> Stems = [];
    private static readonly HashSet<int> Weak = [];

    /// <summary>For words spelled as they sound; -1 where two meanings share a skeleton.</summary>
    private static readonly Dictionary<string, int> Skeletons = [];

    /// <summary>Shorter skeletons belong to too many words.</summary>
    private const int ShortestSkeleton = 4;

    /// <summary>What Arabic writes before a word: and, the, with, for, to the…</summary>
    private static readonly string[] Prefixes = ["وال", "بال", "فال", "كا", "كي", "لل", "ال", "و", "ب", "ف", "ل", "ك"];

    static FaqSynonyms()
    {
        var lines = EmbeddedText.Lines("Knowledge.Words.meanings.txt");
        for (var meaning = 0; meaning < lines.Count; meaning++)
        {
            foreach (var word in lines[meaning].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var into = word.EndsWith('*') ? Stems : Words;
                var folded = TextFolding.FoldWords(word);
                into.TryAdd(folded, meaning);
                AddSkeleton(folded, meaning);
            }
        }

        foreach (var word in (string[])["order", "price", "days"])
        {
            Weak.Add(MeaningOf(TextFolding.FoldWords(word)) ?? throw new UnreachableException());
        }
    }

    /// <summary>Meanings that ask something of a thing (its price, how long it takes) or are in every shop's questions (an order).</summary>
    public static bool IsWeak(int meaning) => Weak.Contains(meaning);

    /// <summary>Folded words with those that belong together replaced by one that says it.</summary>
    public static string Joined(string words)
    {
        var padded = $" {words} ";
        if (!padded.AsSpan().ContainsAny(AnyTogether))
        {
            return padded;
        }

        foreach (var (said, read) in Together)
        {
            if (padded.Contains(said, StringComparison.Ordinal))
            {
                padded = padded.Replace(said, read, StringComparison.Ordinal);
            }
        }

        return padded;
    }

    /// <summary>The meaning of one folded word, or null.</summary>
    public static int? MeaningOf(ReadOnlySpan<char> word)
    {
        if (Plain(word) is { } meaning)
        {
            return meaning;
        }

        if (word.IsEmpty)
        {
            return null;
        }

        if (char.IsAscii(word[0]))
        {
            return BySound(word);
        }

        foreach (var prefix in Prefixes)
        {
            if (word.Length > prefix.Length + 2 && word.StartsWith(prefix) && Plain(word[prefix.Length..]) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    private static string Padded(string words) => $" {TextFolding.FoldWords(words)} ";

    private static void AddSkeleton(string folded, int meaning)
    {
        Span<char> room = stackalloc char[WordSkeleton.MostLetters];
        var length = char.IsAsciiLetter(folded[0]) ? WordSkeleton.Write(folded, room) : 0;
        if (length >= ShortestSkeleton)
        {
            var skeleton = new string(room[..length]);
            Skeletons[skeleton] = Skeletons.TryGetValue(skeleton, out var other) && other != meaning ? -1 : meaning;
        }
    }

    private static int? BySound(ReadOnlySpan<char> word)
    {
        Span<char> room = stackalloc char[WordSkeleton.MostLetters];
        var length = WordSkeleton.Write(word, room);
        return length >= ShortestSkeleton && Skeletons.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(room[..length], out var meaning) && meaning >= 0
            ? meaning : null;
    }

    private static int? Plain(ReadOnlySpan<char> word)
    {
        if (Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var meaning))
        {
            return meaning;
        }

        var stems = Stems.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length, 12); length >= 2; length--)
        {
            if (stems.TryGetValue(word[..length], out meaning))
            {
                return meaning;
            }
        }

        return null;
    }
}
