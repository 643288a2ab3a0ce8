using System.Numerics.Tensors;
using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>A text's share of every topic.</summary>
/// <param name="Shares">1 together.</param>
/// <param name="Settled">The same, 1 where it is plainly one of the text's topics.</param>
/// <param name="Roots">Of the shares.</param>
/// <param name="Surest">The greatest share.</param>
/// <param name="SurestShared">The greatest of the topics that entries may share.</param>
internal sealed record TopicShares(float[] Shares, float[] Settled, float[] Roots, float Surest, float SurestShared);

/// <summary>
/// What a question is about, among the topics shops are asked about, in any of our languages: learned from <see cref="CustomerLines"/>
/// when first used. An owner's question and a customer's of one topic belong together though they share no word.
/// </summary>
internal static class FaqTopics
{
    private const uint MeaningMark = 0xa54ff53a;
    private const uint SkeletonMark = 0x9b05688c;
    private const int MostMarks = 120;

    /// <summary>No question to a shop, or one about the customer's own case or one product: to be of the same kind says nothing.</summary>
    private static readonly string[] Apart =
    [
        "greet", "track", "confirm", "cancel", "change", "buy", "person", "thanks", "complaint", "stop", "else",
        "product_price", "stock", "kids", "custom", "material", "care", "origin", "original", "repair",
    ];

    /// <summary>A share from which on an entry is of a topic: of two such entries neither is more so.</summary>
    private const float Settled = 0.5f;

    private static readonly string[] Names = [.. CustomerLines.All.Select(line => line.Topic).Distinct().OrderBy(topic => Apart.Contains(topic)).ThenBy(topic => topic, StringComparer.Ordinal)];

    private static readonly LanguageModel Model = LanguageModel.Train(
        [.. Names.Select(IReadOnlyList<string> (topic) => [.. CustomerLines.All.Where(line => line.Topic == topic).Select(line => line.Text)])],
        line => MarksOf(TextFolding.FoldWords(line)), withPairs: true);

    /// <summary>The intent of each topic: greet, track, …</summary>
    public static IReadOnlyList<string> Intents { get; } = [.. Names.Select(topic => CustomerLines.All.First(line => line.Topic == topic).Intent)];

    /// <summary>How many topics there are that entries may share; they come first.</summary>
    private static readonly int Shared = Names.Length - Apart.Length;

    /// <summary>What a text is about.</summary>
    /// <param name="folded">By TextFolding.FoldWords.</param>
    public static TopicShares Of(string folded)
    {
        var shares = new float[Names.Length];
        Model.Shares(folded, MarksOf(folded), shares);
        return new(shares, Array.ConvertAll(shares, share => Math.Min(1, share / Settled)), Array.ConvertAll(shares, MathF.Sqrt), TensorPrimitives.Max<float>(shares), TensorPrimitives.Max<float>(shares.AsSpan(0, Shared)));
    }

    /// <summary>Adds a text's topics to the intents they belong to.</summary>
    /// <param name="folded">By TextFolding.FoldWords.</param>
    /// <param name="intents">The place of each topic's intent in <paramref name="into"/>, in the order of <see cref="Intents"/>.</param>
    /// <param name="times">What a share counts.</param>
    /// <param name="into">A place for each intent.</param>
    public static void AddIntents(string folded, ReadOnlySpan<int> intents, float times, Span<float> into)
    {
        var shares = Of(folded).Shares;
        for (var topic = 0; topic < shares.Length; topic++)
        {
            into[intents[topic]] += times * shares[topic];
        }
    }

    /// <summary>How surely both are about one topic, 0 to 1.</summary>
    public static float Agreement(TopicShares asked, TopicShares entry) =>
        TensorPrimitives.Dot<float>(asked.Shares.AsSpan(0, Shared), entry.Settled.AsSpan(0, Shared));

    /// <summary>How surely the entry is about a topic that the question is not about, 0 to 1.</summary>
    public static float Conflict(TopicShares asked, TopicShares entry) =>
        asked.Surest * entry.SurestShared * (1 - Math.Min(1, TensorPrimitives.Dot<float>(asked.Roots, entry.Roots)));

    private static uint[] MarksOf(string folded)
    {
        var marks = new List<uint>();
        foreach (var meaning in FaqFeatures.Meanings(folded).Keys)
        {
            marks.Add(MeaningMark + (uint)meaning);
        }

        Span<char> skeleton = stackalloc char[WordSkeleton.MostLetters];
        foreach (var range in folded.AsSpan().Split(' '))
        {
            if (marks.Count < MostMarks && WordSkeleton.Write(folded.AsSpan()[range], skeleton) is > 1 and var length)
            {
                marks.Add(SkeletonMark ^ LanguageModel.Hash(skeleton[..length]));
            }
        }

        return [.. marks];
    }
}
