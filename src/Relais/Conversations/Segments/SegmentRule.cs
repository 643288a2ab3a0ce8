namespace Relais.Conversations.Segments;

/// <summary>Which contacts are meant: a tree of conditions, read by <see cref="SegmentRules"/>, made SQL by <see cref="SegmentSql"/>.</summary>
internal abstract record SegmentRule
{
    private SegmentRule()
    {
    }

    /// <summary>Everybody: an empty list of conditions that must all hold.</summary>
    public static SegmentRule Everybody { get; } = new All([]);

    public sealed record All(IReadOnlyList<SegmentRule> Rules) : SegmentRule;

    /// <summary>At least one holds; an empty list: nobody.</summary>
    public sealed record Any(IReadOnlyList<SegmentRule> Rules) : SegmentRule;

    public sealed record Not(SegmentRule Rule) : SegmentRule;

    public sealed record HasLabel(long LabelId) : SegmentRule;

    /// <summary>What a person set, else that of the last conversation.</summary>
    public sealed record Speaks(string Language) : SegmentRule;

    /// <param name="Purpose">all, marketing, utility.</param>
    /// <param name="State">granted, withdrawn, unknown: as GET /api/contacts tells it.</param>
    public sealed record Consents(ConsentPurpose Purpose, string State) : SegmentRule;

    /// <param name="Value">Null: there is any value.</param>
    /// <param name="IsPart">The value has it somewhere in it, instead of being it.</param>
    public sealed record Field(string Name, string? Value, bool IsPart) : SegmentRule;

    /// <param name="Days">Before now.</param>
    /// <param name="IsSince">They wrote in these days; false: they wrote before them, and not since.</param>
    public sealed record Wrote(int Days, bool IsSince) : SegmentRule;

    /// <summary>The same for when they became known.</summary>
    public sealed record Known(int Days, bool IsSince) : SegmentRule;

    /// <param name="Status">Null: any order.</param>
    public sealed record Ordered(string? Status) : SegmentRule;

    /// <summary>A customer of the business already.</summary>
    public sealed record IsClient : SegmentRule;

    /// <summary>There is a conversation at this number.</summary>
    public sealed record SpokeAt(long InboxId) : SegmentRule;

    /// <param name="CallingCode">Digits, e.g. 212.</param>
    public sealed record PhoneOf(string CallingCode) : SegmentRule;

    public sealed record IsBlocked : SegmentRule;

    /// <param name="IsSo">They asked to get no more messages, or did not.</param>
    public sealed record OptedOut(bool IsSo) : SegmentRule;
}
