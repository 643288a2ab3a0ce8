using System.Text.Json.Serialization;

namespace Relais.Channels;

/// <summary>
/// What a customer sent besides words, freed of the provider: kept beside the message as JSON (snake_case, <c>type</c>) and shown
/// by the API as <c>payload</c>. Plain text has none.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Media), "media")]
[JsonDerivedType(typeof(Location), "location")]
[JsonDerivedType(typeof(Contacts), "contacts")]
[JsonDerivedType(typeof(Reaction), "reaction")]
[JsonDerivedType(typeof(ChoiceReply), "choice_reply")]
[JsonDerivedType(typeof(FlowReply), "flow_reply")]
[JsonDerivedType(typeof(Cart), "order")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(SystemNote), "system")]
[JsonDerivedType(typeof(Unsupported), "unsupported")]
internal abstract record InboundContent
{
    /// <summary>The advertisement that brought the customer, or null.</summary>
    public Referral? Referral { get; init; }

    /// <summary>True when the customer passed on somebody else's message.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Forwarded { get; init; }

    /// <summary>Product of the catalogue the message asks about, or null.</summary>
    public ReferredProduct? Product { get; init; }

    /// <summary>Group it was written in, or null.</summary>
    public string? GroupId { get; init; }

    /// <summary>Text with something beside it (an advertisement, a product, a group).</summary>
    internal sealed record Text : InboundContent;

    /// <param name="Kind">image, video, audio, document or sticker.</param>
    /// <param name="Ref">How to get it from the provider.</param>
    internal sealed record Media(string Kind, MediaRef Ref) : InboundContent
    {
        public string? Caption { get; init; }

        /// <summary>True for a voice note.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Voice { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Animated { get; init; }
    }

    internal sealed record Location(double? Latitude, double? Longitude, string? Name, string? Address, string? Url) : InboundContent;

    internal sealed record Contacts(IReadOnlyList<ContactCard> Items) : InboundContent;

    /// <param name="Emoji">Empty when it was taken back. The message it is about is in replies_to.</param>
    internal sealed record Reaction(string Emoji) : InboundContent;

    /// <param name="Kind">button, list or template.</param>
    internal sealed record ChoiceReply(string Kind, string? Id, string? Title, string? Description = null) : InboundContent;

    /// <summary>A form that was filled in.</summary>
    /// <param name="Name">flow, address_message …</param>
    /// <param name="Answers">The fields as the provider sent them, a JSON object; null when they could not be read.</param>
    internal sealed record FlowReply(string? Name, System.Text.Json.JsonElement? Answers) : InboundContent;

    internal sealed record Cart(string? CatalogId, string? Note, IReadOnlyList<CartItem> Items) : InboundContent;

    /// <summary>The customer changed an earlier message (replies_to) to what this one says.</summary>
    internal sealed record Edit : InboundContent;

    /// <summary>The customer deleted an earlier message (replies_to).</summary>
    internal sealed record Revoke : InboundContent;

    /// <param name="Event">number_changed, user_id_changed, identity_changed or the provider's own word.</param>
    internal sealed record SystemNote(string Event) : InboundContent
    {
        /// <summary>Who the customer is from now on, as far as the provider says.</summary>
        public SenderIdentity? Now { get; init; }
    }

    /// <summary>A type nobody can read (yet).</summary>
    /// <param name="Kind">The provider's word for it.</param>
    /// <param name="Code">The provider's error code, if it gave one.</param>
    /// <param name="Reason">The provider's words, if any.</param>
    internal sealed record Unsupported(string Kind, int? Code = null, string? Reason = null) : InboundContent;
}

/// <summary>A file the provider holds for us.</summary>
/// <param name="ProviderRef">Meta: media id. Twilio: the media's URL.</param>
/// <param name="MimeType">As claimed, parameters and all, e.g. <c>audio/ogg; codecs=opus</c>; null when not told.</param>
/// <param name="Sha256">As claimed (hex or Base64), or null.</param>
/// <param name="Filename">As the customer's file is named, or null.</param>
internal sealed record MediaRef(string? ProviderRef, string? MimeType, string? Sha256, string? Filename)
{
    /// <summary>Our id of the file once the message is stored; null before.</summary>
    public long? MediaId { get; init; }
}

/// <param name="ProductId">The retailer's id of it.</param>
/// <param name="Quantity">1 when not told.</param>
/// <param name="Price">One item's price as the provider wrote it, e.g. 12.5; null when not told.</param>
/// <param name="Currency">ISO 4217, or null.</param>
internal sealed record CartItem(string ProductId, long Quantity, decimal? Price, string? Currency);

/// <summary>The advertisement or post a customer came from (click-to-WhatsApp).</summary>
internal sealed record Referral(string? SourceType, string? SourceId, string? SourceUrl, string? Headline, string? Body, string? MediaType, string? MediaUrl, string? ClickId);

internal sealed record ReferredProduct(string? CatalogId, string? ProductId);
