using System.Text.Json.Nodes;
using Relais.Channels;

namespace Relais.Engine.Flows.Steps;

/// <summary>send-message and send-and-wait-for-reply: what is said, the wait, and answers that do not fit.</summary>
internal static class SendStep
{
    public static StepResult Send(FlowRun run, FlowWidget widget)
    {
        if (FlowContent.Of(run, widget) is not { } content)
        {
            return new StepResult.Leave("failed");
        }

        if (run.World.Refusal(content) is { } refusal)
        {
            Outbound(run, content, "failed", refusal);
            return new StepResult.Leave("failed");
        }

        Outbound(run, content, "queued", null);
        run.Do(new FlowEffect.Say(content, Awaits: false));
        return new StepResult.Leave("sent");
    }

    public static StepResult Ask(FlowRun run, FlowWidget widget)
    {
        // Nothing to say is a pause: flows use a text-less wait with a short time-out as a delay.
        if (FlowContent.Of(run, widget) is { } content)
        {
            if (run.World.Refusal(content) is { } refusal)
            {
                return Lost(run, widget, refusal);
            }

            Outbound(run, content, "queued", null);
            run.Do(new FlowEffect.Say(content, Awaits: true));
        }

        run.WaitForReply(run.Render(widget.Text("timeout")), mayBeNone: true);
        return new StepResult.Stay();
    }

    public static StepResult Replied(FlowRun run, FlowWidget widget, FlowReply said)
    {
        run.Outputs["inbound"] = said.Inbound.DeepClone();
        run.Answer = said.ChoiceTitle ?? said.Text;
        var own = widget.Object("relais");
        var expected = FlowExpectation.Of(run, own);
        if (said.ChoiceId is { } choice && FlowContent.Choices(run, own).Exists(c => c.Id == choice))
        {
            run.Outputs["choice"] = choice;
            run.Outputs["title"] = said.ChoiceTitle;
        }

        if (expected is not null)
        {
            if (expected.Value(said, run) is not { } value)
            {
                return AskAgain(run, widget, expected);
            }

            run.Outputs["value"] = value.DeepClone();
        }

        Keep(run, own, run.Outputs["value"] ?? run.Outputs["choice"] ?? JsonValue.Create(said.Text));
        return new StepResult.Leave(widget.Has("incomingMessage") || !widget.Has("incomingConversationMessage") ? "incomingMessage" : "incomingConversationMessage");
    }

    public static StepResult Lost(FlowRun run, FlowWidget widget, string reason)
    {
        var outbound = run.Outputs.Inside("outbound");
        outbound["Status"] = "failed";
        outbound["ErrorMessage"] = reason;
        return new StepResult.Leave("deliveryFailure");
    }

    /// <summary>What an answer is also kept as: flow.variables.X, and a field of the contact.</summary>
    public static void Keep(FlowRun run, System.Text.Json.JsonElement? own, JsonNode? value)
    {
        if (FlowContent.Own(run, own, "save_as") is { Length: > 0 } name)
        {
            run.Variables[name] = value?.DeepClone();
        }

        if (FlowContent.Own(run, own, "saves_contact") is { Length: > 0 } field && value?.ToString() is { Length: > 0 } text)
        {
            run.Do(new FlowEffect.KeepOfContact(field, text));
        }
    }

    private static StepResult AskAgain(FlowRun run, FlowWidget widget, FlowExpectation expected)
    {
        var wrong = run.State.Wrong + 1;
        if (wrong >= expected.Attempts)
        {
            return new StepResult.End(new FlowEnd.Transferred("invalid_answers", null));
        }

        run.State = run.State with { Wrong = wrong };
        if (FlowContent.Of(run, widget, expected.Invalid.Length > 0 ? expected.Invalid : null) is { } again)
        {
            run.Do(new FlowEffect.Say(again, Awaits: true));
        }

        run.WaitForReply(run.Render(widget.Text("timeout")), mayBeNone: true);
        return new StepResult.Stay();
    }

    private static void Outbound(FlowRun run, OutboundContent content, string status, string? error)
    {
        var context = run.Context;
        run.Outputs["outbound"] = new JsonObject
        {
            ["Body"] = content.Readable,
            ["From"] = context["flow"]?["channel"]?["address"]?.DeepClone(),
            ["To"] = context["contact"]?["channel"]?["address"]?.DeepClone(),
            ["Status"] = status,
            ["ErrorMessage"] = error,
        };
    }
}
