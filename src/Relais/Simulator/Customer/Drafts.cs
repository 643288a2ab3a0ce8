using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Simulator.Files;

namespace Relais.Simulator.Customer;

/// <summary>
/// Every kind of message a customer can send, in both providers' shapes (Meta: webhooks/reference/messages; Twilio: the
/// parameters of incoming WhatsApp messages).
/// </summary>
internal static class Drafts
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Draft Text(string text) => new("text", text, new JsonObject { ["body"] = text });

    /// <param name="kind">image, video, audio, voice, document or sticker.</param>
    /// <param name="file">Kept at Meta; Twilio keeps its own under the message.</param>
    /// <param name="downloadUrl">Where Meta has it for the next five minutes.</param>
    /// <param name="caption">Not for audio and stickers.</param>
    public static Draft Media(string kind, SimulatedFile file, string downloadUrl, string? caption)
    {
        var type = kind == "voice" ? "audio" : kind;
        var content = new JsonObject();
        if (caption is { Length: > 0 })
        {
            content["caption"] = caption;
        }

        if (type == "document")
        {
            content["filename"] = file.Filename ?? "document";
        }

        content["mime_type"] = file.MimeType;
        content["sha256"] = file.Sha256OfWebhook;
        content["id"] = file.Id;
        content["url"] = downloadUrl;
        if (type == "audio")
        {
            content["voice"] = kind == "voice";
        }
        else if (type == "sticker")
        {
            content["animated"] = false;
        }

        return new Draft(type, caption ?? "", content)
        {
            File = file,
            Extra = new Shown { File = new ShownFile(type, file.Id, file.MimeType, file.Filename, file.Bytes.Length, kind == "voice") },
        };
    }

    public static Draft Location(double latitude, double longitude, string? name, string? address)
    {
        var content = new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude };
        List<KeyValuePair<string, string>> form =
        [
            new("Latitude", latitude.ToString(CultureInfo.InvariantCulture)), new("Longitude", longitude.ToString(CultureInfo.InvariantCulture)),
        ];
        if (name is { Length: > 0 })
        {
            content["name"] = name;
            form.Add(new("Label", name));
        }

        if (address is { Length: > 0 })
        {
            content["address"] = address;
            form.Add(new("Address", address));
        }

        return new Draft("location", name ?? "", content)
        {
            TwilioBody = "", Form = form, Extra = new Shown { Place = new ShownPlace(latitude, longitude, name, address) },
        };
    }

    public static Draft Contacts(IReadOnlyList<ShownCard> cards)
    {
        var content = new JsonArray([.. cards.Select(card =>
        {
            var contact = new JsonObject
            {
                ["name"] = new JsonObject { ["formatted_name"] = card.Name, ["first_name"] = card.Name.Split(' ')[0] },
                ["phones"] = new JsonArray([.. card.Phones.Select(p => (JsonNode)new JsonObject { ["phone"] = p, ["wa_id"] = E164.Digits(p), ["type"] = "CELL" })]),
            };
            if (card.Organisation is not null)
            {
                contact["org"] = new JsonObject { ["company"] = card.Organisation };
            }

            return (JsonNode)contact;
        })]);
        var vcard = string.Concat(cards.Select(card => $"BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{card.Name};;;\r\nFN:{card.Name}\r\n"
            + string.Concat(card.Phones.Select(p => $"TEL;type=CELL;type=VOICE;waid={E164.Digits(p)}:{p}\r\n"))
            + (card.Organisation is null ? "" : $"ORG:{card.Organisation}\r\n") + "END:VCARD\r\n"));
        return new Draft("contacts", string.Join(", ", cards.Select(c => c.Name)), content)
        {
            TwilioBody = "", VCard = Encoding.UTF8.GetBytes(vcard), Extra = new Shown { Cards = cards },
        };
    }

    public static Draft Reaction(string target, string emoji)
    {
        var content = new JsonObject { ["message_id"] = target };
        if (emoji.Length > 0)
        {
            content["emoji"] = emoji;
        }

        return new Draft("reaction", emoji, content) { IsBubble = false };
    }

    /// <summary>What was tapped: a reply button, a list's row or a template's quick reply.</summary>
    public static Draft Tap(Choice choice, string? repliesTo)
    {
        var reply = new JsonObject { ["id"] = choice.Id, ["title"] = choice.Title };
        var beside = new Beside(repliesTo);
        List<KeyValuePair<string, string>> button = [new("ButtonText", choice.Title), new("ButtonPayload", choice.Id)];
        if (choice.Kind == "template")
        {
            return new Draft("button", choice.Title, new JsonObject { ["payload"] = choice.Id, ["text"] = choice.Title }) { Form = button, Beside = beside };
        }

        if (choice.Kind != "row")
        {
            return new Draft("interactive", choice.Title, new JsonObject { ["type"] = "button_reply", ["button_reply"] = reply })
            {
                TwilioType = "button", Form = button, Beside = beside,
            };
        }

        List<KeyValuePair<string, string>> row = [new("ListId", choice.Id), new("ListTitle", choice.Title)];
        if (choice.Description is not null)
        {
            reply["description"] = choice.Description;
            row.Add(new("ListDescription", choice.Description));
        }

        return new Draft("interactive", choice.Title, new JsonObject { ["type"] = "list_reply", ["list_reply"] = reply }) { Form = row, Beside = beside };
    }

    /// <summary>A form that was filled in; <paramref name="answers"/> as the flow names its fields.</summary>
    public static Draft FlowReply(JsonObject answers, string? repliesTo)
    {
        var json = answers.ToJsonString(Relaxed);
        return new Draft("interactive", "", new JsonObject
        {
            ["type"] = "nfm_reply",
            ["nfm_reply"] = new JsonObject { ["name"] = "flow", ["body"] = "Sent", ["response_json"] = json },
        })
        {
            TwilioBody = "", Form = [new("InteractiveData", json), new("FlowData", json)], Beside = new Beside(repliesTo),
            Extra = new Shown { Links = [new ShownLink("flow", "", json)] },
        };
    }

    public static Draft Order(IReadOnlyList<CartLine> lines, string note, string catalogId) => new("order", note, new JsonObject
    {
        ["catalog_id"] = catalogId,
        ["text"] = note,
        ["product_items"] = new JsonArray([.. lines.Select(l => (JsonNode)new JsonObject
        {
            ["product_retailer_id"] = l.ProductId, ["quantity"] = l.Quantity, ["item_price"] = l.Price, ["currency"] = l.Currency,
        })]),
    })
    {
        Extra = new Shown { Products = [.. lines.Select(l => new ShownProduct(l.ProductId, null, l.Quantity, l.Price, l.Currency))] },
    };

    public static Draft Edit(string original, string text) => new("edit", text, new JsonObject
    {
        ["original_message_id"] = original,
        ["message"] = new JsonObject { ["context"] = new JsonObject { ["id"] = "M0" }, ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } },
    })
    {
        IsBubble = false,
    };

    public static Draft Revoke(string original) =>
        new("revoke", "", new JsonObject { ["original_message_id"] = original }) { IsBubble = false };

    public static Draft NumberChange(string name, string oldWaId, string newWaId) => new("system", "", new JsonObject
    {
        ["body"] = $"User {name} changed from {oldWaId} to {newWaId}", ["wa_id"] = newWaId, ["type"] = "user_changed_number",
    })
    {
        HasNoContact = true, IsBubble = false,
    };

    /// <summary>What the API cannot carry: a poll, a view-once picture …</summary>
    public static Draft Unsupported(string kind) => new("unsupported", "", new JsonObject { ["type"] = kind })
    {
        TwilioBody = "",
        More = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = 131051, ["title"] = "Message type unknown", ["message"] = "Message type unknown",
                ["error_data"] = new JsonObject { ["details"] = "Message type is currently not supported." },
            }),
        },
    };
}
