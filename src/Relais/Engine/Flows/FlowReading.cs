using System.Text.Json;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>
/// What is wrong with a definition, by step and place. In: any JSON; it never throws. When nothing blocks, <see cref="FlowDefinition.Read"/>
/// can read it. What Studio itself would run is not held against a flow. Source: shared/protocol/twilio-studio.md §1.
/// </summary>
internal static class FlowReading
{
    /// <summary>More than anyone mends at once; what is left shows once these are gone.</summary>
    private const int MostProblems = 500;

    private const int LongestName = 200;

    public static IReadOnlyList<FlowProblem> Problems(JsonElement definition)
    {
        var found = new List<FlowProblem>();
        if (FlowText.Problem(definition) is { } unreadable)
        {
            return [new FlowProblem(null, null, "not_a_flow", unreadable, true)];
        }

        var states = definition.GetProperty("states");
        var names = Names(states, found);
        InitialState(definition, names, found);
        var index = 0;
        foreach (var state in states.EnumerateArray())
        {
            if (found.Count >= MostProblems)
            {
                break;
            }

            if (state.ValueKind == JsonValueKind.Object && Name(state) is { } name)
            {
                Parts(state, name, $"states[{index}]", names, found);
                FlowTextReading.Problems(state, name, $"states[{index}]", found, MostProblems);
            }

            index++;
        }

        return found;
    }

    /// <summary>The name of a state, or null when it has none that could be used.</summary>
    public static string? Name(JsonElement state) =>
        state.ValueKind == JsonValueKind.Object && state.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && name.GetString() is { Length: > 0 and <= LongestName } text && !text.Any(char.IsControl) ? text : null;

    private static HashSet<string> Names(JsonElement states, List<FlowProblem> found)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var state in states.EnumerateArray())
        {
            var path = $"states[{index++}]";
            if (found.Count >= MostProblems)
            {
                continue;
            }

            if (state.ValueKind != JsonValueKind.Object)
            {
                found.Add(new FlowProblem(null, path, "state_not_object", $"{path} is no step: it has to be an object with name and type.", true));
            }
            else if (Name(state) is not { } name)
            {
                found.Add(new FlowProblem(null, $"{path}.name", "name_missing", $"The step at {path} needs a name of 1 to {LongestName} letters.", true));
            }
            else if (!names.Add(name))
            {
                found.Add(new FlowProblem(name, $"{path}.name", "name_twice", $"Two steps are called \"{name}\"; names are unique in a flow.", true));
            }
        }

        return names;
    }

    private static void InitialState(JsonElement definition, HashSet<string> names, List<FlowProblem> found)
    {
        if (!definition.TryGetProperty("initial_state", out var first) || first.ValueKind != JsonValueKind.String || first.GetString() is not { Length: > 0 } name)
        {
            found.Add(new FlowProblem(null, "initial_state", "initial_state_missing", "initial_state has to name the step the flow begins at.", true));
        }
        else if (!names.Contains(name))
        {
            found.Add(new FlowProblem(null, "initial_state", "initial_state_unknown", $"The flow begins at \"{name}\", and there is no step of that name.", true));
        }
    }

    private static void Parts(JsonElement state, string name, string path, HashSet<string> names, List<FlowProblem> found)
    {
        if (!state.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() is not { Length: > 0 } word)
        {
            found.Add(new FlowProblem(name, $"{path}.type", "type_missing", $"The step \"{name}\" does not say its type.", true));
        }
        else if (FlowWidgetTypes.Of(word) == FlowWidgetKind.Unknown)
        {
            found.Add(new FlowProblem(
                name, $"{path}.type", "type_unknown", $"The step \"{name}\" is of the type \"{Short(word)}\", which Relais does not know: a person gets the conversation there.", false));
        }

        if (state.TryGetProperty("properties", out var properties) && properties.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            found.Add(new FlowProblem(name, $"{path}.properties", "properties_not_object", $"The properties of \"{name}\" have to be an object.", true));
        }

        if (!state.TryGetProperty("transitions", out var transitions) || transitions.ValueKind == JsonValueKind.Null)
        {
            found.Add(new FlowProblem(name, $"{path}.transitions", "transitions_missing", $"\"{name}\" has no transitions: the flow ends there.", false));
        }
        else if (transitions.ValueKind != JsonValueKind.Array)
        {
            found.Add(new FlowProblem(name, $"{path}.transitions", "transitions_not_list", $"The transitions of \"{name}\" have to be a list.", true));
        }
        else
        {
            FlowTransitionReading.Problems(transitions, name, $"{path}.transitions", names, found, MostProblems);
        }
    }

    public static string Short(string text) => ShortText.Fit(text, 60);
}
