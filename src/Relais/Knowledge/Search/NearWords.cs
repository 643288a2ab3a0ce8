using System.Numerics;
using System.Runtime.InteropServices;

namespace Relais.Knowledge.Search;

/// <summary>Terms by their first letter and length, to find the one that a misspelt word is meant to be: a letter away, two for long ones.</summary>
internal sealed class NearWords
{
    private const int Shortest = 4;
    private const int Long = 9;
    private const int Longest = 40;

    private readonly Dictionary<(char First, int Length), List<(string Term, ulong Letters)>> byShape = [];

    public NearWords(IEnumerable<string> terms)
    {
        foreach (var term in terms.Where(t => t.Length >= Shortest))
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(byShape, (term[0], term.Length), out _) ??= []).Add((term, Letters(term)));
        }
    }

    /// <summary>The term that a word nobody wrote is meant to be, or null.</summary>
    public string? Of(string stem)
    {
        if (stem.Length < Shortest || char.IsAsciiDigit(stem[0]))
        {
            return null;
        }

        var most = stem.Length >= Long ? 2 : 1;
        var letters = Letters(stem);
        for (var length = stem.Length - most; length <= stem.Length + most; length++)
        {
            foreach (var (term, its) in byShape.GetValueOrDefault((stem[0], length)) ?? [])
            {
                // Each change makes at most two of their letters differ: most terms need no closer look.
                if (BitOperations.PopCount(letters ^ its) <= 2 * most && Distance(stem, term, most) <= most)
                {
                    return term;
                }
            }
        }

        return null;
    }

    /// <summary>Which letters a word has, as far as 64 places tell.</summary>
    private static ulong Letters(string word)
    {
        var letters = 0ul;
        foreach (var c in word)
        {
            letters |= 1ul << (c & 63);
        }

        return letters;
    }

    /// <summary>Letters to add, drop, replace or swap (Damerau); above <paramref name="most"/> any number.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (a.Length > Longest || b.Length > Longest)
        {
            return most + 1;
        }

        Span<int> before = stackalloc int[Longest + 2], last = stackalloc int[Longest + 2], now = stackalloc int[Longest + 2];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var step = Math.Min(Math.Min(last[j] + 1, now[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    step = Math.Min(step, before[j - 2] + 1);
                }

                now[j] = step;
                least = Math.Min(least, step);
            }

            if (least > most)
            {
                return most + 1;
            }

            last.CopyTo(before);
            now.CopyTo(last);
        }

        return last[b.Length];
    }
}
