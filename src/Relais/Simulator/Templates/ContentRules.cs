using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>What Twilio's Content API refuses of a resource (content-types overview, 2026). Answers a sentence, or null.</summary>
internal static class ContentRules
{
    private static readonly string[] Known =
    [
        "twilio/text", "twilio/media", "twilio/quick-reply", "twilio/call-to-action", "twilio/list-picker", "twilio/location", "twilio/card",
        "twilio/carousel", "twilio/catalog", "twilio/flows", "whatsapp/card", "whatsapp/authentication", "whatsapp/flows",
    ];

    public static string? Check(JsonObject body)
    {
        if (MetaTemplate.Said(body, "language").Length == 0)
        {
            return "language is required.";
        }

        if (body["types"] is not JsonObject { Count: > 0 } types)
        {
            return "types is required.";
        }

        if (body["variables"] is JsonObject variables && (variables.Count > 100 || variables.Any(v => v.Value is not JsonValue s || !s.TryGetValue<string>(out _))))
        {
            return "variables must be at most 100 strings.";
        }

        foreach (var (type, content) in types)
        {
            if (!Known.Contains(type) || content is not JsonObject c)
            {
                return $"types.{type} is not a content type.";
            }

            if (Of(type, c) is { } problem)
            {
                return $"types.{type}.{problem}";
            }
        }

        return null;
    }

    private static string? Of(string type, JsonObject c) => type switch
    {
        "twilio/text" => Body(c, 1600),
        "twilio/media" => c["media"] is JsonArray { Count: > 0 } ? c["body"] is null ? null : Body(c, 1024) : "media is required.",
        "twilio/quick-reply" => Body(c, 1024) ?? Items(c, "actions", 10)
            ?? Each(c, "actions", a => Long(a, "title", 25) ?? (MetaTemplate.Said(a, "id").Length > 200 ? "id has at most 200 characters." : null)),
        "twilio/call-to-action" => Body(c, 1024) ?? Items(c, "actions", 10) ?? Each(c, "actions", a => Long(a, "title", 25)),
        "twilio/list-picker" => Body(c, 1024) ?? Long(c, "button", 20) ?? Items(c, "items", 10)
            ?? Each(c, "items", i => Long(i, "item", 24) ?? (MetaTemplate.Said(i, "description").Length > 72 ? "description has at most 72 characters." : null)
                ?? Long(i, "id", 200)),
        "twilio/location" => c["latitude"] is null || c["longitude"] is null ? "latitude and longitude are required." : null,
        _ => null,
    };

    private static string? Body(JsonObject c, int most) => Long(c, "body", most);

    private static string? Long(JsonObject c, string key, int most) =>
        MetaTemplate.Said(c, key).Length is var length && (length == 0 || length > most) ? $"{key} must have 1 to {most} characters." : null;

    private static string? Items(JsonObject c, string key, int most) =>
        c[key] is JsonArray { Count: > 0 } list && list.Count <= most ? null : $"{key} must have 1 to {most} entries.";

    private static string? Each(JsonObject c, string key, Func<JsonObject, string?> check) => ((JsonArray)c[key]!)
        .Select((item, i) => item is JsonObject o ? check(o) is { } problem ? $"{key}[{i}].{problem}" : null : $"{key}[{i}] must be an object.")
        .FirstOrDefault(problem => problem is not null);
}
