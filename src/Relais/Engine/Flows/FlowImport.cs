using System.Text;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>
/// What somebody sends to make a flow, read: a Studio definition alone, ours around it ({name, settings, definition}), or Twilio's resource
/// ({friendly_name, sid, definition}).
/// </summary>
/// <param name="Name">As told, or null.</param>
/// <param name="Sid">Of Twilio's resource, so that other flows find it by the name they know; null elsewhere.</param>
/// <param name="Settings">As told, or null.</param>
/// <param name="Revision">The revision it takes the place of, where a draft is saved.</param>
/// <param name="Definition">The definition.</param>
internal sealed record FlowImport(string? Name, string? Sid, FlowSettingsRequest? Settings, long? Revision, JsonElement Definition)
{
    /// <summary>The characters of the definition as they came.</summary>
    public string Text => Definition.GetRawText();

    /// <summary>Null, with the field and a sentence, when it holds no definition that a draft could be.</summary>
    public static FlowImport? Read(byte[] body, out (string Field, string Sentence) wrong)
    {
        if (FlowText.Parse(body, out var unreadable) is not { } root)
        {
            wrong = ("definition", unreadable);
            return null;
        }

        var isWrapped = root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("states", out _) && root.TryGetProperty("definition", out _);
        var definition = isWrapped ? root.GetProperty("definition") : root;
        if (definition.ValueKind == JsonValueKind.String && !FlowText.HasBrokenText(definition))
        {
            // Twilio's own API takes it as text.
            definition = FlowText.Parse(Encoding.UTF8.GetBytes(definition.GetString()!), out _) ?? definition;
        }

        if (FlowText.Problem(definition) is { } problem)
        {
            wrong = ("definition", problem);
            return null;
        }

        wrong = default;
        if (!isWrapped)
        {
            return new FlowImport(null, null, null, null, definition);
        }

        try
        {
            var settings = root.TryGetProperty("settings", out var given) ? given.Deserialize<FlowSettingsRequest>(ApiJson.Options) : null;
            return new FlowImport(Word(root, "name") ?? Word(root, "friendly_name"), Sided(Word(root, "sid")), settings, Number(root, "revision"), definition);
        }
        catch (JsonException)
        {
            wrong = ("settings", "settings has a field of another type than it should be: see the API's description.");
            return null;
        }
    }

    /// <summary>The name it gets when nobody gave one: the first words of its description.</summary>
    public string? Described()
    {
        var description = Definition.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!.Trim() : "";
        return description.Length == 0 ? null : ShortText.Fit(description.Split('\n')[0].Trim(), 60);
    }

    /// <summary>As Studio: a flow whose trigger leads on from a message starts with any message that nobody else has.</summary>
    public FlowSettings Settled() => new() { Triggers = TakesMessages() ? [new FlowTrigger("message")] : [] };

    private bool TakesMessages() => Definition.GetProperty("states").EnumerateArray()
        .Where(s => s.ValueKind == JsonValueKind.Object && Word(s, "type") == "trigger" && s.TryGetProperty("transitions", out var list) && list.ValueKind == JsonValueKind.Array)
        .SelectMany(s => s.GetProperty("transitions").EnumerateArray())
        .Any(t => t.ValueKind == JsonValueKind.Object && Word(t, "event") is "incomingMessage" or "incomingConversationMessage" && Word(t, "next") is not null);

    private static long? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static string? Sided(string? sid) => sid is { Length: 34 } && sid.StartsWith("FW", StringComparison.Ordinal) && sid[2..].All(char.IsAsciiHexDigit) ? sid : null;

    private static string? Word(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !FlowText.HasBrokenText(value) && value.GetString() is { Length: > 0 } text ? text : null;
}
