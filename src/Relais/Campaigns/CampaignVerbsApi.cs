using System.Text.Json;
using Relais.Campaigns.Audience;
using Relais.Campaigns.Sending;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns;

/// <param name="Schedule">When it leaves; left out: as it was said before.</param>
internal sealed record StartBody(CampaignSchedule? Schedule = null);

/// <param name="Retried">Recipients that get it once more.</param>
/// <param name="Campaign">As it stands now.</param>
internal sealed record RetryAnswer(int Retried, CampaignJson Campaign);

/// <summary>What people do with a campaign: check, start, pause, go on, cancel, try the failed again.</summary>
internal static class CampaignVerbsApi
{
    public static void MapCampaignVerbs(this IEndpointRouteBuilder app)
    {
        var verbs = app.MapGroup("/api/campaigns/{id:long}").WithTags("Campaigns").RequireAuthorization(Policies.Admin);
        verbs.MapPost("/check", Check).WithName("check_campaign").WithSummary("Read the audience and check every recipient; nothing leaves")
            .Produces<CampaignJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        verbs.MapPost("/start", Start).WithName("start_campaign").WithSummary("Start it, at once or at its time; what was not checked is checked first")
            .Accepts<StartBody>("application/json").Produces<CampaignJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        verbs.MapPost("/pause", Pause).WithName("pause_campaign").WithSummary("Stop for now; what has not left is taken back and waits")
            .Produces<CampaignJson>().ProducesProblem(404).ProducesProblem(409);
        verbs.MapPost("/resume", Resume).WithName("resume_campaign").WithSummary("Go on").Produces<CampaignJson>().ProducesProblem(404).ProducesProblem(409);
        verbs.MapPost("/cancel", Cancel).WithName("cancel_campaign").WithSummary("End it for good; what has not left is taken back")
            .Produces<CampaignJson>().ProducesProblem(404).ProducesProblem(409);
        verbs.MapPost("/retry", Retry).WithName("retry_campaign").WithSummary("Send again what failed for a reason that passes")
            .WithDescription("Never what is of unknown fate, and nobody who cannot be reached.").Produces<RetryAnswer>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Check(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id) =>
        await Do(http, who, idempotency, queue, news, ids, clock, id, "check", async (tx, campaign, now) =>
        {
            if (!CampaignState.IsOpen(campaign.State))
            {
                return (409, Problems.CampaignState);
            }

            if (await Unready(tx, campaign) is { } wrong)
            {
                return wrong;
            }

            await CampaignStore.Check(tx, who.Tenant, id, starts: false, null, now);
            return null;
        });

    private static async Task<IResult> Start(
        HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignStart start, CampaignNews news, Ids ids, Clock clock, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var body = bytes.Length == 0 ? new StartBody() : JsonSerializer.Deserialize<StartBody>(bytes, ApiJson.Options) ?? new StartBody();
        return await Do(http, who, idempotency, queue, news, ids, clock, id, "start", async (tx, campaign, now) =>
        {
            if (!CampaignState.IsOpen(campaign.State))
            {
                return (409, Problems.CampaignState);
            }

            if (CampaignReading.Problem(body.Schedule, now) is { } wrong)
            {
                return (400, Problems.Invalid400(wrong.Field, wrong.Sentence));
            }

            if (await Unready(tx, campaign) is { } unready)
            {
                return unready;
            }

            if (body.Schedule is { } schedule)
            {
                await CampaignStore.Reschedule(tx, who.Tenant, id, Campaign.Write(schedule));
            }

            if (campaign.State == CampaignState.Draft)
            {
                await CampaignStore.Check(tx, who.Tenant, id, starts: true, who.AgentId, now);
                return null;
            }

            if (campaign.Waiting == 0)
            {
                return (409, Problems.CampaignEmpty);
            }

            await start.Begin(tx, (await CampaignStore.Find(tx, who.Tenant, id))!, who.AgentId, now);
            return null;
        }, bytes);
    }

    private static Task<IResult> Pause(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id) =>
        Do(http, who, idempotency, queue, news, ids, clock, id, "pause", async (tx, campaign, now) =>
        {
            if (campaign.State is not (CampaignState.Scheduled or CampaignState.Running or CampaignState.Paused))
            {
                return (409, Problems.CampaignState);
            }

            if (campaign.State != CampaignState.Paused)
            {
                await CampaignStore.Move(tx, who.Tenant, id, CampaignState.Paused, now, now, "by_person", $"Paused by {who.AgentName}.");
                await CampaignStore.Swept(tx, who.Tenant, id, isMore: true, now);
            }

            return null;
        });

    private static Task<IResult> Resume(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id) =>
        Do(http, who, idempotency, queue, news, ids, clock, id, "resume", async (tx, campaign, now) =>
        {
            if (campaign.State is not (CampaignState.Paused or CampaignState.Running))
            {
                return (409, Problems.CampaignState);
            }

            if (campaign.State == CampaignState.Paused)
            {
                await CampaignStore.Move(tx, who.Tenant, id, CampaignState.Running, now, now);
            }

            return null;
        });

    private static Task<IResult> Cancel(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id) =>
        Do(http, who, idempotency, queue, news, ids, clock, id, "cancel", async (tx, campaign, now) =>
        {
            if (campaign.State == CampaignState.Done)
            {
                return (409, Problems.CampaignState);
            }

            if (campaign.State != CampaignState.Cancelled)
            {
                await CampaignStore.Move(tx, who.Tenant, id, CampaignState.Cancelled, now, now, "by_person", $"Cancelled by {who.AgentName}.");
                await CampaignStore.Swept(tx, who.Tenant, id, isMore: true, now);
            }

            return null;
        });

    private static async Task<IResult> Retry(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/campaigns/{id}/retry", [], async tx =>
        {
            range.Rewind();
            var now = clock.Micros;
            if (await CampaignStore.Hold(tx, who.Tenant, id, now) is not { } campaign)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (campaign.State is not (CampaignState.Running or CampaignState.Paused or CampaignState.Done))
            {
                return (409, Problems.CampaignState);
            }

            var count = await CampaignRetries.WaitAgain(tx, who.Tenant, id);
            await CampaignStore.Count(tx, who.Tenant, id, count, -count, 0, 0);
            if (count > 0 && campaign.State == CampaignState.Done)
            {
                await CampaignStore.Move(tx, who.Tenant, id, CampaignState.Running, now, now);
                await queue.Wake(tx, [new LaneWake(LaneKind.Campaign, id, who.Tenant)]);
            }

            await news.Tell(tx, who.Tenant, id, campaign.InboxId, range, now);
            return (200, new RetryAnswer(count, CampaignJson.Of((await CampaignStore.Find(tx, who.Tenant, id))!)));
        });
    }

