using System.Text.Json;

namespace Relais.Engine.Flows;

/// <summary>What is wrong with the transitions of one step.</summary>
internal static class FlowTransitionReading
{
    public static void Problems(JsonElement transitions, string step, string path, HashSet<string> names, List<FlowProblem> found, int most)
    {
        var index = 0;
        var events = new HashSet<string>(StringComparer.Ordinal);
        foreach (var transition in transitions.EnumerateArray())
        {
            var at = $"{path}[{index++}]";
            if (found.Count >= most)
            {
                return;
            }

            if (transition.ValueKind != JsonValueKind.Object)
            {
                found.Add(new FlowProblem(step, at, "transition_not_object", $"A transition of \"{step}\" is no object with event and next.", true));
                continue;
            }

            Event(transition, step, at, events, found);
            Next(transition, step, at, names, found);
            Conditions(transition, step, at, found);
        }
    }

    private static void Event(JsonElement transition, string step, string at, HashSet<string> events, List<FlowProblem> found)
    {
        if (!transition.TryGetProperty("event", out var happening) || happening.ValueKind != JsonValueKind.String || happening.GetString() is not { Length: > 0 } word)
        {
            found.Add(new FlowProblem(step, $"{at}.event", "event_missing", $"A transition of \"{step}\" does not say on which event it is taken.", true));
        }
        else if (!events.Add(word) && word != "match")
        {
            found.Add(new FlowProblem(
                step, $"{at}.event", "event_twice", $"\"{step}\" has two transitions for {FlowReading.Short(word)}; only the first is ever taken.", false));
        }
    }

    private static void Next(JsonElement transition, string step, string at, HashSet<string> names, List<FlowProblem> found)
    {
        if (!transition.TryGetProperty("next", out var next) || next.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (next.ValueKind != JsonValueKind.String)
        {
            found.Add(new FlowProblem(step, $"{at}.next", "next_not_name", $"A transition of \"{step}\" leads to something that is no name of a step.", true));
        }
        else if (next.GetString() is { Length: > 0 } name && !names.Contains(name))
        {
            found.Add(new FlowProblem(step, $"{at}.next", "next_unknown", $"\"{step}\" leads to \"{FlowReading.Short(name)}\", and there is no step of that name.", true));
        }
    }

    private static void Conditions(JsonElement transition, string step, string at, List<FlowProblem> found)
    {
        if (!transition.TryGetProperty("conditions", out var conditions) || conditions.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (conditions.ValueKind != JsonValueKind.Array)
        {
            found.Add(new FlowProblem(step, $"{at}.conditions", "conditions_not_list", $"The conditions of a transition of \"{step}\" have to be a list.", true));
            return;
        }

        var index = 0;
        foreach (var condition in conditions.EnumerateArray())
        {
            var place = $"{at}.conditions[{index++}]";
            if (condition.ValueKind != JsonValueKind.Object)
            {
                found.Add(new FlowProblem(step, place, "condition_not_object", $"A condition of \"{step}\" is no object with type, arguments and value.", true));
            }
            else if (!condition.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            {
                found.Add(new FlowProblem(step, $"{place}.type", "condition_type_missing", $"A condition of \"{step}\" does not say how it compares: it never holds.", false));
            }
            else if (!FlowConditions.Types.Contains(type.GetString()!))
            {
                found.Add(new FlowProblem(
                    step, $"{place}.type", "condition_type_unknown",
                    $"A condition of \"{step}\" compares by \"{FlowReading.Short(type.GetString()!)}\", which is not known: it never holds.", false));
            }
        }
    }
}
