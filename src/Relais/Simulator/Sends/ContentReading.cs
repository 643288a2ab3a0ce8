using System.Globalization;
using System.Text.Json.Nodes;
using Relais.Simulator.Templates;

namespace Relais.Simulator.Sends;

/// <summary>A Content resource with its variables, as the customer sees it.</summary>
internal static class ContentReading
{
    public static SendReading Of(TwilioContent content, IReadOnlyDictionary<string, string> values)
    {
        var (type, c) = content.Shown;
        string Said(JsonNode? node, string key) => Placeholders.Fill(MetaTemplate.Said(node, key), values);
        IEnumerable<JsonObject> Each(string key) => c[key] is JsonArray list ? list.OfType<JsonObject>() : [];
        var body = Said(c, "body") is { Length: > 0 } text ? text : Said(c, "title");
        var template = content.IsApproved ? content.TemplateName : null;
        var extra = new Shown
        {
            Template = template,
            Header = Maybe(Said(c, "header_text")) ?? (body != Said(c, "title") ? Maybe(Said(c, "title")) : null),
            Footer = Maybe(Said(c, "footer")) ?? Maybe(Said(c, "subtitle")),
            File = Media(c, values),
        };
        var word = content.IsApproved ? "template" : "interactive";
        switch (type)
        {
            case "twilio/text":
                return new SendReading(content.IsApproved ? "template" : "text", body) { Extra = template is null ? null : extra };
            case "twilio/media":
                return new SendReading(content.IsApproved ? "template" : "media", body) { Extra = extra };
            case "twilio/location":
                var label = Said(c, "label");
                return new SendReading("location", label)
                {
                    Extra = new Shown { Place = new ShownPlace(Degrees(c, "latitude", values), Degrees(c, "longitude", values), Maybe(label), Maybe(Said(c, "address"))) },
                };
            case "twilio/list-picker":
                return new SendReading(word, body)
                {
                    Extra = extra with { ListButton = Said(c, "button") },
                    Choices = [.. Each("items").Select(i => new Choice(Said(i, "id"), Said(i, "item"), Maybe(Said(i, "description")), Kind: "row"))],
                };
            default:
                var actions = Each("actions").Select(a => (Type: MetaTemplate.Said(a, "type"), Action: a)).ToList();
                return new SendReading(word, body)
                {
                    Extra = extra with
                    {
                        Links = [.. actions.Where(a => a.Type is "URL" or "PHONE_NUMBER" or "COPY_CODE").Select(a => a.Type switch
                        {
                            "URL" => new ShownLink("url", Said(a.Action, "title"), Said(a.Action, "url")),
                            "PHONE_NUMBER" => new ShownLink("phone", Said(a.Action, "title"), Said(a.Action, "phone")),
                            _ => new ShownLink("code", Said(a.Action, "title"), Said(a.Action, "code")),
                        })],
                    },
                    Choices = [.. actions.Where(a => a.Type is "QUICK_REPLY" or "" && a.Action.ContainsKey("title")).Select(a =>
                        new Choice(Said(a.Action, "id") is { Length: > 0 } id ? id : Said(a.Action, "title"), Said(a.Action, "title"),
                            Kind: content.IsApproved ? "template" : "button"))],
                };
        }
    }

    private static ShownFile? Media(JsonObject c, IReadOnlyDictionary<string, string> values)
    {
        var first = c["media"] is JsonArray { Count: > 0 } list ? list[0] : c["media"];
        return first is JsonValue value && value.TryGetValue<string>(out var link)
            ? new ShownFile("document", null, "application/octet-stream", Link: Placeholders.Fill(link, values)) : null;
    }

    private static double Degrees(JsonObject c, string key, IReadOnlyDictionary<string, string> values) =>
        double.TryParse(Placeholders.Fill(c[key]?.ToString() ?? "", values), CultureInfo.InvariantCulture, out var degrees) ? degrees : 0;

    private static string? Maybe(string text) => text.Length > 0 ? text : null;
}