    /// <summary>What keeps it from being checked or started, whoever is in the audience.</summary>
    private static async Task<(int, object?)?> Unready(Tx tx, Campaign campaign)
    {
        var audience = campaign.ReadAudience();
        if (audience.Kind == CampaignAudience.Csv && campaign.UploadId is null)
        {
            return (400, Problems.Invalid400("audience", "Bring the file first (PUT /api/campaigns/{id}/audience)."));
        }

        if (audience is { Kind: CampaignAudience.Segment, SegmentId: { } segment } && await SegmentStore.Find(tx, campaign.TenantId, segment) is null)
        {
            return (400, Problems.Invalid400("audience.segment_id", "There is no segment with this id (any more)."));
        }

        var wanted = campaign.ReadTemplate();
        var templates = await CampaignTemplates.Load(tx, campaign.TenantId, campaign.InboxId, wanted);
        if (templates.Code is { } code)
        {
            return (409, Problems.RefuseWith(Problems.TemplateUnusable, templates.Problem, new Dictionary<string, object?> { ["reason"] = code }));
        }

        if (templates.Unmapped(wanted) is [var first, ..])
        {
            return (400, Problems.Invalid400($"template.variables.{first}", $"Say where the value of {first} comes from."));
        }

        var lost = audience.Kind == CampaignAudience.Csv
            ? wanted.Variables.FirstOrDefault(v => v.Value.From == "column" && !campaign.Columns.Contains(v.Value.Name, StringComparer.OrdinalIgnoreCase))
            : wanted.Variables.FirstOrDefault(v => v.Value.From == "column");
        return lost.Key is null ? null : (400, Problems.Invalid400($"template.variables.{lost.Key}", $"The audience has no column {lost.Value.Name}."));
    }

    private static async Task<IResult> Do(
        HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, CampaignNews news, Ids ids, Clock clock, long id, string verb,
        Func<Tx, Campaign, long, Task<(int, object?)?>> act, byte[]? bytes = null)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/campaigns/{id}/{verb}", bytes ?? [], async tx =>
        {
            range.Rewind();
            var now = clock.Micros;
            if (await CampaignStore.Hold(tx, who.Tenant, id, now) is not { } campaign)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (await act(tx, campaign, now) is { } refused)
            {
                return refused;
            }

            await queue.Wake(tx, [new LaneWake(LaneKind.Campaign, id, who.Tenant)]);
            await news.Tell(tx, who.Tenant, id, campaign.InboxId, range, now);
            return (200, CampaignJson.Of((await CampaignStore.Find(tx, who.Tenant, id))!));
        });
    }
}
