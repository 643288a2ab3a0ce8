using System.Diagnostics;
using System.Text.Json;
using static Relais.Channels.OutboundContent;

namespace Relais.Channels.Meta;

/// <summary>What can be tapped, as Meta's <c>interactive</c> object. Choices are laid out by the caller.</summary>
internal static class MetaBodyInteractive
{
    public static void Write(Utf8JsonWriter json, OutboundContent content, OutboundMessage message)
    {
        json.WriteStartObject("interactive"u8);
        switch (content)
        {
            case Buttons buttons:
                json.WriteString("type"u8, "button"u8);
                Header(json, buttons, message);
                Around(json, buttons.Body, buttons.Footer);
                ReplyButtons(json, buttons);
                break;
            case ChoiceList list:
                json.WriteString("type"u8, "list"u8);
                Header(json, list.Header);
                Around(json, list.Body, list.Footer);
                Sections(json, list);
                break;
            case UrlButton button:
                json.WriteString("type"u8, "cta_url"u8);
                Header(json, button.Header);
                Around(json, button.Body, button.Footer);
                Action(json, "cta_url"u8, "display_text"u8, button.Label, "url"u8, button.Url);
                break;
            case LocationRequest request:
                json.WriteString("type"u8, "location_request_message"u8);
                Around(json, request.Body, null);
                Action(json, "send_location"u8);
                break;
            case Catalog catalog:
                json.WriteString("type"u8, "catalog_message"u8);
                Around(json, catalog.Body, catalog.Footer);
                Action(json, "catalog_message"u8, "thumbnail_product_retailer_id"u8, catalog.ThumbnailProductId);
                break;
            case Product product:
                json.WriteString("type"u8, "product"u8);
                Around(json, product.Body, product.Footer);
                json.WriteStartObject("action"u8);
                json.Words("catalog_id"u8, product.CatalogId);
                json.Words("product_retailer_id"u8, product.ProductId);
                json.WriteEndObject();
                break;
            case ProductList list:
                json.WriteString("type"u8, "product_list"u8);
                Header(json, list.Header);
                Around(json, list.Body, list.Footer);
                Products(json, list);
                break;
            default:
                throw new UnreachableException(content.GetType().Name);
        }

        json.WriteEndObject();
    }

    private static void Header(Utf8JsonWriter json, Buttons buttons, OutboundMessage message)
    {
        if (buttons.HeaderMedia is not { } media)
        {
            Header(json, buttons.Header);
            return;
        }

        json.WriteStartObject("header"u8);
        json.WriteString("type"u8, media.Type);
        json.WriteStartObject(media.Type);
        MetaBody.File(json, media, message);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Header(Utf8JsonWriter json, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteStartObject("header"u8);
            json.WriteString("type"u8, "text"u8);
            json.Words("text"u8, text);
            json.WriteEndObject();
        }
    }

    private static void Around(Utf8JsonWriter json, string? body, string? footer)
    {
        Part(json, "body"u8, body);
        Part(json, "footer"u8, footer);
    }

    private static void Part(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteStartObject(name);
            json.Words("text"u8, text);
            json.WriteEndObject();
        }
    }

    private static void ReplyButtons(Utf8JsonWriter json, Buttons buttons)
    {
        json.WriteStartObject("action"u8);
        json.WriteStartArray("buttons"u8);
        foreach (var item in buttons.Items)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "reply"u8);
            json.WriteStartObject("reply"u8);
            json.Words("id"u8, item.Id);
            json.Words("title"u8, item.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Sections(Utf8JsonWriter json, ChoiceList list)
    {
        json.WriteStartObject("action"u8);
        json.Words("button"u8, list.Button);
        json.WriteStartArray("sections"u8);
        foreach (var section in list.Sections)
        {
            json.WriteStartObject();
            json.Words("title"u8, section.Title);
            json.WriteStartArray("rows"u8);
            foreach (var row in section.Rows)
            {
                json.WriteStartObject();
                json.Words("id"u8, row.Id);
                json.Words("title"u8, row.Title);
                json.Words("description"u8, row.Description);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Products(Utf8JsonWriter json, ProductList list)
    {
        json.WriteStartObject("action"u8);
        json.Words("catalog_id"u8, list.CatalogId);
        json.WriteStartArray("sections"u8);
        foreach (var section in list.Sections)
        {
            json.WriteStartObject();
            json.Words("title"u8, section.Title);
            json.WriteStartArray("product_items"u8);
            foreach (var product in section.ProductIds)
            {
                json.WriteStartObject();
                json.Words("product_retailer_id"u8, product);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Action(
        Utf8JsonWriter json, ReadOnlySpan<byte> action, ReadOnlySpan<byte> first = default, string? firstValue = null,
        ReadOnlySpan<byte> second = default, string? secondValue = null)
    {
        json.WriteStartObject("action"u8);
        json.WriteString("name"u8, action);
        if (!string.IsNullOrEmpty(firstValue))
        {
            json.WriteStartObject("parameters"u8);
            json.Words(first, firstValue);
            json.Words(second, secondValue);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
