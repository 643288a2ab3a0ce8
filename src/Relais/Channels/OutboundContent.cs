using System.Text.Json.Serialization;

namespace Relais.Channels;

/// <summary>
/// What to say, freed of the provider that carries it. One JSON for the API, for storage and for flows: snake_case with a
/// <c>type</c> that names the kind. What each channel takes of it is the channel's word (<see cref="IChannel.Check"/>).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Image), "image")]
[JsonDerivedType(typeof(Video), "video")]
[JsonDerivedType(typeof(Audio), "audio")]
[JsonDerivedType(typeof(Document), "document")]
[JsonDerivedType(typeof(Sticker), "sticker")]
[JsonDerivedType(typeof(Location), "location")]
[JsonDerivedType(typeof(Contacts), "contacts")]
[JsonDerivedType(typeof(Reaction), "reaction")]
[JsonDerivedType(typeof(Choices), "choices")]
[JsonDerivedType(typeof(Buttons), "buttons")]
[JsonDerivedType(typeof(ChoiceList), "list")]
[JsonDerivedType(typeof(UrlButton), "url_button")]
[JsonDerivedType(typeof(LocationRequest), "location_request")]
[JsonDerivedType(typeof(Product), "product")]
[JsonDerivedType(typeof(ProductList), "product_list")]
[JsonDerivedType(typeof(Catalog), "catalog")]
[JsonDerivedType(typeof(Template), "template")]
internal abstract record OutboundContent
{
    /// <param name="Body">1 character at least; longer than the channel takes is sent in parts.</param>
    /// <param name="PreviewUrl">Whether the first link shows a preview.</param>
    internal sealed record Text(string Body, bool PreviewUrl = true) : OutboundContent;

