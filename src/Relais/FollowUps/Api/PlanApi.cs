using Relais.Conversations;
using Relais.Foundation;
using Relais.FollowUps.Finding;
using Relais.FollowUps.Planning;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <param name="ContactId">Whom.</param>
/// <param name="Note">What is to be said; left out, the planner finds words. At most 1000 characters.</param>
internal sealed record NewFollowUp(long? ContactId, string? Note);

/// <param name="Reason">Why, 1 to 300 characters.</param>
internal sealed record RejectBody(string? Reason);

/// <param name="Ids">Which; left out: all that wait, oldest first, 500 at most.</param>
/// <param name="Rule">Only those of this rule.</param>
internal sealed record ApproveAllBody(IReadOnlyList<long>? Ids, string? Rule);

/// <param name="Approved">How many were waiting and are approved now.</param>
internal sealed record ApprovedAnswer(int Approved);

/// <summary>Follow-ups in front of people: what is proposed, approving, rejecting.</summary>
internal static class PlanApi
{
    private const int MostAtOnce = 500;
    private const int LongestReason = 300;

    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var plans = app.MapGroup("/api/follow-ups").WithTags("Follow-ups").RequireAuthorization(Policies.Agent);
        plans.MapGet("", List).WithName("list_follow_ups").WithSummary("Follow-ups, newest first; by state, rule or contact.")
            .Produces<Page<PlanJson>>().ProducesProblem(400);
        plans.MapPost("", Create).WithName("create_follow_up").WithSummary("Have a customer followed up, by hand.")
            .WithDescription("The planner proposes words and times; nothing leaves before it is approved. Takes an Idempotency-Key.")
            .Accepts<NewFollowUp>("application/json").Produces<PlanJson>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        plans.MapGet("/{id:long}", Get).WithName("get_follow_up").WithSummary("One follow-up.").Produces<PlanJson>().ProducesProblem(404);
        plans.MapPost("/{id:long}/approve", Approve).WithName("approve_follow_up").WithSummary("Let it be sent as it stands.")
            .Produces<PlanJson>().ProducesProblem(404).ProducesProblem(409);
        plans.MapPost("/{id:long}/reject", Reject).WithName("reject_follow_up").WithSummary("Do not send it, or send no more of it.")
            .Accepts<RejectBody>("application/json").Produces<PlanJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        plans.MapPost("/approve", ApproveAll).WithName("approve_follow_ups").WithSummary("Approve many at once.")
            .Accepts<ApproveAllBody>("application/json").Produces<ApprovedAnswer>().ProducesProblem(400);
    }

    public static async Task<PlanJson> Shown(Tx tx, long tenantId, long id) =>
        PlanJson.Of((await PlanStore.Find(tx, tenantId, id))!, await PlanStore.Steps(tx, tenantId, id));

    private static async Task<IResult> List(
        SignedIn who, Database database, [AsParameters] PageQuery page, string? state, string? rule, string? contact_id, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (state is not (null or "") && !PlanStates.All.Contains(state))
        {
            return Problems.Invalid400("state", $"state is one of {string.Join(", ", PlanStates.All)}.");
        }

        if (rule is not (null or "") && !RuleKinds.All.Contains(rule))
        {
            return Problems.Invalid400("rule", $"rule is one of {string.Join(", ", RuleKinds.All)}.");
        }

        long? contact = null;
        if (!string.IsNullOrEmpty(contact_id))
        {
            if (!long.TryParse(contact_id, out var id))
            {
                return Problems.Invalid400("contact_id", "contact_id is a number.");
            }

            contact = id;
        }

        var (rows, steps) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var found = await PlanStore.Page(
                tx, who.Tenant, string.IsNullOrEmpty(state) ? null : state, string.IsNullOrEmpty(rule) ? null : rule, contact, after?.Id ?? long.MaxValue, limit + 1);
            return (found, await PlanStore.StepsOf(tx, who.Tenant, found.ConvertAll(p => p.Id)));
        }, cancel);
        var byPlan = steps.ToLookup(s => s.PlanId);
        return Results.Json(Page.Of(rows, limit, p => new Cursor(p.Id, p.Id), p => PlanJson.Of(p, byPlan[p.Id])), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), async tx => await PlanStore.Find(tx, who.Tenant, id) is null ? null : await Shown(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(found, ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Beginnings beginnings, Ids ids)
    {
        var (bytes, body) = await ApiBody.Read<NewFollowUp>(http.Request);
        if (body.ContactId is not { } contactId)
        {
            return Problems.Invalid400("contact_id", "contact_id says whom.");
        }

        var note = CustomerText.Normalise(body.Note ?? "").Trim();
        var id = await ids.One(http.RequestAborted);
        return await idempotency.Once(http, who, "POST /api/follow-ups", bytes, async tx =>
        {
            if (await OutreachStore.ContactExists(tx, who.Tenant, contactId) == 0)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (StepsRequest.WrongText(note) is { } wrong && note.Length > 0)
            {
                return (400, Problems.Invalid400("note", wrong));
            }

            if ((await RuleStore.Find(tx, who.Tenant, RuleKinds.ByHand)).Enabled == 0)
            {
                return (409, Problems.FollowUpOff);
            }

            var place = await OutreachStore.LastConversation(tx, who.Tenant, contactId);
            var candidate = new Candidate { ContactId = contactId, ConversationId = place?.Id, InboxId = place?.InboxId, Subject = $"h{id}" };
            return await beginnings.Draw(tx, who.Tenant, RuleKinds.ByHand, candidate, note.Length == 0 ? null : note, id) is { } plan && await beginnings.Begin(tx, plan)
                ? (201, await Shown(tx, who.Tenant, id)) : (409, Problems.FollowUpExists);
        });
    }

    private static async Task<IResult> Approve(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, FollowUpNews news, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/follow-ups/{id}/approve", [], async tx =>
        {
            range.Rewind();
            if (await PlanStore.Hold(tx, who.Tenant, id, clock.Micros) is not { } plan)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (plan.State != PlanStates.Proposed)
            {
                return (409, Problems.FollowUpClosed);
            }

            await Approved(tx, queue, who, plan, clock.Micros);
            await news.Tell(tx, who.Tenant, id, range);
            return (200, await Shown(tx, who.Tenant, id));
        });
    }

    private static async Task<IResult> ApproveAll(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, FollowUpNews news, Ids ids, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<ApproveAllBody>(http.Request);
        if (body.Ids is { Count: > MostAtOnce })
        {
            return Problems.Invalid400("ids", $"ids are {MostAtOnce} at most.");
        }

        if (body.Rule is not null && !RuleKinds.All.Contains(body.Rule))
        {
            return Problems.Invalid400("rule", $"rule is one of {string.Join(", ", RuleKinds.All)}.");
        }

        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, "POST /api/follow-ups/approve", bytes, async tx =>
        {
            range.Rewind();
            var waiting = await PlanStore.Proposed(tx, who.Tenant, body.Rule, MostAtOnce);
            var approved = 0;
            foreach (var id in body.Ids is { } wanted ? waiting.Intersect(wanted).Order().ToList() : waiting)
            {
                if (await PlanStore.Hold(tx, who.Tenant, id, clock.Micros) is { State: PlanStates.Proposed } plan)
                {
                    await Approved(tx, queue, who, plan, clock.Micros);
                    approved++;
                }
            }

            await news.Tell(tx, who.Tenant, null, range);
            return (200, new ApprovedAnswer(approved));
        });
    }

    private static async Task<IResult> Reject(HttpContext http, SignedIn who, Idempotency idempotency, FollowUpNews news, Ids ids, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<RejectBody>(http.Request);
        var reason = CustomerText.Normalise(body.Reason ?? "").Trim();
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/follow-ups/{id}/reject", bytes, async tx =>
        {
            range.Rewind();
            if (await PlanStore.Hold(tx, who.Tenant, id, clock.Micros) is not { } plan)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (reason.Length is 0 or > LongestReason)
            {
                return (400, Problems.Invalid400("reason", $"reason says why, in 1 to {LongestReason} characters."));
            }

            if (!PlanStates.IsOpen(plan.State))
            {
                return (409, Problems.FollowUpClosed);
            }

            var state = plan.State == PlanStates.Running ? PlanStates.Ended : PlanStates.Rejected;
            await PlanStore.End(tx, who.Tenant, id, state, null, $"{who.AgentName}: {reason}", null, null, clock.Micros);
            await news.Tell(tx, who.Tenant, id, range);
            return (200, await Shown(tx, who.Tenant, id));
        });
    }

    /// <summary>What waited for a person longer than for its time keeps its distances from now on.</summary>
    private static async Task Approved(Tx tx, WorkQueue queue, SignedIn who, FollowUpPlan plan, long now)
    {
        var first = (await PlanStore.Steps(tx, plan.TenantId, plan.Id)).Find(s => s.State == StepState.Waiting);
        if (first is not null && first.DueAt < now)
        {
            await PlanStore.Shift(tx, plan.TenantId, plan.Id, now - first.DueAt);
        }

        await PlanStore.Approve(tx, plan.TenantId, plan.Id, who.AgentId, now);
        await queue.Wake(tx, [new LaneWake(LaneKind.FollowUp, plan.ContactId, plan.TenantId)]);
    }
}
