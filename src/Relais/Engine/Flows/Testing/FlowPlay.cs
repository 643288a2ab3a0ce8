using System.Text.Json;

namespace Relais.Engine.Flows.Testing;

/// <param name="Who">customer or flow.</param>
/// <param name="Choices">Offered with it; null for none.</param>
/// <param name="Step">Of the flow's words, the step that says them; of the customer's, the one that they answer.</param>
internal sealed record FlowPlayLine(string Who, string Text, IReadOnlyList<FlowPlayChoice>? Choices, string? Step);

internal sealed record FlowPlayChoice(string Id, string Title, string? Description);

/// <param name="Event">By which the step was left; empty where the run stands.</param>
internal sealed record FlowPlayStep(string Step, string Event);

/// <summary>What came of a script.</summary>
/// <param name="Path">Steps in order.</param>
/// <param name="Variables">flow.variables.</param>
/// <param name="Ended">Whether the run is over; what is left of the messages is not read then.</param>
/// <param name="HandedOff">Whether people have the conversation now.</param>
/// <param name="Reason">Why it ended other than by coming to the end of a branch.</param>
internal sealed record FlowPlay(
    IReadOnlyList<FlowPlayLine> Transcript, IReadOnlyList<FlowPlayStep> Path, JsonElement Variables, bool Ended, bool HandedOff, string? Reason)
{
    /// <summary>What is not as expected, a sentence each.</summary>
    public IReadOnlyList<string> Differences(IReadOnlyList<FlowScriptExpectation?>? expects) => [.. (expects ?? []).SelectMany(e => Differences(e!))];

    private IEnumerable<string> Differences(FlowScriptExpectation expected)
    {
        if (expected.Says is { } says && !Transcript.Any(l => l.Who == "flow" && l.Text.Contains(says, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"No message of the flow says \"{says}\".";
        }

        if (expected.Step is { } step && !Path.Any(p => p.Step == step))
        {
            yield return $"The run does not come to \"{step}\"; it goes {string.Join(" → ", Path.Select(p => p.Step).TakeLast(10))}.";
        }

        if (expected.Ended is { } ended && ended != Ended)
        {
            yield return Ended ? "The run is over, and should go on." : $"The run is not over: it stands at \"{Path[^1].Step}\".";
        }

        if (expected.HandedOff is { } handedOff && handedOff != HandedOff)
        {
            yield return HandedOff ? $"People get the conversation ({Reason}), and should not." : "People do not get the conversation.";
        }

        foreach (var wanted in expected.Variables?.EnumerateObject() ?? default)
        {
            if (!Variables.TryGetProperty(wanted.Name, out var value))
            {
                yield return $"flow.variables.{wanted.Name} is not set.";
            }
            else if (!JsonElement.DeepEquals(value, wanted.Value) && FlowWidget.AsText(value) != FlowWidget.AsText(wanted.Value))
            {
                yield return $"flow.variables.{wanted.Name} is {FlowReading.Short(value.GetRawText())} instead of {FlowReading.Short(wanted.Value.GetRawText())}.";
            }
        }
    }
}
