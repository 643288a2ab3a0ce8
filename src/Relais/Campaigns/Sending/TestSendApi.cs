using Relais.Campaigns.Audience;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Campaigns.Sending;

/// <param name="ContactId">To whom; or to.</param>
/// <param name="To">A phone number with its country code.</param>
internal sealed record TestSendBody(long? ContactId = null, string? To = null);

/// <param name="MessageId">Queued.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="Text">How it reads.</param>
internal sealed record TestSendAnswer(long MessageId, long ConversationId, string Text);

/// <summary>One message of a campaign to one person, as a look at it: it counts as nobody's recipient.</summary>
internal static class TestSendApi
{
    private const int IdsNeeded = 12;

    private static readonly Dictionary<string, Problem> Refusals = new[]
    {
        Problems.OptedOut, Problems.ContactBlocked, Problems.MarketingOptedOut, Problems.UtilityOptedOut, Problems.MarketingNotGranted,
    }.ToDictionary(p => p.Code, StringComparer.Ordinal);

    public static void MapTestSend(this IEndpointRouteBuilder app) => app.MapPost("/api/campaigns/{id:long}/test", Send).WithTags("Campaigns")
        .RequireAuthorization(Policies.Admin).WithName("test_campaign").WithSummary("Send it to one contact or number to look at it")
        .WithDescription("Values of columns are those of the file's first row; what is empty shows its name. Takes an Idempotency-Key.")
        .Accepts<TestSendBody>("application/json").Produces<TestSendAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Send(
        HttpContext http, SignedIn who, Idempotency idempotency, SendGate gate, Addressing addressing, Ids ids, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<TestSendBody>(http.Request);
        var range = await ids.Take(IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/campaigns/{id}/test", bytes, async tx =>
        {
            range.Rewind();
            if (await CampaignStore.Find(tx, who.Tenant, id) is not { } campaign)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (await Contact(tx, who.Tenant, body, range, clock.Micros) is not { } contactId)
            {
                return (400, Problems.Invalid400(body.ContactId is null ? "to" : "contact_id", body.ContactId is null
                    ? "to is a phone number with its country code, such as +212612345678." : "There is no contact with this id."));
            }

            var wanted = campaign.ReadTemplate();
            var templates = await CampaignTemplates.Load(tx, who.Tenant, campaign.InboxId, wanted);
            if (templates.Code is not null)
            {
                return (409, Problems.Refuse(Problems.TemplateUnusable, templates.Problem));
            }

            var place = (await addressing.Contact(tx, who.Tenant, contactId, campaign.InboxId, range))!;
            var content = await Content(tx, campaign, wanted, templates, contactId);
            var request = new SendRequest(who.Tenant, place.ConversationId, place.InboxId, place.Version, place.LastInboundAt, place.OptedOutAt, Author.Agent, who.AgentId, content)
            {
                BlockedAt = place.BlockedAt, Purpose = SendPurpose.Marketing,
            };
            if (await gate.Decide(tx, request) is SendDecision.Refused refused)
            {
                return (409, Problems.RefuseWith(Refusals.GetValueOrDefault(refused.Code, Problems.TemplateUnusable), refused.Reason, new Dictionary<string, object?> { ["field"] = refused.Field }));
            }

            var queued = (await gate.Enqueue(tx, [request], range))[0];
            return (200, new TestSendAnswer(queued.MessageId, place.ConversationId, queued.Content.Readable));
        });
    }

    private static async Task<long?> Contact(Tx tx, long tenantId, TestSendBody body, IdRange ids, long now)
    {
        if (body.ContactId is { } known)
        {
            return await OutreachStore.ContactExists(tx, tenantId, known) > 0 ? known : null;
        }

        return PhoneNumbers.ToE164(body.To) is { } phone ? await ContactStore.OfPhone(tx, tenantId, phone, null, ids, now) : null;
    }

    private static async Task<OutboundContent.Template> Content(Tx tx, Campaign campaign, CampaignTemplate wanted, CampaignTemplates templates, long contactId)
    {
        var cells = campaign.UploadId is { } upload ? (await CampaignRowStore.Page(tx, campaign.TenantId, campaign.Id, upload, 0, 1)).FirstOrDefault()?.Cells : null;
        var named = wanted with
        {
            Variables = wanted.Variables.ToDictionary(v => v.Key, v => v.Value with { Otherwise = v.Value.Otherwise ?? $"[{v.Value.Name ?? v.Key}]" }, StringComparer.Ordinal),
        };
        var plan = new RecipientPlan(named, templates.ByLanguage, campaign.Columns, 0, 0);
        var contact = (await CampaignContactStore.Some(tx, campaign.TenantId, [contactId], withFields: true))[contactId];
        return plan.Sample(contact, cells);
    }
}
