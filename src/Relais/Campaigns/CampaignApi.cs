using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns;

/// <summary>Campaigns: made, changed, listed. What is done with one is in <see cref="CampaignVerbsApi"/>.</summary>
internal static class CampaignApi
{
    public static void MapCampaignRecords(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/campaigns").WithTags("Campaigns").RequireAuthorization(Policies.Agent);
        read.MapGet("", List).WithName("list_campaigns").WithSummary("Campaigns, newest first").Produces<Page<CampaignJson>>().ProducesProblem(400);
        read.MapGet("/{id:long}", Get).WithName("get_campaign").WithSummary("One campaign with its counts").Produces<CampaignJson>().ProducesProblem(404);
        var write = app.MapGroup("/api/campaigns").WithTags("Campaigns").RequireAuthorization(Policies.Admin);
        write.MapPost("", Create).WithName("create_campaign").WithSummary("Make a campaign; nothing leaves before it is started")
            .WithDescription("Takes an Idempotency-Key.").Accepts<CampaignRequest>("application/json").Produces<CampaignJson>(201).ProducesProblem(400);
        write.MapPatch("/{id:long}", Change).WithName("change_campaign").WithSummary("Change a campaign that was not started")
            .WithDescription("What is left out stays. The pace may be changed until it ends.")
            .Accepts<CampaignRequest>("application/json").Produces<CampaignJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        write.MapDelete("/{id:long}", Delete).WithName("delete_campaign").WithSummary("Delete a campaign that was never started")
            .Produces<SuccessAnswer>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery page, [FromQuery(Name = "state")] string? state)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (!string.IsNullOrEmpty(state) && !CampaignState.All.Contains(state))
        {
            return Problems.Invalid400("state", $"state is one of {string.Join(", ", CampaignState.All)}.");
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => CampaignStore.Page(
            tx, who.Tenant, string.IsNullOrEmpty(state) ? null : state, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, c => new Cursor(c.Id, c.Id), CampaignJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => CampaignStore.Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(CampaignJson.Of(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxDirectory inboxes, Ids ids, Clock clock)
    {
        var (bytes, said) = await ApiBody.Read<CampaignRequest>(http.Request);
        var (id, now) = (await ids.One(http.RequestAborted), clock.Micros);
        var seed = System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        var (campaign, wrong) = CampaignReading.Apply(
            new Campaign { TenantId = who.Tenant, Id = id, AgentId = who.AgentId, Seed = seed, CreatedAt = now }, said, inboxes, now);
        return wrong ?? await idempotency.Once(http, who, "POST /api/campaigns", bytes, async tx =>
        {
            await CampaignStore.Insert(tx, campaign!);
            return (201, CampaignJson.Of((await CampaignStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxDirectory inboxes, Clock clock, long id)
    {
        var (bytes, said) = await ApiBody.Read<CampaignRequest>(http.Request);
        return await idempotency.Once(http, who, $"PATCH /api/campaigns/{id}", bytes, async tx =>
        {
            var now = clock.Micros;
            if (await CampaignStore.Hold(tx, who.Tenant, id, now) is not { } campaign)
            {
                return (404, (object?)Problems.NotFound);
            }

            var (changed, wrong) = CampaignReading.Apply(campaign, said, inboxes, now);
            if (wrong is not null)
            {
                return (400, wrong);
            }

            var isPaceAlone = said is { PacePerSecond: not null, Name: null, InboxId: null, Template: null, Audience: null, Schedule: null, HoldOutPercent: null };
            if (CampaignState.IsOpen(campaign.State))
            {
                await CampaignStore.Change(tx, changed!);
            }
            else if (isPaceAlone && campaign.State is not (CampaignState.Done or CampaignState.Cancelled))
            {
                await CampaignStore.ChangePace(tx, who.Tenant, id, changed!.Pace);
            }
            else
            {
                return (409, Problems.CampaignState);
            }

            return (200, CampaignJson.Of((await CampaignStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/campaigns/{id}", [], async tx =>
        {
            if (await CampaignStore.Hold(tx, who.Tenant, id, clock.Micros) is not { } campaign)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (!CampaignState.IsOpen(campaign.State) || campaign.StartedAt is not null)
            {
                return (409, Problems.CampaignState);
            }

            await CampaignStore.Delete(tx, who.Tenant, id);
            return (200, new SuccessAnswer());
        });
}
