using System.Text.Json;
using Relais.Simulator.Files;

namespace Relais.Simulator.Sends;

/// <summary>
/// A message in Meta's send format, checked against the limits of the Cloud API reference (messages, 2026) and read as its
/// customer would. Plain text takes the short way: it is what load tests send.
/// </summary>
internal sealed class GraphContent(SimulatorHub hub)
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;
    private const int BadMedia = 131053;

    public SendReading Read(SimulatedNumber number, SimulatedPhone? phone, string type, JsonElement content) => type switch
    {
        "text" => Text(content),
        "image" or "video" or "audio" or "document" or "sticker" => Media(number, type, content),
        "location" => Location(content),
        "contacts" => Contacts(content),
        "reaction" => Reaction(number, phone, content),
        "interactive" => InteractiveContent.Read(content, c => FileOf(number, c, ""), Holds),
        "template" => TemplateContent.Read(hub, number, content, c => FileOf(number, c, "")),
        _ => SendReading.Refused(100, "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, "
            + "TEMPLATE, TEXT, VIDEO} - got \"" + type + "\"."),
    };

    /// <summary>Catalogues that nobody put here hold whatever is asked for.</summary>
    private bool Holds(string catalog, string sku) => !hub.Catalogs.TryGetValue(catalog, out var known) || (known.IsConnected && known.Skus?.Contains(sku) != false);

    private static SendReading Text(JsonElement content)
    {
        var body = content.Str("body");
        if (body.Length is 0 or > LongestText)
        {
            return SendReading.Refused(100, body.Length == 0
                ? "The parameter text['body'] is required."
                : "Param text['body'] must be at most 4096 characters long.");
        }

        return new SendReading("text", body)
        {
            Extra = content.Is("preview_url") && FirstLink(body) is { } link
                ? new Shown { Links = [new ShownLink("preview", new Uri(link).Host, link)] } : null,
        };
    }

    private SendReading Media(SimulatedNumber number, string type, JsonElement content)
    {
        var caption = content.Str("caption");
        if (caption.Length > LongestCaption)
        {
            return SendReading.Refused(100, $"Param {type}['caption'] must be at most 1024 characters long.");
        }

        if (type is "audio" or "sticker" && content.Has("caption"))
        {
            return SendReading.Refused(100, $"Unexpected key \"caption\" on param \"{type}\".");
        }

        if (content.Has("filename") && type != "document")
        {
            return SendReading.Refused(100, $"Unexpected key \"filename\" on param \"{type}\".");
        }

        var (file, problem) = FileOf(number, content, type);
        if (problem is not null)
        {
            return new SendReading(type, caption) { Problem = problem };
        }

        var voice = content.Is("voice");
        var fits = file!.Id is null || FileTypes.Fits(type, file.MimeType);
        return new SendReading(type, caption)
        {
            Extra = new Shown
            {
                File = file with { Kind = type, IsVoice = voice, Name = content.Str("filename") is { Length: > 0 } name ? name : file.Name },
            },
            FailsLater = !fits || (voice && file.Id is not null && FileTypes.Plain(file.MimeType) != "audio/ogg") ? BadMedia : null,
        };
    }

    // One of id and link; an id must be a file of this number.
    private (ShownFile? File, SendProblem? Problem) FileOf(SimulatedNumber number, JsonElement content, string param)
    {
        var (id, link) = (content.Str("id"), content.Str("link"));
        if ((id.Length > 0) == (link.Length > 0))
        {
            return (null, new SendProblem(100, id.Length > 0
                ? $"Param {param} takes one of 'id' and 'link', not both." : $"The parameter {param}['id'] or {param}['link'] is required."));
        }

        if (link.Length > 0)
        {
            return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? (new ShownFile(param, null, FileTypes.FromName(uri!.AbsolutePath), Path.GetFileName(uri.AbsolutePath), Link: link), null)
                : (null, new SendProblem(100, $"Param {param}['link'] must be a valid URL."));
        }

        return hub.Files.Find(id) is { } file && file.Owner.Address == number.Address
            ? (new ShownFile(param, file.Id, file.MimeType, file.Filename, file.Bytes.Length), null)
            : (null, new SendProblem(100, $"Param {param}['id'] is not a valid whatsapp business account media attachment ID."));
    }

    private static SendReading Location(JsonElement content)
    {
        if (content.Num("latitude") is not (>= -90 and <= 90) || content.Num("longitude") is not (>= -180 and <= 180))
        {
            return SendReading.Refused(100, "Param location['latitude'] and location['longitude'] must be degrees.");
        }

        var (name, address) = (content.Str("name"), content.Str("address"));
        return new SendReading("location", name)
        {
            Extra = new Shown { Place = new ShownPlace(content.Num("latitude")!.Value, content.Num("longitude")!.Value, Maybe(name), Maybe(address)) },
        };
    }

    private static SendReading Contacts(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array || content.GetArrayLength() is 0 or > 257)
        {
            return SendReading.Refused(100, "Param contacts must have 1 to 257 entries.");
        }

        var cards = content.EnumerateArray().Select((c, i) => (Card: c, Index: i)).ToList();
        foreach (var (card, i) in cards)
        {
            if (card.Str("name", "formatted_name").Length == 0)
            {
                return SendReading.Refused(100, $"The parameter contacts[{i}]['name']['formatted_name'] is required.");
            }
        }

        return new SendReading("contacts", string.Join(", ", cards.Select(c => c.Card.Str("name", "formatted_name"))))
        {
            Extra = new Shown
            {
                Cards = [.. cards.Select(c => new ShownCard(
                    c.Card.Str("name", "formatted_name"), [.. c.Card.List("phones").Select(p => p.Str("phone"))], Maybe(c.Card.Str("org", "company"))))],
            },
        };
    }

    // What cannot be reacted to is found out after the send was taken.
    private static SendReading Reaction(SimulatedNumber number, SimulatedPhone? phone, JsonElement content)
    {
        var (target, emoji) = (content.Str("message_id"), content.Str("emoji"));
        if (target.Length == 0 || !content.Has("emoji"))
        {
            return SendReading.Refused(100, $"The parameter reaction['{(target.Length == 0 ? "message_id" : "emoji")}'] is required.");
        }

        if (emoji.EnumerateRunes().Any(r => System.Text.Rune.IsLetterOrDigit(r) && r.IsAscii) || emoji.EnumerateRunes().Count() > 12)
        {
            return SendReading.Refused(131009, "Param reaction['emoji'] must be one emoji.");
        }

        var known = phone?.ChatWith(number).Find(target) is { FromCustomer: true, IsDeleted: false };
        return new SendReading("reaction", emoji) { Reaction = (target, emoji), FailsLater = known ? null : 131009 };
    }

    private static string? FirstLink(string body)
    {
        var at = body.IndexOf("http", StringComparison.Ordinal);
        return at >= 0 && Uri.TryCreate(body[at..].Split(' ', '\n', '\t')[0], UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? body[at..].Split(' ', '\n', '\t')[0] : null;
    }

    private static string? Maybe(string text) => text.Length > 0 ? text : null;
}
