using System.Runtime.InteropServices;

namespace Relais.Knowledge;

/// <summary>An inverted index of TF-IDF vectors: the cosine of a query with every document, touching only what they share.</summary>
internal sealed class VectorIndex
{
    private readonly Dictionary<int, Posting[]> postings;
    private readonly int documents;

    /// <summary>By the number of documents that have a feature.</summary>
    private readonly float[] rarities;
    private readonly float unknownSquare;

    private VectorIndex(Dictionary<int, Posting[]> postings, int documents)
    {
        this.postings = postings;
        this.documents = documents;
        rarities = [.. Enumerable.Range(0, documents + 1).Select(having => Rarity(having, documents))];
        unknownSquare = rarities[0] * rarities[0];
    }

    /// <param name="vectors">A document each: how often it has each feature.</param>
    public static VectorIndex Build(IReadOnlyList<Dictionary<int, float>> vectors)
    {
        var lists = new Dictionary<int, List<Posting>>();
        for (var document = 0; document < vectors.Count; document++)
        {
            foreach (var (feature, frequency) in vectors[document])
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(lists, feature, out _) ??= []).Add(new(document, frequency));
            }
        }

        var squares = new float[vectors.Count];
        foreach (var list in lists.Values)
        {
            var rarity = Rarity(list.Count, vectors.Count);
            foreach (var posting in list)
            {
                var weight = Dampened(posting.Weight) * rarity;
                squares[posting.Document] += weight * weight;
            }
        }

        var index = new Dictionary<int, Posting[]>(lists.Count);
        foreach (var (feature, list) in lists)
        {
            var rarity = Rarity(list.Count, vectors.Count);
            index[feature] = [.. list.Select(p => new Posting(p.Document, Dampened(p.Weight) * rarity / MathF.Sqrt(squares[p.Document])))];
        }

        return new(index, vectors.Count);
    }

    /// <summary>Cosine with each document. A feature no document has still counts for the query's length: it speaks against all of them.</summary>
    public float[] Likeness(Dictionary<int, float> query)
    {
        var likeness = new float[documents];
        var square = 0f;
        foreach (var (feature, frequency) in query)
        {
            if (!postings.TryGetValue(feature, out var found))
            {
                square += Dampened(frequency) * Dampened(frequency) * unknownSquare;
                continue;
            }

            var weight = Dampened(frequency) * rarities[found.Length];
            square += weight * weight;
            foreach (var posting in found)
            {
                likeness[posting.Document] += weight * posting.Weight;
            }
        }

        if (square > 0)
        {
            var scale = 1 / MathF.Sqrt(square);
            for (var i = 0; i < likeness.Length; i++)
            {
                likeness[i] *= scale;
            }
        }

        return likeness;
    }

    // Never 0: with two entries, a feature of both still tells a question about them from small talk.
    private static float Rarity(int having, int all) => MathF.Log(1.5f + (all / (1f + having)));

    private static float Dampened(float frequency) => frequency <= 1 ? frequency : 1 + MathF.Log(frequency);

    private readonly record struct Posting(int Document, float Weight);
}
