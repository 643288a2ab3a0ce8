using System.Text.Json;
using Relais.Channels;

namespace Relais.Engine.Flows.Steps;

/// <summary>
/// connect-virtual-agent and its like: the AI agent asks for the fields one after the other, checks each answer, and the flow goes on with all
/// of them. Without fields the AI agent talks with the customer until they come back by a word of the flow, or nobody has written in time.
/// </summary>
internal static class AgentStep
{
    public static StepResult Enter(FlowRun run, FlowWidget widget)
    {
        var fields = Fields(widget);
        if (fields.Count == 0)
        {
            run.WaitForReply(run.Render(widget.Text("timeout")), mayBeNone: false);
            run.State = run.State with { IsWithAgent = true };
            if (FlowContent.Of(run, widget) is { } greeting)
            {
                run.Do(new FlowEffect.Say(greeting, Awaits: true));
            }

            return new StepResult.Stay();
        }

        return Ask(run, widget, fields, 0);
    }

    public static StepResult Resume(FlowRun run, FlowWidget widget, FlowEvent happening)
    {
        var fields = Fields(widget);
        if (happening is not FlowEvent.Reply reply || run.State.Field >= fields.Count)
        {
            return Back(run, widget, fields.Count == 0);
        }

        var field = fields[run.State.Field];
        var expected = Expected(run, widget, field);
        if (expected.Value(reply.Said, run) is { } value)
        {
            run.Outputs.Inside("fields")[Name(field)] = value.DeepClone();
            run.Answer = reply.Said.Text;
            SendStep.Keep(run, field, value);
            return Ask(run, widget, fields, run.State.Field + 1);
        }

        if (run.State.Wrong + 1 >= expected.Attempts)
        {
            return widget.Next("failed") is not null ? new StepResult.Leave("failed") : new StepResult.End(new FlowEnd.Transferred("invalid_answers", null));
        }

        run.State = run.State with { Wrong = run.State.Wrong + 1 };
        Say(run, field, expected.Invalid.Length > 0 ? expected.Invalid : null);
        run.WaitForReply(run.Render(widget.Text("timeout")), mayBeNone: false);
        return new StepResult.Stay();
    }

    private static StepResult Ask(FlowRun run, FlowWidget widget, List<JsonElement> fields, int index)
    {
        if (index >= fields.Count)
        {
            return Back(run, widget, isGood: true);
        }

        run.State = run.State with { Field = index, Wrong = 0 };
        Say(run, fields[index], null);
        run.WaitForReply(run.Render(widget.Text("timeout")), mayBeNone: false);
        return new StepResult.Stay();
    }

    /// <summary>The event by which it is left: return (all is there) or failed, under the names that flows give them.</summary>
    private static StepResult.Leave Back(FlowRun run, FlowWidget widget, bool isGood)
    {
        run.State = run.State with { IsWithAgent = false };
        string[] names = isGood ? ["return", "success", "sessionEnded", "completed", "next"] : ["failed", "failure", "timeout", "hangup"];
        return new StepResult.Leave(names.FirstOrDefault(n => widget.Next(n) is not null) ?? names[0]);
    }

    private static void Say(FlowRun run, JsonElement field, string? instead)
    {
        var text = instead ?? run.Render(FlowContent.Own(run, field, "question"));
        var choices = FlowContent.Choices(run, field);
        if (text.Length > 0)
        {
            run.Do(new FlowEffect.Say(choices.Count > 0
                ? new OutboundContent.Choices(text, choices) { Language = run.World.Language } : new OutboundContent.Text(text), Awaits: true));
        }
    }

    private static FlowExpectation Expected(FlowRun run, FlowWidget widget, JsonElement field)
    {
        var attempts = widget.Object("relais") is { } own ? FlowContent.Own(run, own, "attempts") : null;
        return new FlowExpectation(
            FlowContent.Own(run, field, "type") ?? "text", run.Render(FlowContent.Own(run, field, "invalid")).Trim(),
            FlowExpectation.AttemptsOf(attempts))
        {
            Choices = FlowContent.Choices(run, field),
        };
    }

    private static List<JsonElement> Fields(FlowWidget widget) =>
        widget.Object("relais") is { } own && own.TryGetProperty("fields", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(f => f.ValueKind == JsonValueKind.Object)] : [];

    private static string Name(JsonElement field) => field.TryGetProperty("name", out var name) ? FlowWidget.AsText(name) : "";
}
