using System.Text.Json.Nodes;
using Relais.Channels;

namespace Relais.Engine.Flows;

/// <summary>What happens to a run.</summary>
internal abstract record FlowEvent
{
    /// <summary>It begins, or goes on where it waited for nothing.</summary>
    internal sealed record Continue : FlowEvent;

    /// <summary>The customer answered the step that waits for it.</summary>
    internal sealed record Reply(FlowReply Said) : FlowEvent;

    /// <summary>Nobody answered in time.</summary>
    internal sealed record TimedOut : FlowEvent;

    /// <summary>The question did not reach the customer; <paramref name="Reason"/> is the provider's.</summary>
    internal sealed record Undelivered(string Reason) : FlowEvent;

    /// <summary>An HTTP call came back, or did not.</summary>
    internal sealed record Called(FlowAnswer Answer) : FlowEvent;
}

/// <summary>A customer's message as a flow sees it.</summary>
/// <param name="Inbound">Twilio's parameters of a message: Body, From, To, MessageSid, NumMedia, MediaUrl0, ProfileName, ButtonPayload, Latitude …</param>
/// <param name="Text">What was written; for a voice note, what was heard.</param>
/// <param name="Type">text, image, location …</param>
/// <param name="ChoiceId">Of the choice that was tapped or typed; null for none.</param>
/// <param name="ChoiceTitle">As it was offered.</param>
internal sealed record FlowReply(JsonObject Inbound, string Text, string Type, string? ChoiceId, string? ChoiceTitle);

/// <summary>The answer of an HTTP call.</summary>
/// <param name="Status">HTTP status; null when none came (refused address, time-out, too large).</param>
/// <param name="ContentType">As told, or null.</param>
/// <param name="Body">Its text; empty when none came.</param>
internal sealed record FlowAnswer(int? Status, string? ContentType, string Body);

/// <summary>What a run asks of the world.</summary>
internal abstract record FlowEffect
{
    /// <param name="Content">To be said to the customer.</param>
    /// <param name="Awaits">True when the step waits for the answer.</param>
    internal sealed record Say(OutboundContent Content, bool Awaits) : FlowEffect;

    /// <summary>Something about the contact, to be kept with it: name, email, is_client or one of the tenant's own fields.</summary>
    internal sealed record KeepOfContact(string Field, string Value) : FlowEffect;
}

/// <summary>An HTTP call of a widget.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">As rendered; whether it may be called is the fetcher's word.</param>
/// <param name="ContentType">Of the body; null without one.</param>
/// <param name="Body">Text.</param>
internal sealed record FlowCall(string Method, string Url, string? ContentType, string? Body);

/// <summary>How a run ended.</summary>
internal abstract record FlowEnd
{
    /// <summary>How its last step is said to have been left: completed, transferred, abandoned, failed.</summary>
    public string Word => this switch
    {
        Transferred => "transferred", Abandoned => "abandoned", Failed => "failed", _ => "completed",
    };

    /// <summary>Why, in one word; null for the end of a branch.</summary>
    public string? Why => this switch
    {
        Transferred end => end.Reason, Abandoned end => end.Reason, Failed end => end.Reason, _ => null,
    };

    /// <summary>It came to the end of a branch.</summary>
    internal sealed record Completed : FlowEnd;

    /// <summary>People have it now.</summary>
    /// <param name="Reason">A word for reports: of the widget, or flow_requested, invalid_answers, flow_step_unsupported.</param>
    /// <param name="Text">What the customer is told instead of the usual sentence, or null.</param>
    internal sealed record Transferred(string Reason, string? Text) : FlowEnd;

    /// <summary>The customer left it: timeout, exit_word, opted_out, another_flow, closed, released.</summary>
    internal sealed record Abandoned(string Reason) : FlowEnd;

    /// <summary>It broke: too_many_steps (81000), loop (81001). People have it.</summary>
    internal sealed record Failed(string Reason) : FlowEnd;
}

/// <summary>A step taken.</summary>
/// <param name="Step">The widget.</param>
/// <param name="Event">By which it was left; "" while the run stands there.</param>
/// <param name="Answer">What the customer said to it, or null.</param>
internal sealed record FlowTrace(string Step, string Event, string? Answer = null);

/// <summary>Where a run stands now, and what is to be done, in order.</summary>
/// <param name="End">Null while it goes on.</param>
internal sealed record FlowOutcome(FlowState State, IReadOnlyList<FlowEffect> Effects, IReadOnlyList<FlowTrace> Steps, FlowEnd? End);
