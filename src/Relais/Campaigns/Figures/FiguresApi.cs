using System.Text;
using Microsoft.AspNetCore.Mvc;
using Relais.Campaigns.Audience;
using Relais.Campaigns.Sending;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Templates;
using Relais.Tenants;

namespace Relais.Campaigns.Figures;

/// <param name="Position">Row of the file, or place in the audience.</param>
/// <param name="ContactId">Null when the row names nobody, or somebody a second time.</param>
/// <param name="Name">The contact's.</param>
/// <param name="Phone">The contact's, or as it stood in the file.</param>
/// <param name="Language">Of the template.</param>
/// <param name="State">queued, sending, sent, delivered, read, replied, failed, uncertain, skipped or held_out.</param>
/// <param name="ReasonCode">Skipped or failed: why.</param>
/// <param name="Reason">The same as a sentence.</param>
/// <param name="ConversationId">Where the message stands.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Tries">How often it was queued.</param>
/// <param name="At">When it was queued, ISO-8601 UTC.</param>
/// <param name="DeliveredAt">ISO-8601 UTC, or null.</param>
/// <param name="ReadAt">ISO-8601 UTC, or null.</param>
internal sealed record RecipientJson(
    long Position, long? ContactId, string? Name, string? Phone, string Language, string State, string? ReasonCode, string? Reason,
    long? ConversationId, long? MessageId, long Tries, DateTimeOffset? At, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt)
{
    public static RecipientJson Of(RecipientView r) => new(
        r.Position, r.ContactId, r.Name, r.Phone, r.Language, r.State, r.Code, r.Reason, r.ConversationId, r.MessageId, r.Tries,
        Instants.FromMicros(r.At), Instants.FromMicros(r.DeliveredAt), Instants.FromMicros(r.ReadAt));
}

/// <param name="Campaign">As it stands.</param>
/// <param name="Skipped">Why recipients would get nothing, the commonest first.</param>
/// <param name="Samples">How it reads for the first few who get it.</param>
/// <param name="Cost">What those who wait would cost, by the price list.</param>
/// <param name="Seconds">How long it takes at its pace; without quiet hours and limits of the number.</param>
internal sealed record CheckJson(CampaignJson Campaign, IReadOnlyList<ReasonJson> Skipped, IReadOnlyList<string> Samples, MessageCost Cost, long Seconds);

/// <summary>What a check found and what became of a campaign: counts, people, file.</summary>
internal static class FiguresApi
{
    private const int Samples = 5;
    private const int CsvPage = 1000;

    public static void MapCampaignFigures(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api/campaigns/{id:long}").WithTags("Campaigns").RequireAuthorization(Policies.Agent);
        read.MapGet("/check", Check).WithName("get_campaign_check").WithSummary("What the check found: who gets nothing and why, samples, cost")
            .Produces<CheckJson>().ProducesProblem(404);
        read.MapGet("/recipients", Recipients).WithName("list_campaign_recipients").WithSummary("Recipients in the order of the list, narrowed by state")
            .Produces<Page<RecipientJson>>().ProducesProblem(400).ProducesProblem(404);
        read.MapGet("/statistics", Statistics).WithName("get_campaign_statistics").WithSummary("States, replies, orders, lift over who was held out, hours, cost")
            .Produces<CampaignStatistics>().ProducesProblem(404);
        read.MapGet("/recipients.csv", Csv).WithName("export_campaign_recipients").WithSummary("All recipients as a file for a spreadsheet")
            .Produces(200, contentType: "text/csv").ProducesProblem(404);
    }

