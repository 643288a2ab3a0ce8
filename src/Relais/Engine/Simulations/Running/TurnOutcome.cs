namespace Relais.Engine.Simulations.Running;

/// <param name="Name">Of the tool.</param>
/// <param name="Arguments">As JSON.</param>
internal sealed record ToolUse(string Name, string Arguments);

/// <summary>What came of one turn of the customer.</summary>
internal sealed record TurnOutcome
{
    /// <summary>What the customer did, as a person would read it.</summary>
    public required IReadOnlyList<string> Customer { get; init; }

    /// <summary>What would have been sent, buttons written as [title].</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>In the order the model asked for them.</summary>
    public IReadOnlyList<ToolUse> Tools { get; init; } = [];

    /// <summary>Why the conversation goes to people, in the stored word; null: it does not.</summary>
    public string? HandOff { get; init; }

    /// <summary>fr, ar or en: of what was said; null when nothing was.</summary>
    public string? Language { get; init; }

    /// <summary>True when people have had the conversation since an earlier turn: nobody of ours answers.</summary>
    public bool IsWithPeople { get; init; }

    /// <summary>Why the turn could not be simulated, in a sentence; null: it could.</summary>
    public string? Failure { get; init; }
}

/// <summary>How a case went.</summary>
internal enum Verdict
{
    Passed = 1,
    Failed = 2,

    /// <summary>It needs what is not there, such as a model that plays a customer.</summary>
    Skipped = 3,
}

/// <param name="Who">customer, agent, tool or outcome.</param>
/// <param name="Text">What they said, or did.</param>
internal sealed record TranscriptLine(string Who, string Text);

/// <summary>What a case showed.</summary>
/// <param name="Name">Of the case.</param>
/// <param name="Language">Of the case.</param>
/// <param name="Verdict">Passed, or not.</param>
/// <param name="Reasons">Why not, a sentence each.</param>
/// <param name="Transcript">What was said and done.</param>
/// <param name="Cost">What models took for it.</param>
/// <param name="Took">Wall clock.</param>
internal sealed record CaseResult(
    string Name, string Language, Verdict Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<TranscriptLine> Transcript, ModelCost Cost, TimeSpan Took);

/// <param name="TokensIn">As the providers counted them.</param>
/// <param name="TokensOut">The same.</param>
/// <param name="Micros">Micro-dollars, by the price table.</param>
internal sealed record ModelCost(long TokensIn, long TokensOut, long Micros)
{
    public static ModelCost None { get; } = new(0, 0, 0);

    public static ModelCost operator +(ModelCost a, ModelCost b) => new(a.TokensIn + b.TokensIn, a.TokensOut + b.TokensOut, a.Micros + b.Micros);
}
