using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>What stands beside any type of message: an advertisement, a product, a group, somebody else's words passed on.</summary>
internal static class MetaSurroundings
{
    /// <summary>The content with what is beside it; still null for plain text with nothing beside it.</summary>
    public static InboundContent? Around(JsonElement message, InboundContent? content)
    {
        var context = message.Get("context"u8);
        var product = context.Get("referred_product"u8);
        var isForwarded = IsTrue(context, "forwarded"u8) || IsTrue(context, "frequently_forwarded"u8);
        var group = message.Text("group_id"u8);
        var advertisement = message.Get("referral"u8);
        if (!isForwarded && group is null && advertisement.ValueKind != JsonValueKind.Object && product.ValueKind != JsonValueKind.Object)
        {
            return content;
        }

        return (content ?? new InboundContent.Text()) with
        {
            Forwarded = isForwarded,
            GroupId = group,
            Referral = advertisement.ValueKind == JsonValueKind.Object ? Advertisement(advertisement) : null,
            Product = product.ValueKind == JsonValueKind.Object
                ? new ReferredProduct(product.Text("catalog_id"u8), product.Text("product_retailer_id"u8))
                : null,
        };
    }

    private static Referral Advertisement(JsonElement from) => new(
        from.Text("source_type"u8), from.Text("source_id"u8), from.Text("source_url"u8), from.Text("headline"u8), from.Text("body"u8),
        from.Text("media_type"u8),
        ProviderText.FirstOf(from.Text("image_url"u8), from.Text("video_url"u8), from.Text("thumbnail_url"u8)), from.Text("ctwa_clid"u8));

    private static bool IsTrue(JsonElement element, ReadOnlySpan<byte> name) => element.Get(name).ValueKind == JsonValueKind.True;
}
