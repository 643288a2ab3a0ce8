namespace Relais.Reports;

/// <summary>Where a conversation's figures belong.</summary>
/// <param name="Bucket">Start, microseconds UTC.</param>
/// <param name="Author">As in message; 0 for what happened to the conversation itself.</param>
/// <param name="AgentId">0 for nobody in particular.</param>
internal readonly record struct PartKey(long Bucket, long Author, long AgentId);

/// <summary>What is counted by a word.</summary>
internal readonly record struct MarkKey(long Bucket, MarkKind Kind, string Word, long AgentId);

/// <summary>The number is stored.</summary>
internal enum MarkKind
{
    Handoff = 1,
    FailedMessage = 2,

    /// <summary>Delivered, and the provider charges it; the word is its category.</summary>
    ChargedMessage = 3,
}

/// <summary>A conversation's figures, of all time or from one bucket on.</summary>
internal sealed class ConversationFigures
{
    public Dictionary<PartKey, Figures> Parts { get; } = [];

    public Dictionary<MarkKey, long> Marks { get; } = [];

    public void Count(PartKey key, Figure figure, long by = 1)
    {
        if (!Parts.TryGetValue(key, out var figures))
        {
            Parts[key] = figures = new Figures();
        }

        figures[figure] += by;
    }

    public void Mark(MarkKey key) => Marks[key] = Marks.GetValueOrDefault(key) + 1;
}
