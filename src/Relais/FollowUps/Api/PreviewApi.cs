using NodaTime;
using Relais.Conversations;
using Relais.Foundation;
using Relais.FollowUps.Sending;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <summary>What the customer will get of a step, as far as it can be told now.</summary>
/// <param name="Step">Which one.</param>
/// <param name="LeavesAt">After quiet hours and holidays.</param>
/// <param name="LocalTime">The same on the customer's clock, such as 2026-05-04 09:30.</param>
/// <param name="TimeZone">Whose clock that is.</param>
/// <param name="Holiday">Whether a holiday put it off.</param>
/// <param name="Decision">text, template, wait or refused.</param>
/// <param name="Shows">The words as the customer reads them; null when refused.</param>
/// <param name="Code">refused: why, for programs.</param>
/// <param name="Reason">refused or wait: why, for people.</param>
internal sealed record StepPreview(
    long Step, DateTimeOffset LeavesAt, string LocalTime, string TimeZone, bool Holiday, string Decision, string? Shows, string? Code, string? Reason);

/// <param name="Items">The steps that were not sent yet.</param>
internal sealed record PreviewJson(IReadOnlyList<StepPreview> Items);

/// <summary>Exactly what would be sent, by the gate's own decision.</summary>
internal static class PreviewApi
{
    public static void MapPreviews(this IEndpointRouteBuilder app) => app.MapGet("/api/follow-ups/{id:long}/preview", Get).WithTags("Follow-ups")
        .RequireAuthorization(Policies.Agent).WithName("preview_follow_up").WithSummary("What the customer will get, and when.")
        .Produces<PreviewJson>().ProducesProblem(404);

    private static async Task<IResult> Get(SignedIn who, Database database, SendGate gate, InboxDirectory inboxes, Clock clock, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, gate, inboxes, who.Tenant, id, clock.Micros), cancel) is { } preview
            ? Results.Json(preview, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<PreviewJson?> Read(Tx tx, SendGate gate, InboxDirectory inboxes, long tenantId, long id, long now)
    {
        if (await PlanStore.Find(tx, tenantId, id) is not { } plan || await PlanFacts.Read(tx, tenantId, plan.ContactId) is not { } facts)
        {
            return null;
        }

        var rule = (await RuleStore.Find(tx, tenantId, plan.Rule)).Read();
        var times = await facts.Times(tx, tenantId);
        var to = await To(tx, inboxes, plan, facts);
        var steps = new List<StepPreview>();
        foreach (var step in (await PlanStore.Steps(tx, tenantId, id)).Where(s => s.State == StepState.Waiting))
        {
            var due = Math.Max(step.DueAt, now);
            var leaves = times.NextAllowed(due);

            // A window that will be closed by then is asked for as closed.
            var request = FollowUpSends.Request(to with { LastInboundAt = ServiceWindow.IsOpen(to.LastInboundAt, leaves) ? to.LastInboundAt : null }, plan, step, rule);
            var decision = await gate.Decide(tx, request);
            var holiday = times.IsHoliday(due);
            steps.Add(decision switch
            {
                SendDecision.FreeText => Shown(step, facts, leaves, holiday, "text", step.Text),
                SendDecision.UseTemplate template => Shown(step, facts, leaves, holiday, "template", template.Content.Readable),

                // Quiet hours of this moment say nothing of that one; what is to be sent does.
                SendDecision.Wait wait => Shown(
                    step, facts, leaves, holiday, wait.Content is Channels.OutboundContent.Template ? "template" : "text", wait.Content.Readable),
                SendDecision.Refused refused => Shown(step, facts, leaves, holiday, "refused", null) with { Code = refused.Code, Reason = refused.Reason },
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }

        return new PreviewJson(steps);
    }

    private static StepPreview Shown(FollowUpStep step, PlanFacts facts, long leaves, bool holiday, string decision, string? shows)
    {
        var zone = Zones.Of(facts.Zone);
        var local = Instant.FromUnixTimeTicks(leaves * 10).InZone(zone).LocalDateTime;
        return new StepPreview(
            step.Step, Instants.FromMicros(leaves), FormattableString.Invariant($"{local.Year:0000}-{local.Month:00}-{local.Day:00} {local.Hour:00}:{local.Minute:00}"),
            zone.Id, holiday, decision, shows, null, null);
    }

    /// <summary>The conversation it would go to; where there is none yet, one as it would be opened.</summary>
    private static async Task<Addressed> To(Tx tx, InboxDirectory inboxes, FollowUpPlan plan, PlanFacts facts)
    {
        var place = await OutreachStore.LastConversation(tx, plan.TenantId, plan.ContactId);
        var known = place is null ? null : (await Addressing.Conversations(tx, plan.TenantId, [place.Id])).SingleOrDefault();
        return known ?? new Addressed(
            plan.TenantId, plan.ContactId, 0, plan.InboxId ?? inboxes.Inboxes.FirstOrDefault(i => i.TenantId == plan.TenantId)?.Id ?? 0, 1, 0, false)
        {
            OptedOutAt = facts.OptedOutAt, BlockedAt = facts.BlockedAt, Language = plan.Language,
        };
    }
}
