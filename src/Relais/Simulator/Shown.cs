namespace Relais.Simulator;

/// <summary>What a bubble shows beside its text. Plain text has none.</summary>
internal sealed record Shown
{
    public ShownFile? File { get; init; }

    /// <summary>A line above the text.</summary>
    public string? Header { get; init; }

    /// <summary>A line below it.</summary>
    public string? Footer { get; init; }

    public ShownPlace? Place { get; init; }

    public IReadOnlyList<ShownCard> Cards { get; init; } = [];

    public IReadOnlyList<ShownLink> Links { get; init; } = [];

    /// <summary>Products of a message, or of the customer's cart.</summary>
    public IReadOnlyList<ShownProduct> Products { get; init; } = [];

    /// <summary>The catalogue those products are of, or null.</summary>
    public string? CatalogId { get; init; }

    /// <summary>What opens the list of choices; null when they are buttons.</summary>
    public string? ListButton { get; init; }

    /// <summary>What Meta charges it as (marketing …); null: an answer within the service window, which is free.</summary>
    public string? Charge { get; init; }

    /// <summary>Name of the template it came from.</summary>
    public string? Template { get; init; }

    /// <summary>The customer is asked for their place.</summary>
    public bool AsksLocation { get; init; }

    /// <summary>Headline of the advertisement the customer came from.</summary>
    public string? Advertisement { get; init; }

    public bool Forwarded { get; init; }
}

/// <param name="Kind">image, video, audio, document or sticker.</param>
/// <param name="Id">At the control API; null for a link that the simulator does not follow.</param>
/// <param name="MimeType">As its sender claims.</param>
/// <param name="Name">Of a document.</param>
/// <param name="Size">Bytes; 0 when not known.</param>
/// <param name="IsVoice">A voice note.</param>
/// <param name="Link">Where the sender has it.</param>
internal sealed record ShownFile(
    string Kind, string? Id, string MimeType, string? Name = null, int Size = 0, bool IsVoice = false, string? Link = null);

internal sealed record ShownPlace(double Latitude, double Longitude, string? Name, string? Address);

internal sealed record ShownCard(string Name, IReadOnlyList<string> Phones, string? Organisation = null);

/// <param name="Kind">url, phone, code, catalog, flow or preview.</param>
/// <param name="Label">On the button.</param>
/// <param name="Value">Address, number or code.</param>
internal sealed record ShownLink(string Kind, string Label, string Value);

/// <param name="Id">The retailer's.</param>
/// <param name="Section">Heading above it.</param>
/// <param name="Quantity">In a cart; 0 elsewhere.</param>
/// <param name="Price">Of one, in a cart.</param>
/// <param name="Currency">ISO 4217.</param>
internal sealed record ShownProduct(string Id, string? Section = null, int Quantity = 0, decimal Price = 0, string? Currency = null);
