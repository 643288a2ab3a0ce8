using System.Text.Json;

namespace Relais.Engine.Flows;

/// <summary>
/// A Twilio Studio flow definition as the engine reads it. In: its JSON, whose shape <c>FlowReading</c> has checked. What the engine does
/// not know stays in the JSON, which is what is stored, shown and exported; nothing is ever written back from here.
/// Source: shared/protocol/twilio-studio.md, https://www.twilio.com/docs/studio/rest-api/v2/schemas.
/// </summary>
/// <param name="Description">Of the whole flow, or null.</param>
/// <param name="InitialState">Name of the widget it begins at, nearly always "Trigger".</param>
/// <param name="Widgets">By name; names are case-sensitive.</param>
internal sealed record FlowDefinition(string? Description, string InitialState, IReadOnlyDictionary<string, FlowWidget> Widgets)
{
    /// <summary>Whether it sends templates by their provider's id.</summary>
    public bool SendsTemplates { get; } = Widgets.Values.Any(w => w.Text("content_sid") is { Length: > 0 });

    public FlowWidget? Find(string? name) => name is { Length: > 0 } ? Widgets.GetValueOrDefault(name) : null;

    /// <summary>Reads what <c>FlowReading.Problems</c> found nothing wrong with.</summary>
    public static FlowDefinition Read(JsonElement json) => new(
        Text(json, "description"), json.GetProperty("initial_state").GetString()!,
        json.GetProperty("states").EnumerateArray().Select(Widget).ToDictionary(w => w.Name, StringComparer.Ordinal));

    /// <summary>The same from text; null for what is no definition.</summary>
    public static FlowDefinition? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static FlowWidget Widget(JsonElement state) => new(
        state.GetProperty("name").GetString()!, state.GetProperty("type").GetString()!,
        [.. Items(state, "transitions").Select(t => new FlowTransition(
            Text(t, "event") ?? "", Text(t, "next"), [.. Items(t, "conditions").Select(Condition)]))],
        state.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties.Clone() : Empty);

    private static FlowCondition Condition(JsonElement c) => new(
        Text(c, "friendly_name"), [.. Items(c, "arguments").Select(FlowWidget.AsText)], Text(c, "type") ?? "",
        c.TryGetProperty("value", out var value) ? FlowWidget.AsText(value) : "");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind is JsonValueKind.Object or JsonValueKind.String or JsonValueKind.Number) : [];

    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement.Clone();
}

/// <summary>One step of a flow ("state" in the JSON, "widget" to people).</summary>
/// <param name="Name">Unique in its flow.</param>
/// <param name="Type">send-message, split-based-on …</param>
/// <param name="Transitions">In the order of the JSON; among several of one event the first that fits counts.</param>
/// <param name="Properties">An object; may hold anything.</param>
internal sealed record FlowWidget(string Name, string Type, IReadOnlyList<FlowTransition> Transitions, JsonElement Properties)
{
    /// <summary>Where an event leads: null ends the run, as does a missing transition.</summary>
    /// <param name="happening">As in the JSON; "match#2" is the second match.</param>
    public string? Next(string happening)
    {
        var mark = happening.IndexOf('#', StringComparison.Ordinal);
        var (name, place) = mark > 0 && int.TryParse(happening.AsSpan(mark + 1), out var number) ? (happening[..mark], number - 1) : (happening, 0);
        return Transitions.Where(t => t.Event == name).ElementAtOrDefault(place)?.Next is { Length: > 0 } next ? next : null;
    }

    public bool Has(string happening) => Transitions.Any(t => t.Event == happening);

    /// <summary>A property as text, whether it was written as a string, a number or a boolean; null when it is missing or null.</summary>
    public string? Text(string property) => Properties.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? AsText(value) : null;

    /// <summary>Objects of a list property; empty when it is none.</summary>
    public IEnumerable<JsonElement> Items(string property) =>
        Properties.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    /// <summary>An object among the properties, or null.</summary>
    public JsonElement? Object(string property) =>
        Properties.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static string AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}

/// <param name="Event">incomingMessage, sent, match …</param>
/// <param name="Next">Name of the next widget; null or "" ends the run.</param>
/// <param name="Conditions">Of a match, all of them have to hold; empty for other events.</param>
internal sealed record FlowTransition(string Event, string? Next, IReadOnlyList<FlowCondition> Conditions);

/// <param name="FriendlyName">As the editor shows it.</param>
/// <param name="Arguments">Liquid; the first counts.</param>
/// <param name="Type">equal_to, matches_any_of … (17 of them).</param>
/// <param name="Value">Liquid too.</param>
internal sealed record FlowCondition(string? FriendlyName, IReadOnlyList<string> Arguments, string Type, string Value);
