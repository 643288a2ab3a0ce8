using System.Numerics.Tensors;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// Reads a message's intent: the rules of <see cref="CustomerWords"/> where they speak, else a logistic regression trained in
/// some tens of milliseconds on <see cref="IntentSeeds"/> when first used. Pure; the same text always reads the same.
/// </summary>
internal sealed class IntentReader
{
    /// <summary>Hashes of what is no word: which list of <see cref="Vocabulary"/> speaks, which meaning of <see cref="FaqSynonyms"/>.</summary>
    private const uint ConceptMark = 0x3c6ef372;
    private const uint MeaningMark = 0xa54ff53a;
    private const uint NumberMark = 0x510e527f;
    private const uint SkeletonMark = 0x9b05688c;

    /// <summary>What the topics say against what the intents themselves do; chosen by leaving out a quarter of the lines in turn.</summary>
    private const float TopicsWorth = 0.4f;

    private const double SureByNumber = 0.8;
    private const int MostMarks = 120;

    /// <summary>What a message speaks of, in words of every language: seen in one of them, learned for all.</summary>
    private static readonly Phrases[] Concepts =
    [
        Vocabulary.Order, Vocabulary.Purchase, Vocabulary.Action, Vocabulary.Trouble, Vocabulary.Whereabouts, Vocabulary.Questioning,
        .. EmbeddedText.Lines("Engine.Ai.BuiltIn.Concepts.concepts.txt").Select(line => new Phrases(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..])),
    ];

    private static readonly int IntentCount = Enum.GetValues<Intent>().Length;

    /// <summary>The intent of every topic.</summary>
    private static readonly int[] TopicIntents = [.. FaqTopics.Intents.Select(name => (int)Enum.Parse<Intent>(name, ignoreCase: true))];

    private readonly LanguageModel model;

    private IntentReader(LanguageModel model) => this.model = model;

    /// <summary>As it is shipped.</summary>
    public static IntentReader BuiltIn { get; } = new(LanguageModel.Train(IntentSeeds.All, line => MarksOf(Phrases.Pad(line)), withPairs: true));

    /// <summary>This reader, taught a business's own examples as well.</summary>
    public IntentReader Taught(IEnumerable<(Intent Intent, string Text)> examples)
    {
        var lines = new List<(int, string, uint[])>();
        foreach (var (intent, text) in examples)
        {
            lines.Add(Line((int)intent, text));

            // Beside each a shipped line of every other intent in turn.
            for (var other = 0; other < IntentSeeds.All.Count; other++)
            {
                lines.Add(Line(other, IntentSeeds.All[other][lines.Count % IntentSeeds.All[other].Count]));
            }
        }

        return lines.Count == 0 ? this : new(model.Taught(lines));
    }

    public IntentReading Read(string text) => Read(CustomerWords.Read(text, numberIsAwaited: false, this));

    public IntentReading Read(CustomerWords words) =>
        ConsentWords.Said(words.Text) == ConsentWord.OptOut ? new(Intent.Stop, 1) : words.Matter switch
        {
            Matter.Nothing => new(Intent.Greet, 1),
            Matter.Person => new(Intent.Person, 1),
            Matter.Thanks => new(Intent.Thanks, 1),
            Matter.Goodbye => new(Intent.Thanks, 1),
            Matter.Acknowledgement or Matter.Opening or Matter.AboutUs => new(Intent.Other, 1),
            Matter.Order when !words.WantsAction && words.WordCount <= 2 => new(Intent.Track, 1),
            _ => Guess(words),
        };

    private static (int Class, string Text, uint[] Marks) Line(int intent, string text)
    {
        var padded = Phrases.Pad(text);
        return (intent, WithoutNumbers(padded, out _), MarksOf(padded));
    }

    private IntentReading Guess(CustomerWords words)
    {
        var folded = WithoutNumbers(words.Padded, out var hasNumber);
        if (folded.Length == 0)
        {
            return new(hasNumber ? Intent.Track : Intent.Other, 0);
        }

        var (intent, likelihood) = Likeliest(folded, words.Padded);

        // Who names an order and asks nothing else about it wants to know where it is.
        return words.TrackingNumbers.Count > 0 && intent is (Intent.Other or Intent.Greet or Intent.Price or Intent.Hours)
            ? new(Intent.Track, SureByNumber) : new(intent, likelihood);
    }

    /// <summary>Of the intents learned as such and those of the finer topics: "other" is many things, easier told one by one.</summary>
    private (Intent Intent, double Likelihood) Likeliest(string folded, string padded)
    {
        Span<float> shares = stackalloc float[IntentCount];
        model.Shares(folded, MarksOf(padded), shares);
        foreach (ref var share in shares)
        {
            share *= 1 - TopicsWorth;
        }

        FaqTopics.AddIntents(padded.Trim(), TopicIntents, TopicsWorth, shares);
        var best = TensorPrimitives.IndexOfMax<float>(shares);
        return ((Intent)best, shares[best]);
    }

    /// <summary>What the lists and synonyms see in folded words, and how they sound: it holds across languages and spellings.</summary>
    private static uint[] MarksOf(string padded)
    {
        var marks = new List<uint>();
        for (var i = 0; i < Concepts.Length; i++)
        {
            if (Concepts[i].AreIn(padded))
            {
                marks.Add(ConceptMark + (uint)i);
            }
        }

        foreach (var meaning in FaqFeatures.Meanings(padded).Keys)
        {
            marks.Add(MeaningMark + (uint)meaning);
        }

        Span<char> skeleton = stackalloc char[WordSkeleton.MostLetters];
        var words = WithoutNumbers(padded, out var hasNumber).AsSpan();
        foreach (var range in words.Split(' '))
        {
            // More than any sentence needs; a flood of words must not crowd the rest out.
            if (marks.Count < MostMarks && WordSkeleton.Write(words[range], skeleton) is > 1 and var length)
            {
                marks.Add(SkeletonMark ^ LanguageModel.Hash(skeleton[..length]));
            }
        }

        if (hasNumber)
        {
            marks.Add(NumberMark);
        }

        return [.. marks];
    }

    /// <summary>Words without those of three digits and more ("trk123456"): which number it is says nothing.</summary>
    private static string WithoutNumbers(string padded, out bool hasNumber)
    {
        var words = padded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kept = Array.FindAll(words, word => word.Count(char.IsAsciiDigit) < 3);
        hasNumber = kept.Length < words.Length;
        return string.Join(' ', kept);
    }
}
