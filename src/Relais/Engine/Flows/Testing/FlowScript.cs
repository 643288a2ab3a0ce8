using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows.Testing;

/// <summary>A conversation as a script, and what has to come of it.</summary>
/// <param name="Messages">What the customer does, in order: a text, {"choice": id} for a tap, {"wait": true} for silence until the time is over. The first starts the flow.</param>
/// <param name="Http">What calls of steps are answered with, by the step's name; 200 and {} for the others.</param>
/// <param name="Expects">What has to hold once all is said.</param>
/// <param name="Parameters">Starts the flow as the API would, with these; the messages then answer it.</param>
/// <param name="Language">fr, ar or en; French unless told.</param>
internal sealed record FlowScript(
    IReadOnlyList<JsonElement>? Messages, IReadOnlyDictionary<string, FlowScriptAnswer?>? Http, IReadOnlyList<FlowScriptExpectation?>? Expects,
    JsonElement? Parameters = null, string? Language = null)
{
    public const int MostMessages = 60;
    private const int MostExpectations = 60;
    private const int LongestMessage = 4096;
    private const int LongestAnswer = 64 * 1024;

    /// <summary>Null when it can be played; otherwise the field and a sentence.</summary>
    public (string Field, string Sentence)? Problem() =>
        (Messages?.Count ?? 0) > MostMessages ? ("messages", $"messages are at most {MostMessages}.")
        : Messages?.Any(m => FlowScriptMessage.Read(m) is null) ?? false
            ? ("messages", $"A message is a text of at most {LongestMessage} characters, {{\"choice\": id}} or {{\"wait\": true}}.")
        : Parameters is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } ? ("parameters", "parameters are an object.")
        : Language is not (null or "fr" or "ar" or "en") ? ("language", "language is fr, ar or en.")
        : Http is { Count: > 100 } || (Http?.Values.Any(a => a is null || a.Status is < 100 or > 599 || (a.Body?.GetRawText().Length ?? 0) > LongestAnswer) ?? false)
            ? ("http", "http holds {status, body} by the name of a step; status is from 100 to 599, or null for no answer.")
        : Expects is { Count: > MostExpectations } || (Expects?.Any(e => e is null || e.IsEmpty || e.Variables is { ValueKind: not JsonValueKind.Object }) ?? false)
            ? ("expects", $"expects are at most {MostExpectations} objects with says, step, ended, handed_off or variables.")
        : HasBrokenText() ? ("messages", "A text of the script holds half a character (a lone \\ud8xx escape).")
        : null;

    public string ToJson() => JsonSerializer.Serialize(this, ApiJson.Options);

    public static FlowScript Read(string json) => JsonSerializer.Deserialize<FlowScript>(json, ApiJson.Options)!;

    private bool HasBrokenText() =>
        (Messages?.Any(FlowText.HasBrokenText) ?? false) || (Parameters is { } parameters && FlowText.HasBrokenText(parameters))
        || (Http?.Values.Any(a => a?.Body is { } body && FlowText.HasBrokenText(body)) ?? false)
        || (Expects?.Any(e => e?.Variables is { } variables && FlowText.HasBrokenText(variables)) ?? false);
}

/// <param name="Status">HTTP status; null: no answer comes.</param>
/// <param name="Body">JSON; a text is sent as it stands.</param>
internal sealed record FlowScriptAnswer(int? Status, JsonElement? Body);

/// <summary>What has to hold at the end; what is left out may be anything.</summary>
/// <param name="Says">Some message of the flow contains this, whatever the case.</param>
/// <param name="Step">The run comes to this step.</param>
/// <param name="Ended">Whether it is over.</param>
/// <param name="HandedOff">Whether people have it.</param>
/// <param name="Variables">flow.variables with these values, among others.</param>
internal sealed record FlowScriptExpectation(string? Says, string? Step, bool? Ended, bool? HandedOff, JsonElement? Variables)
{
    public bool IsEmpty => Says is null && Step is null && Ended is null && HandedOff is null && Variables is null;
}

/// <summary>One thing the customer does.</summary>
internal abstract record FlowScriptMessage
{
    internal sealed record Says(string Text) : FlowScriptMessage;

    internal sealed record Taps(string Choice) : FlowScriptMessage;

    internal sealed record Waits : FlowScriptMessage;

    public static FlowScriptMessage? Read(JsonElement json)
    {
        if (FlowText.HasBrokenText(json))
        {
            return null;
        }

        return json.ValueKind == JsonValueKind.String && json.GetString() is { Length: <= 4096 } text ? new Says(text)
            : json.ValueKind != JsonValueKind.Object ? null
            : json.TryGetProperty("choice", out var choice) && choice.ValueKind == JsonValueKind.String ? new Taps(choice.GetString()!)
            : json.TryGetProperty("wait", out var wait) && wait.ValueKind == JsonValueKind.True ? new Waits()
            : null;
    }
}
