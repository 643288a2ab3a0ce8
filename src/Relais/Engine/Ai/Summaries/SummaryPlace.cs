namespace Relais.Engine.Ai.Summaries;

/// <summary>Where a conversation stands between its beginning, its summary and the messages a turn is shown; all are seqs. Pure.</summary>
/// <param name="From">The history begins after it: what a person had before they gave the conversation back is no concern of the agent.</param>
/// <param name="Last">The last message.</param>
/// <param name="Made">The last message in the summary; 0 without one.</param>
internal readonly record struct SummaryPlace(long From, long Last, long Made)
{
    /// <summary>Below it the 20 messages that a turn is shown, and what is just behind them, are the conversation.</summary>
    public const int Long = 40;

    /// <summary>Messages that have to have left the turn's sight before a model is asked again.</summary>
    public const int Step = 20;

    public bool IsMade => Made > From;

    /// <summary>The last message that a turn is no longer shown.</summary>
    public long To => Last - TurnStore.History;

    /// <summary>What is summarised already stays so: only what comes after it is read.</summary>
    public long After => Math.Max(From, Made);

    public bool IsDue => Last - From > Long && To - After >= Step;
}
