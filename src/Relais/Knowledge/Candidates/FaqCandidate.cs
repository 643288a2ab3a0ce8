namespace Relais.Knowledge.Candidates;

/// <summary>What became of a candidate.</summary>
internal static class CandidateState
{
    public const string Open = "open";
    public const string Approved = "approved";
    public const string Dismissed = "dismissed";
}

/// <summary>A question that a person answered, and that might be a FAQ. Personal data is masked in both.</summary>
internal sealed class FaqCandidate
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Question { get; init; } = "";

    public string Answer { get; init; } = "";

    /// <summary>fr, ar, en, or null.</summary>
    public string? Language { get; init; }

    /// <summary>Conversations it was asked and answered in.</summary>
    public long Times { get; init; } = 1;

    public string State { get; init; } = CandidateState.Open;

    public long? FaqId { get; init; }

    /// <summary>Where it was asked first.</summary>
    public long ConversationId { get; init; }

    /// <summary>The person's first answer.</summary>
    public long MessageId { get; init; }

    public long CreatedAt { get; init; }

    public long AskedAt { get; init; }
}

/// <summary>A person's first words in a conversation that was handed over.</summary>
internal sealed class PersonsAnswer
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long Seq { get; init; }

    public string Content { get; init; } = "";

    public long CreatedAt { get; init; }

    public string? Language { get; init; }

    public string? ContactName { get; init; }

    /// <summary>Whether it is text, handed over to people, and their first.</summary>
    public bool IsFirst { get; init; }
}
