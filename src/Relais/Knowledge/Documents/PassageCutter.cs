using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Knowledge.Documents;

/// <summary>
/// Blocks ⇒ passages: paragraphs under one heading are put together up to <see cref="Enough"/> words; a longer one is cut between
/// sentences, and the next begins with the last sentence of the one before. A heading always begins a new passage.
/// </summary>
internal static partial class PassageCutter
{
    private const int Enough = 180;

    /// <summary>A paragraph up to this many words is kept whole.</summary>
    private const int Most = 250;

    /// <summary>A repeated sentence may have at most so many words.</summary>
    private const int Overlap = 40;

    private const int LongestHeading = 300;

    public static List<Passage> Cut(IEnumerable<TextBlock> blocks)
    {
        var passages = new List<Passage>();
        var path = new string?[7];
        var text = new StringBuilder();
        var words = 0;
        foreach (var (level, blockText) in blocks)
        {
            if (level > 0)
            {
                Flush();
                path[level] = Line(blockText);
                Array.Clear(path, level + 1, path.Length - level - 1);
                continue;
            }

            foreach (var piece in Pieces(blockText))
            {
                var count = Words(piece);
                if (words > 0 && words + count > Most)
                {
                    Flush();
                }

                text.Append(text.Length > 0 ? "\n" : "").Append(piece);
                words += count;
                if (words >= Enough)
                {
                    Flush();
                }
            }
        }

        Flush();
        return passages;

        void Flush()
        {
            if (text.Length > 0)
            {
                var heading = string.Join(" › ", path.Where(h => h is not null));
                passages.Add(new(heading.Length <= LongestHeading ? heading : heading[..LongestHeading], text.ToString()));
                text.Clear();
                words = 0;
            }
        }
    }

    /// <summary>Sentences of a text in their order; a line is at least one.</summary>
    public static IEnumerable<string> Sentences(string text) =>
        text.Split('\n').SelectMany(line => SentenceEnd().Split(line)).Select(s => s.Trim()).Where(s => s.Length > 0);

    /// <summary>A paragraph whole, or in parts of <see cref="Enough"/> words that overlap by a short sentence.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        if (Words(paragraph) <= Most)
        {
            yield return paragraph;
            yield break;
        }

        var part = new List<string>();
        var words = 0;
        foreach (var sentence in Sentences(paragraph).SelectMany(Bounded))
        {
            var count = Words(sentence);
            if (words > 0 && words + count > Enough)
            {
                yield return string.Join(' ', part);
                part = Words(part[^1]) <= Overlap ? [part[^1]] : [];
                words = part.Sum(Words);
            }

            part.Add(sentence);
            words += count;
        }

        yield return string.Join(' ', part);
    }

    /// <summary>What has no sentences (a table, a list of names) is cut between words.</summary>
    private static IEnumerable<string> Bounded(string sentence) => Words(sentence) <= Enough ? [sentence]
        : sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(Enough).Select(chunk => string.Join(' ', chunk));

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Words(string text)
    {
        var count = 0;
        var inside = false;
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c);
            count += !isSpace && !inside ? 1 : 0;
            inside = !isSpace;
        }

        return count;
    }

    // After the end of a sentence, Latin or Arabic, and before what may begin one: "9.30" and "art. 5" are left alone.
    [GeneratedRegex(@"(?<=[.!?؟…]["")»”]?)\s+(?=[\p{Lu}\p{Lo}\p{Nd}«""“(-])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentenceEnd();
}
