namespace Relais.Tenants.Rights;

/// <summary>
/// What somebody may do. Who has one of them has it everywhere; whose conversations they see is <see cref="Sees"/>. The numbers are
/// places in a <see cref="RightSet"/> and are kept nowhere: the words are.
/// </summary>
internal enum Right
{
    /// <summary>See conversations, customers and what was said.</summary>
    Conversations,

    /// <summary>Write to customers and act on their conversations.</summary>
    Answer,

    /// <summary>Change what is noted of customers.</summary>
    Contacts,

    /// <summary>See, make and change orders.</summary>
    Orders,

    /// <summary>Figures and the board.</summary>
    Reports,

    Products,

    Campaigns,

    /// <summary>Take customers and others out of the system as files.</summary>
    Export,

    /// <summary>Bring files of them in.</summary>
    Import,

    /// <summary>Erase a customer.</summary>
    Erase,

    /// <summary>FAQs and documents.</summary>
    Knowledge,

    /// <summary>What the AI agent is told and does: prompt, flows, tools, follow-ups, simulations.</summary>
    Assistant,

    /// <summary>Which models are asked, and what they may cost.</summary>
    Models,

    /// <summary>Numbers and their keys, webhooks, API keys.</summary>
    Secrets,

    /// <summary>Who is in the business, and in which team.</summary>
    People,

    /// <summary>Everything else that is set for the whole business.</summary>
    Settings,
}

/// <summary>Which conversations, customers and orders somebody sees.</summary>
internal enum Sees
{
    All,

    /// <summary>Their own, their teams', and those that wait for anybody.</summary>
    Teams,

    /// <summary>Those they have.</summary>
    Mine,
}

/// <summary>A set of rights, as words with spaces between them in the database and as a list in the API.</summary>
/// <param name="Bits">One for each <see cref="Right"/>.</param>
internal readonly record struct RightSet(int Bits)
{
    private static readonly Right[] Every = Enum.GetValues<Right>();
    private static readonly string[] Names = [.. Every.Select(right => right.ToString().ToLowerInvariant())];

    public static RightSet None => default;

    public static RightSet All { get; } = Of(Every);

    /// <summary>What everybody of a business may do: answer customers, with what belongs to it.</summary>
    public static RightSet OfAgents { get; } = Of(Right.Conversations, Right.Answer, Right.Contacts, Right.Orders, Right.Reports);

    /// <summary>All words, in the order of the list.</summary>
    public static IReadOnlyList<string> Words => Names;

    public static RightSet Of(params ReadOnlySpan<Right> rights)
    {
        var bits = 0;
        foreach (var right in rights)
        {
            bits |= 1 << (int)right;
        }

        return new RightSet(bits);
    }

    /// <summary>What a role includes where nothing else is said of somebody.</summary>
    public static RightSet OfRole(string? role) => role switch
    {
        Roles.Owner or Roles.Admin => All,
        Roles.Agent => OfAgents,
        _ => None,
    };

    /// <summary>As kept; a word that this version does not know is left out, so that nobody gains by it.</summary>
    public static RightSet Parse(string words) =>
        Read(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Known;

    /// <summary>The rights of a list, and the first word of it that is none.</summary>
    public static (RightSet Known, string? Unknown) Read(IEnumerable<string> words)
    {
        var (set, unknown) = (None, (string?)null);
        foreach (var word in words)
        {
            var place = Array.IndexOf(Names, word);
            (set, unknown) = place < 0 ? (set, unknown ?? word) : (new RightSet(set.Bits | (1 << place)), unknown);
        }

        return (set, unknown);
    }

    public bool Has(Right right) => (Bits & (1 << (int)right)) != 0;

    public bool HasAny(RightSet other) => (Bits & other.Bits) != 0;

    public bool Includes(RightSet other) => (Bits & other.Bits) == other.Bits;

    public RightSet And(RightSet other) => new(Bits & other.Bits);

    public RightSet Plus(RightSet other) => new(Bits | other.Bits);

    public RightSet Without(RightSet other) => new(Bits & ~other.Bits);

    public IReadOnlyList<string> ToList()
    {
        var set = this;
        return [.. Every.Where(right => set.Has(right)).Select(right => Names[(int)right])];
    }

    /// <summary>As kept.</summary>
    public override string ToString() => string.Join(' ', ToList());
}

internal static class SeesWords
{
    private static readonly string[] Words = ["all", "teams", "mine"];

    public static string Of(Sees sees) => Words[(int)sees];

    /// <summary>Null for a word that is none.</summary>
    public static Sees? Read(string word) => Array.IndexOf(Words, word) is var place and >= 0 ? (Sees)place : null;

    /// <summary>As kept; what this version does not know shows least.</summary>
    public static Sees Stored(string? word) => word is null ? Sees.All : Read(word) ?? Sees.Mine;
}
