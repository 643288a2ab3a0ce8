using System.Text.Json.Nodes;

namespace Relais.Engine.Flows;

/// <summary>The values a run begins with, as Studio names them.</summary>
internal static class FlowContext
{
    /// <summary>A run from its beginning.</summary>
    /// <param name="flow">What runs.</param>
    /// <param name="happening">incomingMessage, incomingRequest or incomingParent.</param>
    /// <param name="payload">Of the trigger: a message's parameters, a request's, a parent's.</param>
    /// <param name="facts">flow.sid, flow.flow_sid, flow.channel.address; contact.…</param>
    public static FlowState Start(FlowDefinition flow, string happening, JsonObject payload, FlowFacts facts)
    {
        var data = happening == "incomingRequest" ? payload["parameters"]?.DeepClone() ?? new JsonObject() : new JsonObject();
        return new FlowState
        {
            Step = flow.InitialState,
            Happening = happening,
            Context = new JsonObject
            {
                ["trigger"] = new JsonObject { [Subtree(happening)] = payload },
                ["flow"] = new JsonObject
                {
                    ["sid"] = facts.RunSid, ["flow_sid"] = facts.FlowSid, ["channel"] = new JsonObject { ["address"] = facts.ChannelAddress },
                    ["variables"] = new JsonObject(), ["data"] = data,
                },
                ["contact"] = facts.Contact,
                ["widgets"] = new JsonObject(),
            },
        };
    }

    /// <summary>An object in an object, made when it is not there.</summary>
    public static JsonObject Inside(this JsonObject node, string name)
    {
        if (node[name] is JsonObject there)
        {
            return there;
        }

        var made = new JsonObject();
        node[name] = made;
        return made;
    }

    private static string Subtree(string happening) => happening switch
    {
        "incomingRequest" => "request",
        "incomingParent" => "parent",
        "incomingConversationMessage" => "conversation",
        _ => "message",
    };
}

/// <param name="RunSid">Of this run (Studio's flow.sid is the execution's).</param>
/// <param name="FlowSid">Of the flow.</param>
/// <param name="ChannelAddress">Ours, e.g. whatsapp:+212520000000.</param>
/// <param name="Contact">channel.address, name, phone, language, is_client.</param>
internal sealed record FlowFacts(string RunSid, string FlowSid, string ChannelAddress, JsonObject Contact)
{
    /// <summary>The contact's values as flows name them.</summary>
    /// <param name="address">With its channel, e.g. whatsapp:+212600000001.</param>
    /// <param name="name">As shown, or empty.</param>
    /// <param name="phone">E.164, or empty.</param>
    /// <param name="language">fr, ar, en, or null.</param>
    /// <param name="isClient">Whether a customer already.</param>
    public static JsonObject ContactOf(string address, string name, string phone, string? language, bool isClient) => new()
    {
        ["channel"] = new JsonObject { ["address"] = address },
        ["name"] = name,
        ["phone"] = phone,
        ["language"] = language,
        ["is_client"] = isClient,
    };
}
