using System.Runtime.Intrinsics;

namespace Relais.Foundation;

/// <summary>
/// Multinomial logistic regression over hashed features: whole words, pairs of them where wanted, character 1–4-grams of folded
/// text, and marks the caller found in it. Trained once, then only read. The same seeds always give the same model.
/// </summary>
internal sealed class LanguageModel
{
    private const int Buckets = 1 << 14;
    private const int BucketsWithPairs = 1 << 15;
    private const int Rounds = 12;

    /// <summary>More, where some features are left out in each.</summary>
    private const int RoundsWithPairs = 18;
    private const float FirstRate = 4f;

    /// <summary>Percent of a line's features left out at a time. Chosen, with the rounds, by leaving out a quarter of the lines in turn.</summary>
    private const uint Dropped = 30;

    /// <summary>When a trained model is taught more: enough for a line to win, too little to unlearn the rest.</summary>
    private const int RoundsMore = 6;
    private const float RateMore = 2f;
    private const float Enough = 0.7f;

    /// <summary>A line that is read as surely as this teaches little: time is saved for those that are not.</summary>
    private const float LearnedEnough = 0.97f;
    private const int MostFeatures = 2_400;

    /// <summary>A whole known word says more than any of its pieces.</summary>
    private const float WordWeight = 3f;

    /// <summary>What the caller found says more still: it holds across spellings and languages.</summary>
    private const float MarkWeight = 5f;

    private readonly int classes;

    /// <summary>Numbers kept for each feature: one a class, and zeros to fill vectors.</summary>
    private readonly int stride;
    private readonly bool withPairs;
    private readonly uint buckets;
    private readonly float[] weights;
    private readonly HashSet<uint> knownWords = [];

    private LanguageModel(int classes, bool withPairs)
    {
        this.classes = classes;
        stride = (classes + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        this.withPairs = withPairs;
        buckets = (uint)(withPairs ? BucketsWithPairs : Buckets);
        weights = new float[(int)buckets * stride];
    }

    /// <param name="seeds">The lines of each class.</param>
    /// <param name="marks">What else a line as written shows; the same must be given to <see cref="Classify"/>.</param>
    /// <param name="withPairs">Two words in a row tell something too ("don't want").</param>
    public static LanguageModel Train(IReadOnlyList<IReadOnlyList<string>> seeds, Func<string, uint[]> marks, bool withPairs = false)
    {
        var model = new LanguageModel(seeds.Count, withPairs);
        model.Learn([.. seeds.Select(lines => lines.Select(line => (TextFolding.FoldWords(line), marks(line))).ToArray())], withPairs ? RoundsWithPairs : Rounds);
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
        Span<float> odds = stackalloc float[stride];
        Sum(features, odds);
        Likelihoods(odds[..classes]);
        var best = 0;
        for (var c = 1; c < classes; c++)
        {
            best = odds[c] > odds[best] ? c : best;
        }

        return (best, odds[best], known);
    }

    /// <summary>Every class's probability, into a place for each.</summary>
    public void Shares(string text, ReadOnlySpan<uint> marks, Span<float> into)
    {
        Span<(uint Hash, float Value)> features = stackalloc (uint, float)[MostFeatures];
        Span<float> odds = stackalloc float[stride];
        Sum(features[..Features(text, marks, features, out _)], odds);
        Likelihoods(odds[..classes]);
        odds[..classes].CopyTo(into);
    }

    private void Sum(ReadOnlySpan<(uint Hash, float Value)> features, Span<float> odds)
    {
        odds.Clear();
        foreach (var (hash, value) in features)
        {
            Add(odds, weights.AsSpan((int)(hash % buckets) * stride, stride), value);
        }
    }

    private void Learn((string Text, uint[] Marks)[][] lines, int rounds)
    {
        // What a line shows never changes: worked out once, read in every round.
        var (room, seen) = (new (uint Hash, float Value)[MostFeatures], new (int At, float Value)[lines.Length][][]);
        for (var c = 0; c < lines.Length; c++)
        {
            seen[c] = Array.ConvertAll(lines[c], line => At(room.AsSpan(0, Features(line.Text, line.Marks, room, out _))));
        }

        // Classes take turns and each is gone through at its own pace, so that each weighs the same.
        var steps = (int)lines.Average(block => block.Length);
        var kept = new (int At, float Value)[MostFeatures];
        for (var round = 0; round < rounds; round++)
        {
            var rate = FirstRate / (1 + (round * 0.3f));
            for (var i = round * steps; i < (round + 1) * steps; i++)
            {
                for (var right = 0; right < classes; right++)
                {
                    var features = seen[right][i % seen[right].Length];
                    Learn(withPairs ? Thinned(features, (uint)((i * classes) + right), kept) : features, right, rate);
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

    /// <summary>
    /// Without some of the features, others each time but always the same ones: a line's few words must not carry it alone, or what
    /// is learned does not hold for other words (dropout: N. Srivastava et al., JMLR 15, 2014).
    /// </summary>
    private static ReadOnlySpan<(int At, float Value)> Thinned(ReadOnlySpan<(int At, float Value)> features, uint turn, Span<(int At, float Value)> into)
    {
        var count = 0;
        var state = (turn * 2_654_435_761u) | 1;
        foreach (var (at, value) in features)
        {
            state = (state * 1_664_525u) + 1_013_904_223u;
            if ((state >> 16) % 100 >= Dropped)
            {
                into[count++] = (at, value * (100f / (100 - Dropped)));
            }
        }

        return into[..count];
    }

    private (int At, float Value)[] At(ReadOnlySpan<(uint Hash, float Value)> features)
    {
        var at = new (int, float)[features.Length];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = ((int)(features[i].Hash % buckets) * stride, features[i].Value);
        }

        return at;
    }

    /// <summary>A line that is read rightly and as surely as <paramref name="enough"/> changes nothing.</summary>
    private void Learn(string text, uint[] marks, int right, float rate, float enough)
    {
        Span<(uint Hash, float Value)> room = stackalloc (uint, float)[MostFeatures];
        Learn(At(room[..Features(text, marks, room, out _)]), right, rate, enough);
    }

    private void Learn(ReadOnlySpan<(int At, float Value)> features, int right, float rate, float enough = LearnedEnough)
    {
        Span<float> odds = stackalloc float[stride];
        odds.Clear();
        foreach (var (at, value) in features)
        {
            Add(odds, weights.AsSpan(at, stride), value);
        }

        Likelihoods(odds[..classes]);
        if (odds[right] >= enough)
        {
            return;
        }

        odds[classes..].Clear();
        for (var c = 0; c < classes; c++)
        {
            odds[c] = rate * ((c == right ? 1f : 0f) - odds[c]);
        }

        foreach (var (at, value) in features)
        {
            Add(weights.AsSpan(at, stride), odds, value);
        }
    }

    /// <summary>Both of <see cref="stride"/> numbers.</summary>
    private void Add(Span<float> to, ReadOnlySpan<float> what, float times)
    {
        for (var i = 0; i < stride; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(to[i..]) + (Vector256.Create<float>(what[i..]) * times)).CopyTo(to[i..]);
        }
    }

    /// <summary>Sums become shares.</summary>
    private static void Likelihoods(Span<float> odds)
    {
        var sum = 0f;
        foreach (ref var odd in odds)
        {
            sum += odd = MathF.Exp(Math.Clamp(odd, -30f, 30f));
        }

        foreach (ref var odd in odds)
        {
            odd /= sum;
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
