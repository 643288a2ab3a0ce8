namespace Relais.Engine.Simulations.Cases;

/// <summary>A saved conversation: what a customer writes, and what has to come of it. docs/simulations.md describes its YAML.</summary>
/// <param name="Name">Unique in its suite.</param>
/// <param name="Language">fr, ar or en: for totals, and what the customer speaks until they write something that shows it.</param>
internal sealed record SimulationCase(string Name, string Language)
{
    /// <summary>Types of files a customer may send in it.</summary>
    public static readonly IReadOnlyList<string> Files = ["audio", "image", "video", "document", "sticker", "location", "contacts"];

    /// <summary>The only orders there are in it; null: the business's own are looked up, and the customer has none.</summary>
    public IReadOnlyList<CaseOrder>? Orders { get; init; }

    /// <summary>What the customer does, one turn after the other; empty when a model plays them.</summary>
    public IReadOnlyList<CaseTurn> Turns { get; init; } = [];

    /// <summary>Who plays the customer instead.</summary>
    public CasePersona? Persona { get; init; }

    /// <summary>Of the whole conversation.</summary>
    public Expectation Expect { get; init; } = Expectation.Nothing;
}

/// <param name="Number">As customers write it.</param>
/// <param name="Status">placed, confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
/// <param name="IsMine">False: an order of somebody else.</param>
/// <param name="Carrier">Who brings it, or null.</param>
/// <param name="ExpectedOn">Day of delivery, or null.</param>
/// <param name="TotalMinor">In the currency's minor unit, or null.</param>
/// <param name="Currency">ISO code; EUR when only a total is given.</param>
internal sealed record CaseOrder(
    string Number, string Status, bool IsMine = true, string? Carrier = null, DateOnly? ExpectedOn = null, long? TotalMinor = null, string? Currency = null);

/// <summary>One turn of the customer: messages in one breath, a file, or a tap.</summary>
/// <param name="Messages">What they write; empty for a tap, or a file without words.</param>
/// <param name="Tap">Title or id of the choice they tap, or null.</param>
/// <param name="Sends">Type of a file they send (audio, image …), or null.</param>
/// <param name="Expect">What has to come of it.</param>
internal sealed record CaseTurn(IReadOnlyList<string> Messages, string? Tap, string? Sends, Expectation Expect);

/// <param name="Words">Who they are and how they write.</param>
/// <param name="Goal">What they want; the conversation ends when they have it.</param>
/// <param name="MostTurns">And after so many turns at the latest.</param>
internal sealed record CasePersona(string Words, string Goal, int MostTurns);

/// <summary>What has to be true of what came; a null expects nothing.</summary>
internal sealed record Expectation
{
    public static Expectation Nothing { get; } = new();

    /// <summary>Tools that must have been called; an empty list: none at all.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    public IReadOnlyList<string> ToolsNot { get; init; } = [];

    /// <summary>Words that must stand in what is said, spelling folded; "a | b": one of them.</summary>
    public IReadOnlyList<string> MustSay { get; init; } = [];

    public IReadOnlyList<string> MustNotSay { get; init; } = [];

    public HandOffExpected? HandOff { get; init; }

    /// <summary>fr, ar or en: of the answer.</summary>
    public string? Language { get; init; }

    /// <summary>True: nothing at all may be said. False: something must be.</summary>
    public bool? Silent { get; init; }

    /// <summary>Order numbers of the case with the status they must have afterwards.</summary>
    public IReadOnlyDictionary<string, string> Orders { get; init; } = new Dictionary<string, string>();
}

/// <param name="Happens">Whether the conversation must go to people, or must not.</param>
/// <param name="Reason">For which reason, such as customer_asked; null: any.</param>
internal sealed record HandOffExpected(bool Happens, string? Reason);
