namespace Relais.Desk.Contacts.Merging;

/// <param name="Kind">Of the identity.</param>
/// <param name="Value">Of the identity.</param>
internal sealed record MovedIdentity(long Kind, string Value);

/// <param name="Nonce">Of the question.</param>
/// <param name="Action">Of the button.</param>
internal sealed record MovedQuestion(string Nonce, string Action);

/// <summary>What a merge moved from one contact to the other, by key, and how the other stood before and after; kept as JSON.</summary>
internal sealed record MovedRows
{
    public IReadOnlyList<MovedIdentity> Identities { get; init; } = [];

    public IReadOnlyList<long> Conversations { get; init; } = [];

    public IReadOnlyList<long> Orders { get; init; } = [];

    public IReadOnlyList<long> Consents { get; init; } = [];

    public IReadOnlyList<long> Notes { get; init; } = [];

    public IReadOnlyList<long> Labels { get; init; } = [];

    public IReadOnlyList<long> Approvals { get; init; } = [];

    /// <summary>Names of fields that the other had nothing in.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Questions about orders that are still open.</summary>
    public IReadOnlyList<MovedQuestion> Questions { get; init; } = [];

    /// <summary>Messages that nobody asked for, by their ids.</summary>
    public IReadOnlyList<long> Unasked { get; init; } = [];

    public ContactState Before { get; init; } = new();

    public ContactState After { get; init; } = new();
}
