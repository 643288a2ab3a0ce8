using System.Text.Json;

namespace Relais.Engine.Flows;

/// <param name="Path">Inside the step, for example <c>properties.body</c>; inside the definition for the flow itself.</param>
/// <param name="Before">Null: it was not there.</param>
/// <param name="After">Null: it is gone.</param>
internal sealed record FlowValueChange(string Path, JsonElement? Before, JsonElement? After);

/// <param name="Step">Name of the widget.</param>
internal sealed record FlowStepChange(string Step, IReadOnlyList<FlowValueChange> Changes);

/// <summary>What changes from one definition to another, by step. Pure; takes any JSON. A step with another name is another step.</summary>
/// <param name="Added">Steps that are new.</param>
/// <param name="Removed">Steps that are gone.</param>
/// <param name="Changed">Steps that say something else.</param>
/// <param name="Moved">Steps that only stand elsewhere on the canvas.</param>
/// <param name="Flow">What changes outside the steps: description, initial_state, flags.</param>
internal sealed record FlowDiff(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<FlowStepChange> Changed, IReadOnlyList<string> Moved,
    IReadOnlyList<FlowValueChange> Flow)
{
    /// <summary>Of one step; who changes more has written it anew.</summary>
    private const int MostChanges = 100;

    public static FlowDiff Of(JsonElement before, JsonElement after)
    {
        var (old, now) = (Steps(before), Steps(after));
        var changed = new List<FlowStepChange>();
        var moved = new List<string>();
        foreach (var (name, step) in now)
        {
            if (!old.TryGetValue(name, out var earlier))
            {
                continue;
            }

            var changes = new List<FlowValueChange>();
            Compare("", earlier, step, changes);
            if (changes.Count > 0 && changes.TrueForAll(c => IsLayout(c.Path)))
            {
                moved.Add(name);
            }
            else if (changes.Count > 0)
            {
                changed.Add(new FlowStepChange(name, changes.FindAll(c => !IsLayout(c.Path))));
            }
        }

        var flow = new List<FlowValueChange>();
        Properties("", before, after, flow, leaveOut: "states");
        return new FlowDiff(
            [.. now.Keys.Where(n => !old.ContainsKey(n))], [.. old.Keys.Where(n => !now.ContainsKey(n))], changed, moved, flow);
    }

    private static bool IsLayout(string path) => path is "properties.offset" || path.StartsWith("properties.offset.", StringComparison.Ordinal);

    /// <summary>In the order of the definition; of two with one name the first.</summary>
    private static OrderedDictionary<string, JsonElement> Steps(JsonElement definition)
    {
        var steps = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (definition.ValueKind == JsonValueKind.Object && definition.TryGetProperty("states", out var states) && states.ValueKind == JsonValueKind.Array)
        {
            foreach (var state in states.EnumerateArray())
            {
                if (FlowReading.Name(state) is { } name)
                {
                    steps.TryAdd(name, state);
                }
            }
        }

        return steps;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, List<FlowValueChange> changes)
    {
        if (changes.Count >= MostChanges || JsonElement.DeepEquals(before, after))
        {
            return;
        }

        if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object)
        {
            Properties(path, before, after, changes);
        }
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array)
        {
            Items(path, before, after, changes);
        }
        else
        {
            changes.Add(new FlowValueChange(path, before, after));
        }
    }

    private static void Properties(string path, JsonElement before, JsonElement after, List<FlowValueChange> changes, string? leaveOut = null)
    {
        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in after.EnumerateObject().Where(p => p.Name != leaveOut))
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (before.TryGetProperty(property.Name, out var earlier))
            {
                Compare(at, earlier, property.Value, changes);
            }
            else
            {
                changes.Add(new FlowValueChange(at, null, property.Value));
            }
        }

        changes.AddRange(before.EnumerateObject().Where(p => p.Name != leaveOut && !after.TryGetProperty(p.Name, out _))
            .Select(p => new FlowValueChange(path.Length == 0 ? p.Name : $"{path}.{p.Name}", p.Value, null)));
    }

    private static void Items(string path, JsonElement before, JsonElement after, List<FlowValueChange> changes)
    {
        var (old, now) = (before.EnumerateArray().ToList(), after.EnumerateArray().ToList());
        for (var i = 0; i < Math.Max(old.Count, now.Count) && changes.Count < MostChanges; i++)
        {
            var at = $"{path}[{i}]";
            if (i < old.Count && i < now.Count)
            {
                Compare(at, old[i], now[i], changes);
            }
            else
            {
                changes.Add(new FlowValueChange(at, i < old.Count ? old[i] : null, i < now.Count ? now[i] : null));
            }
        }
    }
}
