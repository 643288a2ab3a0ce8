using Relais.Channels;
using Relais.Foundation;
using Relais.FollowUps.Planning;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <param name="DueAt">When, within 90 days.</param>
/// <param name="Text">For an open service window, 1 to 1000 characters.</param>
/// <param name="Template">For a closed one; null: nothing is sent then.</param>
internal sealed record StepRequest(DateTimeOffset? DueAt, string? Text, OutboundContent? Template);

/// <param name="Language">fr, en or ar; left out, it stays.</param>
/// <param name="Steps">In place of those that were not sent yet, in their order; left out, they stay.</param>
internal sealed record StepsRequest(string? Language, IReadOnlyList<StepRequest>? Steps)
{
    public const int LongestText = 1_000;
    private const long Furthest = 90 * Instants.Day;

    /// <summary>Null when it can be said.</summary>
    public static string? WrongText(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > LongestText ? $"A text has 1 to {LongestText} characters."
        : FollowUpWords.Unknown(text) is [var unknown, ..] ? $"{{{{{unknown}}}}} is no placeholder; there are {string.Join(", ", FollowUpWords.Placeholders)}." : null;

    public IResult? Wrong(int sent, long now)
    {
        if (Language is not (null or "fr" or "en" or "ar"))
        {
            return Problems.Invalid400("language", "language is fr, en or ar.");
        }

        if (Steps is not { } steps)
        {
            return null;
        }

        if (steps.Count == 0 || steps.Count + sent > RuleSettings.MostSteps)
        {
            return Problems.Invalid400("steps", $"A follow-up has 1 to {RuleSettings.MostSteps} messages; to send none, reject it.");
        }

        for (var i = 0; i < steps.Count; i++)
        {
            if (WrongText(steps[i].Text) is { } wrong)
            {
                return Problems.Invalid400($"steps[{i}].text", wrong);
            }

            if (steps[i].DueAt is not { } due || Instants.ToMicros(due) > now + Furthest || (i > 0 && due <= steps[i - 1].DueAt))
            {
                return Problems.Invalid400($"steps[{i}].due_at", "due_at is a time in the next 90 days, later than the message before.");
            }

            if (steps[i].Template is not (null or OutboundContent.Template))
            {
                return Problems.Invalid400($"steps[{i}].template", "template is a content of type template.");
            }
        }

        return null;
    }
}

/// <summary>People change what is proposed before it leaves.</summary>
internal static class StepsApi
{
    public static void MapSteps(this IEndpointRouteBuilder app) => app.MapPatch("/api/follow-ups/{id:long}", Change).WithTags("Follow-ups")
        .RequireAuthorization(Policies.Agent).WithName("change_follow_up").WithSummary("Change its words and times, as long as they were not sent.")
        .Accepts<StepsRequest>("application/json").Produces<PlanJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<StepsRequest>(http.Request);
        return await idempotency.Once(http, who, $"PATCH /api/follow-ups/{id}", bytes, async tx =>
        {
            var now = clock.Micros;
            if (await PlanStore.Hold(tx, who.Tenant, id, now) is not { } plan)
            {
                return (404, (object?)Problems.NotFound);
            }

            var sent = (await PlanStore.Steps(tx, who.Tenant, id)).FindAll(s => s.State != StepState.Waiting);
            if (body.Wrong(sent.Count, now) is { } wrong)
            {
                return (400, wrong);
            }

            if (plan.HeldOut == 1 || plan.State is not (PlanStates.Proposed or PlanStates.Approved or PlanStates.Running))
            {
                return (409, Problems.FollowUpClosed);
            }

            var language = body.Language ?? plan.Language;
            if (body.Steps is { } steps && await PlanContext.Read(tx, plan, now) is { } context)
            {
                await PlanStore.RemoveWaiting(tx, who.Tenant, id);
                await FollowUpPlanner.AddSteps(tx, plan, [.. steps.Select(s => new ProposedStep(
                    Instants.ToMicros(s.DueAt!.Value), context.Words.Fill(CustomerText.Normalise(s.Text!).Trim(), language), s.Template as OutboundContent.Template))],
                    sent.Count == 0 ? 0 : sent.Max(s => s.Step));
            }

            await PlanStore.Edited(tx, who.Tenant, id, language, plan.State == PlanStates.Proposed ? plan.NextAt : now, now);
            return (200, await PlanApi.Shown(tx, who.Tenant, id));
        });
    }
}
