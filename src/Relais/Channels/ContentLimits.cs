namespace Relais.Channels;

/// <summary>
/// What a provider takes, in UTF-16 units and counts. Meta: Cloud API messages/* and media pages, 2026. Twilio: Messages and
/// Content API, 2026, where they are tighter.
/// </summary>
internal sealed record ContentLimits
{
    public static readonly ContentLimits Meta = new();

    /// <summary>A caption is a Body at Twilio, and a Content resource takes 1,024 characters whatever its type.</summary>
    public static readonly ContentLimits Twilio = new()
    {
        Provider = "Twilio", Caption = 1600, ListBody = 1024, ButtonId = 200, TemplateAddress = false, CarriesMetaOnly = false,
    };

    public string Provider { get; init; } = "Meta";

    public int Caption { get; init; } = 1024;

    public int Header { get; init; } = 60;

    public int Footer { get; init; } = 60;

    /// <summary>Of every interactive message but a list.</summary>
    public int Body { get; init; } = 1024;

    public int ListBody { get; init; } = 4096;

    public int Buttons { get; init; } = 3;

    public int ButtonTitle { get; init; } = 20;

    public int ButtonId { get; init; } = 256;

    public int Rows { get; init; } = 10;

    public int RowTitle { get; init; } = 24;

    public int RowDescription { get; init; } = 72;

    public int RowId { get; init; } = 200;

    public int Sections { get; init; } = 10;

    public int SectionTitle { get; init; } = 24;

    public int ProductsOfList { get; init; } = 30;

    public int Url { get; init; } = 2000;

    /// <summary>Meta advises no more; above it a message may be refused.</summary>
    public int ContactCards { get; init; } = 257;

    public int Filename { get; init; } = 240;

    /// <summary>Whether a template is named by name and language; else by an id of the provider's.</summary>
    public bool TemplateAddress { get; init; } = true;

    /// <summary>Whether what only Meta has can be sent: products of its catalogue, reactions.</summary>
    public bool CarriesMetaOnly { get; init; } = true;
}