    /// <summary>A file: one of ours (<see cref="MediaId"/>, POST /api/media) or a public https link, exactly one of both.</summary>
    [JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
    [JsonDerivedType(typeof(Image), "image")]
    [JsonDerivedType(typeof(Video), "video")]
    [JsonDerivedType(typeof(Audio), "audio")]
    [JsonDerivedType(typeof(Document), "document")]
    [JsonDerivedType(typeof(Sticker), "sticker")]
    internal abstract record Media : OutboundContent
    {
        public long? MediaId { get; init; }

        public string? Link { get; init; }

        /// <summary>Shown under it; not for audio and stickers.</summary>
        public string? Caption { get; init; }
    }

    internal sealed record Image : Media;

    internal sealed record Video : Media;

    internal sealed record Audio : Media
    {
        /// <summary>True for a voice note (OGG with OPUS only).</summary>
        public bool Voice { get; init; }
    }

    internal sealed record Document : Media
    {
        /// <summary>The name the customer sees; null takes the file's own.</summary>
        public string? Filename { get; init; }
    }

    internal sealed record Sticker : Media;

    /// <param name="Latitude">Degrees, -90 to 90.</param>
    /// <param name="Longitude">Degrees, -180 to 180.</param>
    /// <param name="Name">Of the place.</param>
    /// <param name="Address">Of the place.</param>
    internal sealed record Location(double Latitude, double Longitude, string? Name = null, string? Address = null) : OutboundContent;

    internal sealed record Contacts(IReadOnlyList<ContactCard> Items) : OutboundContent;

    /// <summary>A reaction to the message that is quoted beside it.</summary>
    /// <param name="Emoji">One emoji; empty takes the reaction back.</param>
    internal sealed record Reaction(string Emoji) : OutboundContent;

    /// <summary>
    /// A question with choices, for those who do not want to care how WhatsApp shows them: up to 3 short ones become buttons, up
    /// to 10 a list, more a list with a last row that leads to the next page.
    /// </summary>
    /// <param name="Body">The question.</param>
    /// <param name="Items">Any number, at least one.</param>
    /// <param name="Button">What opens the list, when it becomes one; null for a word in the conversation's language.</param>
    /// <param name="Page">Which page is shown, from 0.</param>
    internal sealed record Choices(string Body, IReadOnlyList<Choice> Items, string? Button = null, int Page = 0) : OutboundContent
    {
        /// <summary>fr, ar or en, for the words a layout adds; null takes the one its letters show.</summary>
        public string? Language { get; init; }

        public string? Header { get; init; }

        public string? Footer { get; init; }
    }

    internal sealed record Buttons(string Body, IReadOnlyList<Choice> Items) : OutboundContent
    {
        /// <summary>A line of text above, or a file; not both.</summary>
        public string? Header { get; init; }

        /// <summary>Image, video or document above the text.</summary>
        public Media? HeaderMedia { get; init; }

        public string? Footer { get; init; }
    }

    /// <param name="Body">The text.</param>
    /// <param name="Button">What opens the list, 20 characters.</param>
    /// <param name="Sections">Ten rows in all; a title each when there is more than one.</param>
    internal sealed record ChoiceList(string Body, string Button, IReadOnlyList<ChoiceSection> Sections) : OutboundContent
    {
        public string? Header { get; init; }

        public string? Footer { get; init; }
    }

    /// <summary>A button that opens a web page.</summary>
    internal sealed record UrlButton(string Body, string Label, string Url) : OutboundContent
    {
        public string? Header { get; init; }

        public string? Footer { get; init; }
    }

    /// <summary>Asks the customer for a place.</summary>
    internal sealed record LocationRequest(string Body) : OutboundContent;

    /// <summary>One product of the Meta catalogue.</summary>
    internal sealed record Product(string CatalogId, string ProductId, string? Body = null, string? Footer = null) : OutboundContent
    {
        /// <summary>What our products say of it, for readers here; WhatsApp shows the catalogue's own words.</summary>
        public ShownProduct? Shown { get; init; }
    }

    /// <summary>Up to 30 products of the Meta catalogue in up to 10 sections.</summary>
    internal sealed record ProductList(string CatalogId, string Header, string Body, IReadOnlyList<ProductSection> Sections, string? Footer = null)
        : OutboundContent
    {
        /// <summary>What our products say of them, in any order.</summary>
        public IReadOnlyList<ShownProduct>? Shown { get; init; }
    }

    /// <summary>The whole Meta catalogue behind a button.</summary>
    internal sealed record Catalog(string Body, string? ThumbnailProductId = null, string? Footer = null) : OutboundContent;

    /// <summary>An approved template, filled in. Variables by their names: "1", "2" … or named ones, as the template has them.</summary>
    /// <param name="Name">Of the template.</param>
    /// <param name="Language">Code such as fr or en_US.</param>
    internal sealed record Template(string Name, string Language) : OutboundContent
    {
        public IReadOnlyDictionary<string, string>? Header { get; init; }

        public IReadOnlyDictionary<string, string>? Body { get; init; }

        /// <summary>Image, video or document of the header.</summary>
        public Media? HeaderMedia { get; init; }

        /// <summary>Place of the header.</summary>
        public Location? HeaderLocation { get; init; }

        /// <summary>Values of its buttons that take one.</summary>
        [JsonPropertyName("buttons")]
        public IReadOnlyList<TemplateButton>? ButtonValues { get; init; }

        /// <summary>The provider's own id of it (Twilio ContentSid); the send gate fills it in.</summary>
        public string? ProviderId { get; init; }

        /// <summary>How it reads with its variables; the send gate fills it in.</summary>
        public string? Shown { get; init; }
    }

    /// <summary>Every word of <see cref="Type"/>, in the order above.</summary>
    public static IReadOnlyCollection<string> Types => Words.Values;

    /// <summary>The word of its JSON <c>type</c>, which is also the message's.</summary>
    [JsonIgnore]
    public string Type => Words[GetType()];

    /// <summary>The file it carries, itself or in its header; null for none.</summary>
    [JsonIgnore]
    public Media? CarriedFile => this switch
    {
        Media media => media,
        Buttons buttons => buttons.HeaderMedia,
        Template template => template.HeaderMedia,
        _ => null,
    };

    /// <summary>Whether it carries a file of ours (and not a link).</summary>
    [JsonIgnore]
    public bool NamesOwnFile => CarriedFile?.MediaId is not null;

    /// <summary>What a list, a preview and a plain-text reader see of it; may be empty.</summary>
    [JsonIgnore]
    public string Readable => this switch
    {
        Text text => text.Body,
        Media media => media.Caption ?? string.Empty,
        Location place => place.Name ?? place.Address ?? FormattableString.Invariant($"{place.Latitude}, {place.Longitude}"),
        Contacts contacts => string.Join(", ", contacts.Items.Select(c => c.Name)),
        Reaction reaction => reaction.Emoji,
        Choices choices => choices.Body,
        Buttons buttons => buttons.Body,
        ChoiceList list => list.Body,
        UrlButton button => button.Body,
        LocationRequest request => request.Body,
        Product product => WithProducts(product.Body, product.Shown is { } one ? [one] : []),
        ProductList products => WithProducts(products.Body, products.Shown ?? []),
        Catalog catalog => catalog.Body,
        Template template => template.Shown ?? template.Name,
        _ => string.Empty,
    };

    private static string WithProducts(string? body, IReadOnlyList<ShownProduct> products) => string.Join(
        '\n', products.Select(p => p.Price is null ? $"• {p.Title}" : $"• {p.Title} – {p.Price}").Prepend(body).Where(line => !string.IsNullOrEmpty(line)));

    private static readonly Dictionary<Type, string> Words = typeof(OutboundContent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);
}

/// <summary>Something to tap.</summary>
/// <param name="Id">Comes back when it is tapped; 200 characters at most.</param>
/// <param name="Title">20 characters on a button, 24 on a list.</param>
/// <param name="Description">72 characters, on lists only.</param>
internal sealed record Choice(string Id, string Title, string? Description = null);

internal sealed record ChoiceSection(IReadOnlyList<Choice> Rows, string? Title = null);

/// <summary>A product of a message as it reads here.</summary>
/// <param name="Id">The retailer's: our sku.</param>
/// <param name="Title">In the conversation's language.</param>
/// <param name="Price">As customers read it, or null.</param>
internal sealed record ShownProduct(string Id, string Title, string? Price = null);

internal sealed record ProductSection(string Title, IReadOnlyList<string> ProductIds);

/// <summary>Value of one button of a template: the end of its address, the payload of a quick reply, or a coupon code.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Kind">url, quick_reply or copy_code.</param>
/// <param name="Value">What goes into it.</param>
internal sealed record TemplateButton(int Index, string Kind, string Value);

/// <summary>A contact card, in or out.</summary>
/// <param name="Name">As shown.</param>
internal sealed record ContactCard(string Name)
{
    public IReadOnlyList<ContactPhone> Phones { get; init; } = [];

    public IReadOnlyList<string> Emails { get; init; } = [];

    public string? Organisation { get; init; }
}

/// <param name="Phone">As written; E.164 when it goes out.</param>
/// <param name="Type">CELL, HOME, WORK … or null.</param>
/// <param name="WaId">WhatsApp's id when the person is there.</param>
internal sealed record ContactPhone(string Phone, string? Type = null, string? WaId = null);
