using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Relais.Simulator.Templates;

namespace Relais.Simulator.Sends;

/// <summary>A message in Twilio's form, checked and read as its customer would: text, a file, a place, or a Content resource.</summary>
internal sealed class TwilioSend(SimulatorHub hub, LinkFetch links)
{
    private const int LongestBody = 1600;
    private const int OutsideTheWindow = 63016;
    private const int FileNotFetched = 63019;
    private const int FileNotTaken = 63005;

    public async Task<SendReading> Read(
        SimulatedNumber number, SimulatedPhone? phone, Dictionary<string, StringValues> form, CancellationToken cancel)
    {
        var body = Text(form, "Body") ?? "";
        var inWindow = hub.IsInWindow(phone, number);
        if (form.ContainsKey("ContentSid"))
        {
            return await Content(number, form, inWindow, cancel);
        }

        if (form.ContainsKey("ContentVariables"))
        {
            return SendReading.Refused(21654, "ContentSid is required when ContentVariables is given.");
        }

        if (body.Length > LongestBody)
        {
            return SendReading.Refused(21617, "The concatenated message body exceeds the 1600 character limit");
        }

        if (form.TryGetValue("PersistentAction", out var actions) && actions.FirstOrDefault(a => a?.StartsWith("geo:", StringComparison.Ordinal) == true) is { } geo)
        {
            return Place(geo[4..], body) with { FailsLater = inWindow ? null : OutsideTheWindow };
        }

        if (form.TryGetValue("MediaUrl", out var urls))
        {
            return await Media(number, urls, body, inWindow, cancel);
        }

        return body.Length == 0
            ? SendReading.Refused(21602, "Message body is required.")
            : new SendReading("text", body) { FailsLater = inWindow ? null : OutsideTheWindow };
    }

    private async Task<SendReading> Media(SimulatedNumber number, StringValues urls, string body, bool inWindow, CancellationToken cancel)
    {
        if (urls.Count > 1)
        {
            return SendReading.Refused(21623, "WhatsApp takes one media per message.");
        }

        if (!Uri.TryCreate(urls[0], UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https"))
        {
            return SendReading.Refused(21620, "Invalid media URL(s)");
        }

        if (await links.Fetch(number, link, cancel) is not { } file)
        {
            return new SendReading("media", body) { FailsLater = FileNotFetched };
        }

        return new SendReading(file.Kind, body)
        {
            Extra = new Shown { File = file },
            FailsLater = !inWindow ? OutsideTheWindow : file.MimeType is "image/svg+xml" or "text/html" ? FileNotTaken : null,
        };
    }

    private static SendReading Place(string geo, string body)
    {
        var (where, label) = geo.Split('|', 2) is [var first, var rest] ? (first, rest) : (geo, "");
        var parts = where.Split(',');
        return parts.Length == 2 && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var latitude)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var longitude) && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new SendReading("location", label.Length > 0 ? label : body) { Extra = new Shown { Place = new ShownPlace(latitude, longitude, label.Length > 0 ? label : null, body.Length > 0 ? body : null) } }
            : SendReading.Refused(21620, "PersistentAction geo must be geo:latitude,longitude|label.");
    }

    private async Task<SendReading> Content(
        SimulatedNumber number, Dictionary<string, StringValues> form, bool inWindow, CancellationToken cancel)
    {
        if (hub.Contents.Find(Text(form, "ContentSid")) is not { } content || content.Account != number.Account)
        {
            return SendReading.Refused(21655, "The ContentSid is invalid.");
        }

        if (form.ContainsKey("MediaUrl") || Text(form, "Body") is { Length: > 0 })
        {
            return SendReading.Refused(20001, "Body and MediaUrl cannot be sent with ContentSid.");
        }

        if (Variables(Text(form, "ContentVariables"), content) is not { } values)
        {
            return SendReading.Refused(21656, "The ContentVariables Parameter is invalid.");
        }

        if (content.Status is "paused" or "disabled" or "rejected" && !inWindow)
        {
            return new SendReading("template", content.FriendlyName)
            {
                FailsLater = content.Status switch { "rejected" => 63040, "paused" => 63041, _ => 63042 },
            };
        }

        var reading = ContentReading.Of(content, values);
        if (reading.Extra?.File?.Link is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri))
        {
            reading = await links.Fetch(number, uri, cancel) is { } file
                ? reading with { Type = reading.Type == "media" ? file.Kind : reading.Type, Extra = reading.Extra with { File = file } }
                : reading with { FailsLater = FileNotFetched };
        }

        return inWindow || content.IsApproved ? reading : reading with { FailsLater = OutsideTheWindow };
    }

    // A JSON object whose values are strings that say something; what is left out takes the sample.
    private static Dictionary<string, string>? Variables(string? json, TwilioContent content)
    {
        var values = content.Variables.ToDictionary(v => v.Key, v => v.Value!.GetValue<string>(), StringComparer.Ordinal);
        if (json is null)
        {
            return values;
        }

        try
        {
            if (JsonNode.Parse(json) is not JsonObject given)
            {
                return null;
            }

            foreach (var (key, value) in given)
            {
                if (value is not JsonValue v || !v.TryGetValue<string>(out var text) || text.Length == 0)
                {
                    return null;
                }

                values[key] = text;
            }

            return values;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var value) ? value[0] : null;
}
