using System.Text.Json;

namespace Relais.Engine.Flows;

/// <summary>What the report has to know besides the definition.</summary>
/// <param name="Sids">What flows that are here and published are called by run-subflow: sid, name or id.</param>
/// <param name="Functions">Addresses by function_sid, of the flow's settings.</param>
internal sealed record FlowSurroundings(IReadOnlySet<string> Sids, IReadOnlyDictionary<string, string> Functions)
{
    public static readonly FlowSurroundings None = new(new HashSet<string>(), new Dictionary<string, string>());
}

/// <param name="Verdict">runs, mapped, cannot_run or unknown.</param>
/// <param name="Note">Why, or to what it is mapped; null when there is nothing to say.</param>
internal sealed record FlowWidgetVerdict(string Name, string Type, string Verdict, string? Note);

/// <param name="CannotRun">With the unknown ones.</param>
internal sealed record FlowCounts(int Runs, int Mapped, int CannotRun);

/// <summary>What becomes of a definition here, widget by widget. In: any JSON; it never throws.</summary>
/// <param name="CanRun">Nothing blocks. Steps that cannot run end in a hand-off when a run comes to them.</param>
internal sealed record FlowReport(bool CanRun, IReadOnlyList<FlowWidgetVerdict> Widgets, IReadOnlyList<FlowProblem> Problems, FlowCounts Counts)
{
    public static FlowReport Of(JsonElement definition, FlowSurroundings around)
    {
        var problems = FlowReading.Problems(definition);
        List<FlowWidgetVerdict> widgets = FlowText.Problem(definition) is not null ? []
            : [.. definition.GetProperty("states").EnumerateArray().Where(s => FlowReading.Name(s) is not null).Select(s => Verdict(s, around))];
        return new FlowReport(!problems.Any(p => p.Blocks), widgets, problems, new FlowCounts(
            widgets.Count(w => w.Verdict == "runs"), widgets.Count(w => w.Verdict == "mapped"), widgets.Count(w => w.Verdict is "cannot_run" or "unknown")));
    }

    private static FlowWidgetVerdict Verdict(JsonElement state, FlowSurroundings around)
    {
        var type = Text(state, "type");
        var properties = state.TryGetProperty("properties", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var (verdict, note) = FlowWidgetTypes.Of(type) switch
        {
            FlowWidgetKind.Runs => Running(type, state, properties, around),
            FlowWidgetKind.HandOff => ("mapped", "The conversation goes to people of your team instead; what follows in the flow is not run."),
            FlowWidgetKind.Agent => ("mapped", "Relais's own AI agent takes its part and comes back with the answers."),
            FlowWidgetKind.Voice => ("cannot_run", $"{type} needs a telephone call; on WhatsApp its branch for failure is taken, or a person gets the conversation."),
            FlowWidgetKind.Conversations => ("cannot_run", $"{type} needs Twilio Conversations; its branch for failure is taken, or a person gets the conversation."),
            FlowWidgetKind.Twiml => ("cannot_run", "A TwiML document says what Twilio does next, and Relais follows none; its branch for failure is taken, or a person gets the conversation."),
            _ => ("unknown", "Relais does not know this type; its branch for failure is taken, or a person gets the conversation."),
        };
        return new FlowWidgetVerdict(FlowReading.Name(state)!, type, verdict, note);
    }

    private static (string Verdict, string? Note) Running(string type, JsonElement state, JsonElement properties, FlowSurroundings around) => type switch
    {
        "trigger" => ("runs", LeadsOn(state, "incomingCall") ? "Calls do not start it here; its branch for incomingCall is never taken." : null),
        "make-http-request" => Request(properties),
        "run-function" => Function(properties, around),
        "run-subflow" => Subflow(Text(properties, "flow_sid"), around),
        "send-message" or "send-and-wait-for-reply" when Text(properties, "content_sid") is { Length: > 0 } =>
            ("runs", "Its content template has to be among the templates of the number."),
        _ => ("runs", null),
    };

    private static (string, string?) Request(JsonElement properties)
    {
        var url = Text(properties, "url").Trim();
        return url.Length == 0 ? ("cannot_run", "It has no address to call.")
            : url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? ("cannot_run", "Only https:// addresses are called; this step would always be left by failed.")
            : Text(properties, "add_twilio_auth") is "true" || Text(properties, "send_twilio_credentials") is "true"
                ? ("mapped", "It is called without Twilio's credentials: the address has to accept that.")
            : ("runs", null);
    }

    private static (string, string?) Function(JsonElement properties, FlowSurroundings around)
    {
        var (url, sid) = (Text(properties, "url").Trim(), Text(properties, "function_sid"));
        return around.Functions.ContainsKey(sid) ? ("mapped", "The address in settings.functions is called instead of the Twilio function.")
            : url.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? ("cannot_run", "Only https:// addresses are called; this step would always be left by fail.")
            : url.Length > 0 ? ("runs", null)
            : ("cannot_run", sid.Length == 0
                ? "It has no address to call."
                : $"The function {FlowReading.Short(sid)} has no address in the definition: add one under settings.functions.");
    }

    private static (string, string?) Subflow(string sid, FlowSurroundings around) =>
        sid.Length == 0 ? ("cannot_run", "It names no flow.")
        : sid.Contains('{', StringComparison.Ordinal) ? ("runs", "Which flow it is shows when it runs.")
        : around.Sids.Contains(sid) ? ("runs", null)
        : ("cannot_run", $"The flow {FlowReading.Short(sid)} is not here, or not published: import and publish it, and this step runs.");

    private static bool LeadsOn(JsonElement state, string happening) =>
        state.TryGetProperty("transitions", out var list) && list.ValueKind == JsonValueKind.Array
        && list.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.Object && Text(t, "event") == happening && Text(t, "next").Length > 0);

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? FlowWidget.AsText(value) : "";
}
