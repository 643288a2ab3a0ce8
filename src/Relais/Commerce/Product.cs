using Relais.Foundation;

namespace Relais.Commerce;

/// <summary>A product as stored.</summary>
internal sealed class Product
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    /// <summary>The business's own id of it.</summary>
    public string Sku { get; init; } = "";

    /// <summary>LocalText as JSON.</summary>
    public string Title { get; init; } = "";

    /// <summary>LocalText as JSON, or null.</summary>
    public string? Description { get; init; }

    /// <summary>In the currency's minor unit, or null when it is not told.</summary>
    public long? PriceMinor { get; init; }

    /// <summary>ISO 4217, or null.</summary>
    public string? Currency { get; init; }

    /// <summary>Null: not counted, always to be had.</summary>
    public long? Stock { get; init; }

    public long? ImageMediaId { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>Its page in the shop.</summary>
    public string? Url { get; init; }

    public long Enabled { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public bool IsToBeHad => Stock is null or > 0;

    public Money? Price => PriceMinor is { } minor && Currency is { } currency ? new Money(minor, currency) : null;

    public LocalText Titles => LocalText.Read(Title);

    public LocalText? Descriptions => Description is null ? null : LocalText.Read(Description);
}
