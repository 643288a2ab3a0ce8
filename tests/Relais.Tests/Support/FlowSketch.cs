using System.Text.Json.Nodes;

namespace Relais.Tests.Support;

/// <summary>A Studio definition in few lines: each step with its properties and where its events lead.</summary>
internal sealed class FlowSketch
{
    private readonly JsonArray states = [];

    public FlowSketch(string first) => Step("Trigger", "trigger", "{}", $"incomingMessage>{first}", $"incomingRequest>{first}");

    /// <summary>The definition as JSON.</summary>
    public string Json => new JsonObject
    {
        ["description"] = "Esquisse", ["initial_state"] = "Trigger", ["states"] = states.DeepClone(), ["flags"] = new JsonObject { ["allow_concurrent_calls"] = true },
    }.ToJsonString();

    /// <param name="name">Of the step.</param>
    /// <param name="type">Widget.</param>
    /// <param name="properties">JSON.</param>
    /// <param name="ways">event&gt;step; "event&gt;" for an event that leads nowhere; "match[equal_to x]&gt;step" for a condition on the input.</param>
    public FlowSketch Step(string name, string type, string properties, params string[] ways)
    {
        var held = JsonNode.Parse(properties)!.AsObject();
        held["offset"] = new JsonObject { ["x"] = 40 * states.Count, ["y"] = 120 * states.Count };
        states.Add(new JsonObject
        {
            ["name"] = name, ["type"] = type, ["properties"] = held,
            ["transitions"] = new JsonArray([.. ways.Select(w => Way(w, held["input"]?.GetValue<string>() ?? ""))]),
        });
        return this;
    }

    public FlowSketch Says(string name, string body, string next = "") => Step(name, "send-message", $$"""{"body": {{JsonValue.Create(body).ToJsonString()}}}""", $"sent>{next}", "failed>");

    public FlowSketch Asks(string name, string body, string next, string more = "") => Step(
        name, "send-and-wait-for-reply", $$"""{"body": {{JsonValue.Create(body).ToJsonString()}}{{(more.Length > 0 ? ", " + more : "")}}}""",
        $"incomingMessage>{next}", "timeout>", "deliveryFailure>");

    private static JsonObject Way(string way, string input)
    {
        var (left, next) = (way[..way.IndexOf('>', StringComparison.Ordinal)], way[(way.IndexOf('>', StringComparison.Ordinal) + 1)..]);
        var made = new JsonObject { ["event"] = left.Split('[')[0] };
        if (next.Length > 0)
        {
            made["next"] = next;
        }

        if (left.Split('[') is [_, var condition])
        {
            var parts = condition.TrimEnd(']').Split(' ', 2);
            made["conditions"] = new JsonArray(new JsonObject
            {
                ["friendly_name"] = condition, ["arguments"] = new JsonArray(input), ["type"] = parts[0], ["value"] = parts.ElementAtOrDefault(1) ?? "",
            });
        }

        return made;
    }
}
