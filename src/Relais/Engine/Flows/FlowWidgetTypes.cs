using Relais.Engine.Flows.Steps;

namespace Relais.Engine.Flows;

/// <summary>How Relais carries out a type of widget.</summary>
internal enum FlowWidgetKind
{
    /// <summary>Nobody here knows it.</summary>
    Unknown = 0,

    /// <summary>As Studio does.</summary>
    Runs = 1,

    /// <summary>People of the business take over.</summary>
    HandOff = 2,

    /// <summary>Our AI agent asks, and comes back.</summary>
    Agent = 3,

    /// <summary>It needs a telephone call.</summary>
    Voice = 4,

    /// <summary>It needs Twilio's Conversations.</summary>
    Conversations = 5,

    /// <summary>It gives the call or message to a TwiML document.</summary>
    Twiml = 6,
}

/// <summary>The widgets of Studio and what becomes of each. Source: shared/protocol/twilio-studio.md §3.</summary>
internal static class FlowWidgetTypes
{
    public static FlowWidgetKind Of(string type) =>
        FlowSteps.HandOffs.Contains(type) ? FlowWidgetKind.HandOff
        : FlowSteps.Agents.Contains(type) ? FlowWidgetKind.Agent
        : FlowSteps.Runnable.Contains(type) ? FlowWidgetKind.Runs
        : Known.GetValueOrDefault(type);

    private static readonly Dictionary<string, FlowWidgetKind> Known = new(StringComparer.Ordinal)
    {
        ["say-play"] = FlowWidgetKind.Voice,
        ["gather-input-on-call"] = FlowWidgetKind.Voice,
        ["connect-call-to"] = FlowWidgetKind.Voice,
        ["make-outgoing-call"] = FlowWidgetKind.Voice,
        ["make-outgoing-call-v1"] = FlowWidgetKind.Voice,
        ["make-outgoing-call-v2"] = FlowWidgetKind.Voice,
        ["record-voicemail"] = FlowWidgetKind.Voice,
        ["record-call"] = FlowWidgetKind.Voice,
        ["fork-stream"] = FlowWidgetKind.Voice,
        ["capture-payments"] = FlowWidgetKind.Voice,
        ["run-conversation-relay"] = FlowWidgetKind.Voice,
        ["start-conversation"] = FlowWidgetKind.Conversations,
        ["resume-conversation"] = FlowWidgetKind.Conversations,
        ["add-to-conversation"] = FlowWidgetKind.Conversations,
        ["add-twiml-redirect"] = FlowWidgetKind.Twiml,
    };
}
