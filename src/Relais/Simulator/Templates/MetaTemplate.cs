using System.Text.Json.Nodes;

namespace Relais.Simulator.Templates;

/// <summary>A template of a WhatsApp Business Account, one language.</summary>
internal sealed class MetaTemplate(string id, string account, string name, string language)
{
    public string Id { get; } = id;

    public string Account { get; } = account;

    public string Name { get; } = name;

    /// <summary>As the API has it, e.g. en_US; webhooks write en-US.</summary>
    public string Language { get; } = language;

    /// <summary>AUTHENTICATION, MARKETING or UTILITY.</summary>
    public string Category { get; set; } = "UTILITY";

    /// <summary>PENDING, APPROVED, REJECTED, PAUSED, DISABLED …</summary>
    public string Status { get; set; } = "PENDING";

    /// <summary>GREEN, YELLOW, RED or UNKNOWN.</summary>
    public string Quality { get; set; } = "UNKNOWN";

    /// <summary>Why it was rejected, e.g. INVALID_FORMAT; null otherwise.</summary>
    public string? Reason { get; set; }

    public bool IsNamed { get; set; }

    /// <summary>As created, types in capitals.</summary>
    public JsonArray Components { get; set; } = [];

    public JsonObject? Component(string type) => Components.OfType<JsonObject>().FirstOrDefault(c => Said(c, "type") == type);

    public IEnumerable<JsonObject> Buttons => Component("BUTTONS")?["buttons"] is JsonArray buttons ? buttons.OfType<JsonObject>() : [];

    /// <summary>The string under a key, or empty.</summary>
    public static string Said(JsonNode? node, string key) =>
        node is JsonObject o && o[key] is JsonValue v && v.TryGetValue<string>(out var text) ? text : "";
}
