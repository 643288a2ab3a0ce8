using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>
/// What a question is about, among the topics shops are asked about, in any of our languages: learned from <see cref="CustomerLines"/>
/// when first used. An owner's question and a customer's of one topic belong together though they share no word.
/// </summary>
internal static class FaqTopics
{
    private const uint MeaningMark = 0xa54ff53a;
    private const int MostMarks = 120;

    /// <summary>No question to a shop, or one about the customer's own case: to be of the same kind says nothing.</summary>
    private static readonly string[] Apart = ["greet", "track", "confirm", "cancel", "change", "buy", "person", "thanks", "complaint", "stop", "else"];

    private static readonly string[] Names = [.. CustomerLines.All.Select(line => line.Topic).Distinct().OrderBy(topic => Apart.Contains(topic)).ThenBy(topic => topic, StringComparer.Ordinal)];

    private static readonly LanguageModel Model = LanguageModel.Train(
        [.. Names.Select(IReadOnlyList<string> (topic) => [.. CustomerLines.All.Where(line => line.Topic == topic).Select(line => line.Text)])],
        line => MarksOf(TextFolding.FoldWords(line)), withPairs: true);

    /// <summary>How many topics there are that entries may share; they come first.</summary>
    private static readonly int Shared = Names.Length - Apart.Length;

    /// <summary>A text's share of every topic.</summary>
    /// <param name="folded">By TextFolding.FoldWords.</param>
    public static float[] Of(string folded)
    {
        var shares = new float[Names.Length];
        Model.Shares(folded, MarksOf(folded), shares);
        return shares;
    }

    /// <summary>How surely both are about one topic, 0 to 1.</summary>
    public static float Agreement(ReadOnlySpan<float> asked, ReadOnlySpan<float> entry)
    {
        var sum = 0f;
        for (var i = 0; i < Shared; i++)
        {
            sum += asked[i] * entry[i];
        }

        return sum;
    }

    /// <summary>How surely the entry is about a topic of which the question is not.</summary>
    public static float Conflict(ReadOnlySpan<float> asked, ReadOnlySpan<float> entry)
    {
        var sum = 0f;
        for (var i = 0; i < Names.Length; i++)
        {
            sum += entry[i] * asked[i];
        }

        var (sure, known) = (0f, 0f);
        for (var i = 0; i < Names.Length; i++)
        {
            sure = Math.Max(sure, asked[i]);
            known = i < Shared ? Math.Max(known, entry[i]) : known;
        }

        return sure * known * (1 - sum);
    }

    public static string Name(ReadOnlySpan<float> shares)
    {
        var best = 0;
        for (var i = 1; i < shares.Length; i++) { best = shares[i] > shares[best] ? i : best; }
        return $"{Names[best]} {shares[best]:F2}";
    }

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
                marks.Add(0x9b05688c ^ LanguageModel.Hash(skeleton[..length]));
            }
        }

        return [.. marks];
    }
}
