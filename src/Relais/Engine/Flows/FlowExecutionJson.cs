using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>A run of a flow: one conversation's way through it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Version">The one it runs; 0: a draft, of a test phone.</param>
/// <param name="Status">active, paused (a person has the conversation), completed, transferred, abandoned or failed.</param>
/// <param name="Trigger">What started it: message, keyword, first_message, button, …</param>
/// <param name="Step">The widget it stands at, or ended at.</param>
/// <param name="Reason">Why it ended; null while it goes on.</param>
/// <param name="DurationSeconds">From start to end; null while it goes on.</param>
internal record FlowExecutionJson(
    long Id, long FlowId, string FlowName, long Version, long ConversationId, string Status, string Trigger, string Step, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt, long? DurationSeconds)
{
    public static FlowExecutionJson Of(FlowExecutionRow row) => new(
        row.Id, row.FlowId, row.FlowName, row.Version, row.ConversationId, FlowStatus.Word(row.Status), row.Trigger, row.Step, row.Reason,
        Instants.FromMicros(row.StartedAt), Instants.FromMicros(row.UpdatedAt), Instants.FromMicros(row.EndedAt),
        (row.EndedAt - row.StartedAt) / Instants.Second);
}

/// <param name="Event">By which the step was left; empty while the run stands there.</param>
/// <param name="Answer">What the customer said to it, as far as reports show it.</param>
internal sealed record FlowStepJson(string Step, string Event, string? Answer, DateTimeOffset At);

/// <summary>A run with its way.</summary>
/// <param name="Steps">In order.</param>
/// <param name="Variables">flow.variables as they stand.</param>
internal sealed record FlowExecutionInFullJson(
    long Id, long FlowId, string FlowName, long Version, long ConversationId, string Status, string Trigger, string Step, string? Reason,
    DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndedAt, long? DurationSeconds,
    IReadOnlyList<FlowStepJson> Steps, JsonElement Variables)
    : FlowExecutionJson(Id, FlowId, FlowName, Version, ConversationId, Status, Trigger, Step, Reason, StartedAt, UpdatedAt, EndedAt, DurationSeconds)
{
    public static FlowExecutionInFullJson Of(FlowExecutionRow row, List<FlowStepRow> steps)
    {
        var e = Of(row);
        return new FlowExecutionInFullJson(
            e.Id, e.FlowId, e.FlowName, e.Version, e.ConversationId, e.Status, e.Trigger, e.Step, e.Reason, e.StartedAt, e.UpdatedAt, e.EndedAt, e.DurationSeconds,
            steps.ConvertAll(s => new FlowStepJson(s.Step, s.Event, s.Answer, Instants.FromMicros(s.At))), FlowVariables.Of(FlowState.Read(row.State)));
    }
}

/// <summary>How far a run is: numbers in the table, words in the API.</summary>
internal static class FlowStatus
{
    private static readonly string[] Words = ["", "active", "paused", "completed", "transferred", "abandoned", "failed"];

    public static string Word(long status) => Words[status];

    /// <summary>Null when there is no such word; 0 for none asked.</summary>
    public static long? Read(string? word) => string.IsNullOrEmpty(word) ? 0 : Array.IndexOf(Words, word) is > 0 and var found ? found : null;
}
