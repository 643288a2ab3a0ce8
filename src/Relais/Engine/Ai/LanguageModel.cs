using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>
/// Multinomial logistic regression over hashed features: whole words, pairs of them where wanted, character 1–4-grams of folded
/// text, and marks the caller found in it. Trained once, then only read. The same seeds always give the same model.
/// </summary>
internal sealed class LanguageModel
{
    private const int Buckets = 1 << 14;
    private const int BucketsWithPairs = 1 << 15;
    private const int Rounds = 12;
    private const float FirstRate = 4f;

    /// <summary>When a trained model is taught more: enough for a line to win, too little to unlearn the rest.</summary>
    private const int RoundsMore = 6;
    private const float RateMore = 2f;
    private const float Enough = 0.7f;
    private const int MostFeatures = 2_400;

    /// <summary>A whole known word says more than any of its pieces.</summary>
    private const float WordWeight = 3f;

    /// <summary>What the caller found says more still: it holds across spellings and languages.</summary>
    private const float MarkWeight = 5f;

    private readonly int classes;
    private readonly bool withPairs;
    private readonly uint buckets;
    private readonly float[] weights;
    private readonly HashSet<uint> knownWords = [];

    private LanguageModel(int classes, bool withPairs)
    {
        this.classes = classes;
        this.withPairs = withPairs;
        buckets = (uint)(withPairs ? BucketsWithPairs : Buckets);
        weights = new float[(int)buckets * classes];
    }

    /// <param name="seeds">The lines of each class.</param>
    /// <param name="marks">What else a line as written shows; the same must be given to <see cref="Classify"/>.</param>
    /// <param name="withPairs">Two words in a row tell something too ("don't want").</param>
    public static LanguageModel Train(IReadOnlyList<IReadOnlyList<string>> seeds, Func<string, uint[]> marks, bool withPairs = false)
    {
        var model = new LanguageModel(seeds.Count, withPairs);
        model.Learn([.. seeds.Select(lines => lines.Select(line => (TextFolding.FoldWords(line), marks(line))).ToArray())], Rounds);
        return model;
    }

    /// <summary>A copy that has learned more lines of the same classes; some milliseconds, where training anew takes a hundred times that.</summary>
    /// <param name="lines">Class and what <see cref="Classify"/> would be given; beside new lines some it knows, lest it forget them.</param>
    public LanguageModel Taught(IReadOnlyList<(int Class, string Text, uint[] Marks)> lines)
    {
        var taught = new LanguageModel(classes, withPairs);
        weights.CopyTo(taught.weights, 0);
        taught.knownWords.UnionWith(knownWords);
        for (var round = 0; round < RoundsMore; round++)
        {
            foreach (var (right, text, marks) in lines)
            {
                taught.Learn(text, marks, right, RateMore, Enough);
            }
        }

        return taught;
    }

    /// <summary>The likeliest class, its probability, and whether any whole word was among the seeds.</summary>
    public (int Class, double Likelihood, bool Known) Classify(string text, ReadOnlySpan<uint> marks)
    {
        Span<(uint Hash, float Value)> features = stackalloc (uint, float)[MostFeatures];
        features = features[..Features(text, marks, features, out var known)];
        Span<float> odds = stackalloc float[classes];
        Likelihoods(features, odds);
        var best = 0;
        for (var c = 1; c < classes; c++)
        {
            best = odds[c] > odds[best] ? c : best;
        }

        return (best, odds[best], known);
    }

    private void Learn((string Text, uint[] Marks)[][] lines, int rounds)
    {
        var most = lines.Max(block => block.Length);
        for (var round = 0; round < rounds; round++)
        {
            var rate = FirstRate / (1 + (round * 0.3f));

            // Classes take turns and a shorter one starts again, so that each weighs the same.
            for (var i = 0; i < most; i++)
            {
                for (var right = 0; right < classes; right++)
                {
                    var (text, marks) = lines[right][i % lines[right].Length];
                    Learn(text, marks, right, rate);
                }
            }
        }

        foreach (var (text, _) in lines.SelectMany(block => block))
        {
            foreach (var range in text.AsSpan().Split(' '))
            {
                knownWords.Add(Hash(text.AsSpan()[range]));
            }
        }
    }

    /// <summary>A line that is read rightly and as surely as <paramref name="enough"/> changes nothing.</summary>
    private void Learn(string text, uint[] marks, int right, float rate, float enough = 1f)
    {
        Span<(uint Hash, float Value)> room = stackalloc (uint, float)[MostFeatures];
        Span<float> odds = stackalloc float[classes];
        var features = room[..Features(text, marks, room, out _)];
        Likelihoods(features, odds);
        if (odds[right] >= enough)
        {
            return;
        }

        foreach (var (hash, value) in features)
        {
            var at = (int)(hash % buckets) * classes;
            for (var c = 0; c < classes; c++)
            {
                weights[at + c] += rate * value * ((c == right ? 1f : 0f) - odds[c]);
            }
        }
    }

    private void Likelihoods(ReadOnlySpan<(uint Hash, float Value)> features, Span<float> odds)
    {
        odds.Clear();
        foreach (var (hash, value) in features)
        {
            var at = (int)(hash % buckets) * classes;
            for (var c = 0; c < classes; c++)
            {
                odds[c] += value * weights[at + c];
            }
        }

        var sum = 0f;
        for (var c = 0; c < classes; c++)
        {
            sum += odds[c] = MathF.Exp(Math.Clamp(odds[c], -30f, 30f));
        }

        for (var c = 0; c < classes; c++)
        {
            odds[c] /= sum;
        }
    }

    /// <summary>Features of a text, of length 1 together, so that long and short texts are judged on one scale.</summary>
    private int Features(ReadOnlySpan<char> text, ReadOnlySpan<uint> marks, Span<(uint Hash, float Value)> into, out bool known)
    {
        var count = 0;
        known = false;
        foreach (var mark in marks)
        {
            into[count++] = (mark, MarkWeight);
        }

        var before = 0u;
        Span<char> padded = stackalloc char[64];
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (word.IsEmpty || word.Length > padded.Length - 2 || count + 2 + (4 * (word.Length + 2)) > into.Length)
            {
                continue;
            }

            var whole = Hash(word);
            known |= knownWords.Contains(whole);
            into[count++] = (whole, WordWeight);
            if (withPairs && before != 0)
            {
                into[count++] = ((before * 0x9e3779b1u) ^ whole, WordWeight);
            }

            before = whole;
            padded[0] = padded[word.Length + 1] = '_';
            word.CopyTo(padded[1..]);
            var bounded = padded[..(word.Length + 2)];
            for (var start = 0; start < bounded.Length; start++)
            {
                var hash = 0x811c9dc5u;
                for (var end = start; end < Math.Min(start + 4, bounded.Length); end++)
                {
                    hash = (hash ^ bounded[end]) * 0x01000193u;
                    into[count++] = (hash, 1f);
                }
            }
        }

        var square = 0f;
        foreach (var (_, value) in into[..count])
        {
            square += value * value;
        }

        var scale = square > 0 ? 1f / MathF.Sqrt(square) : 0f;
        for (var i = 0; i < count; i++)
        {
            into[i].Value *= scale;
        }

        return count;
    }

    /// <summary>FNV-1a, its high bits mixed down because buckets are taken from the low ones.</summary>
    public static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 0x9747b28cu;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 0x01000193u;
        }

        return hash ^ (hash >> 15);
    }
}