    private static Task<IResult> Check(SignedIn who, Database database, InboxDirectory inboxes, Settings settings, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            if (await CampaignStore.Find(tx, who.Tenant, id) is not { } campaign)
            {
                return Problems.Refuse(Problems.NotFound);
            }

            var wanted = campaign.ReadTemplate();
            var templates = await CampaignTemplates.Load(tx, who.Tenant, campaign.InboxId, wanted);
            var samples = new List<string>(Samples);
            foreach (var next in templates.Code is null ? await RecipientStore.Next(tx, who.Tenant, id, null, Samples) : [])
            {
                var values = Campaign.Read<Dictionary<string, string>>(next.Variables);
                samples.Add(TemplateFilling.Fill(templates.ByLanguage[next.Language], RecipientPlan.Content(wanted, next.Language, values)).Content.Readable);
            }

            var rate = NumberLimits.Of(inboxes.Find(campaign.InboxId), settings.SendRate).Rate * CampaignPace.Share;
            var pace = rate > 0 ? Math.Min(rate, campaign.Pace / 60.0) : campaign.Pace / 60.0;
            return Results.Json(new CheckJson(
                CampaignJson.Of(campaign), (await RecipientViewStore.Skipped(tx, who.Tenant, id)).ConvertAll(ReasonJson.Of), samples,
                MessageCost.Of(await PriceStore.All(tx, who.Tenant), CategoryOf(templates), await PriceStore.Waiting(tx, who.Tenant, id)),
                (long)Math.Ceiling(campaign.Waiting / pace)), ApiJson.Options);
        }, cancel);

    private static async Task<IResult> Recipients(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery page, [FromQuery(Name = "state")] string? state, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => CampaignStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        if (!string.IsNullOrEmpty(state) && !RecipientViewStore.States.Contains(state))
        {
            return Problems.Invalid400("state", $"state is one of {string.Join(", ", RecipientViewStore.States)}.");
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => RecipientViewStore.Page(
            tx, who.Tenant, id, string.IsNullOrEmpty(state) ? null : state, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, r => new Cursor(r.Position, r.Position), RecipientJson.Of), ApiJson.Options);
    }

    private static Task<IResult> Statistics(SignedIn who, Database database, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            if (await CampaignStore.Find(tx, who.Tenant, id) is not { } campaign)
            {
                return Problems.Refuse(Problems.NotFound);
            }

            var templates = await CampaignTemplates.Load(tx, who.Tenant, campaign.InboxId, campaign.ReadTemplate());
            return Results.Json(CampaignStatistics.Of(
                await RecipientViewStore.Counts(tx, who.Tenant, id), await RecipientViewStore.Skipped(tx, who.Tenant, id),
                await RecipientViewStore.Failed(tx, who.Tenant, id), await RecipientViewStore.Hours(tx, who.Tenant, id),
                MessageCost.Of(await PriceStore.All(tx, who.Tenant), CategoryOf(templates), await PriceStore.Delivered(tx, who.Tenant, id))), ApiJson.Options);
        }, cancel);

    private static async Task<IResult> Csv(HttpContext http, SignedIn who, Database database, long id)
    {
        var cancel = http.RequestAborted;
        if (await database.Read(Scope.Tenant(who.Tenant), tx => CampaignStore.Find(tx, who.Tenant, id), cancel) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        return Results.Stream(async body =>
        {
            await body.WriteAsync(CsvWriting.Mark, cancel);
            var text = new StringBuilder();
            CsvWriting.Row(text, ["position", "contact_id", "name", "phone", "language", "state", "reason_code", "reason", "queued_at", "delivered_at", "read_at", "tries"]);
            for (var after = 0L; ;)
            {
                var rows = await database.Read(Scope.Tenant(who.Tenant), tx => RecipientViewStore.Page(tx, who.Tenant, id, null, after, CsvPage), cancel);
                foreach (var r in rows)
                {
                    CsvWriting.Row(text, [r.Position, r.ContactId, r.Name, r.Phone, r.Language, r.State, r.Code, r.Reason, Written(r.At), Written(r.DeliveredAt), Written(r.ReadAt), r.Tries]);
                }

                await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
                text.Clear();
                if (rows.Count < CsvPage)
                {
                    break;
                }

                after = rows[^1].Position;
            }
        }, "text/csv; charset=utf-8", $"campaign-{id}.csv");
    }

    /// <summary>The category that is charged; marketing, the dearest, while the template is not known.</summary>
    private static string CategoryOf(CampaignTemplates templates) => templates.ByLanguage.Values.FirstOrDefault()?.Category ?? "marketing";

    private static string? Written(long? micros) =>
        micros is { } at ? Instants.FromMicros(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : null;
}
