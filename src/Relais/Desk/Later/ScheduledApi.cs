using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Later;

/// <summary>What is to be said later: words or a content as in POST …/send, and when.</summary>
/// <param name="Message">The text; or content.</param>
/// <param name="Content">Any content, by its <c>type</c>.</param>
/// <param name="ReplyTo">Our id of the message it quotes.</param>
/// <param name="At">When it leaves, within 90 days; or delay_seconds.</param>
/// <param name="DelaySeconds">1 to 60: time to take it back.</param>
/// <param name="TakeOver">False leaves the conversation to who has it until it leaves; true when left out.</param>
internal sealed record ScheduleBody(
    string? Message = null, OutboundContent? Content = null, long? ReplyTo = null, DateTimeOffset? At = null, int? DelaySeconds = null, bool? TakeOver = null);

/// <param name="At">When it leaves.</param>
internal sealed record RescheduleBody(DateTimeOffset? At);

/// <summary>Messages that leave at a time, and those that can still be taken back for some seconds: one mechanism.</summary>
internal static class ScheduledApi
{
    private const int LongestDelay = 60;
    private const long Furthest = 90 * Instants.Day;

    /// <summary>A wake that is nearer than this sets a timer; further ones are found by their row.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    public static void MapScheduled(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/conversations/{id:long}/scheduled").WithTags("Composer").RequireAuthorization(Policies.Agent);
        own.MapPost("", Create).WithName("schedule_message").WithSummary("Say something later, or in some seconds so that it can be taken back.")
            .Accepts<ScheduleBody>("application/json").Produces<ScheduledJson>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        own.MapGet("", OfConversation).WithName("list_scheduled").WithSummary("What waits and what was refused in a conversation, the soonest first.")
            .Produces<Page<ScheduledJson>>().ProducesProblem(404);
        var all = app.MapGroup("/api/scheduled-messages").WithTags("Composer").RequireAuthorization(Policies.Agent);
        all.MapGet("", List).WithName("list_scheduled_messages").WithSummary("What waits and what was refused, in all conversations.").Produces<Page<ScheduledJson>>();
        all.MapDelete("/{id:long}", Cancel).WithName("cancel_scheduled").WithSummary("Take it back, or put a refused one away.")
            .Produces<SuccessAnswer>().ProducesProblem(404).ProducesProblem(409);
        all.MapPatch("/{id:long}", Move).WithName("move_scheduled").WithSummary("Send it at another time; a refused one waits again.")
            .Accepts<RescheduleBody>("application/json").Produces<ScheduledJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        all.MapPost("/{id:long}/send-now", SendNow).WithName("send_scheduled_now").WithSummary("Send it at once.")
            .Produces<ScheduledJson>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Idempotency idempotency, DeskActions desk, ScheduledSends sends, WorkQueue queue, Ids ids, Clock clock, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var (saying, refused) = ContentRequest.Read(bytes);
        var when = JsonSerializer.Deserialize<When>(bytes, ApiJson.Options)!;
        var range = await ids.Take(2 + DeskActions.IdsNeeded(null), http.RequestAborted);
        return await idempotency.Once(http, who, $"schedule:{id}", bytes, async tx =>
        {
            range.Rewind();
            var now = clock.Micros;
            if (await ConsentStore.ContactOf(tx, who.Tenant, id) == 0)
            {
                return (404, (object?)Problems.NotFound);
            }

            if ((refused ?? Wrong(when, now)) is { } wrong)
            {
                return (400, wrong);
            }

            var dueAt = when.At is { } at ? Instants.ToMicros(at) : now + (when.DelaySeconds!.Value * Instants.Second);
            var (result, place) = await desk.Plan(tx, who.Tenant, id, DeskApi.ActorOf(who), saying!, dueAt, when.TakeOver ?? true, range);
            if (DeskDoor.Refusal(result) is { } no)
            {
                return no;
            }

            var planned = new ScheduledMessage
            {
                TenantId = who.Tenant, Id = range.Next(), ConversationId = id, InboxId = place!.InboxId, AgentId = who.AgentId, AgentName = who.AgentName,
                Content = saying!.Content.Readable, Payload = ContentJson.Write(saying.Content), ReplyTo = saying.ReplyTo,
                AnswersSeq = place.LastInboundSeq, DueAt = dueAt, CreatedAt = now,
            };
            await ScheduledStore.Insert(tx, planned);
            await Wake(tx, queue, planned, now);
            await sends.Tell(tx, planned, range);
            return (201, ScheduledJson.Of(planned));
        });
    }

    private static async Task<IResult> OfConversation(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), async tx => await ConsentStore.ContactOf(tx, who.Tenant, id) == 0
            ? null : await ScheduledStore.Of(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(new Page<ScheduledJson>(found.ConvertAll(ScheduledJson.Of), null), ApiJson.Options)
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => ScheduledStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, m => new Cursor(m.Id, m.Id), ScheduledJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Cancel(HttpContext http, SignedIn who, Idempotency idempotency, ScheduledSends sends, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"DELETE /api/scheduled-messages/{id}", [], async tx =>
        {
            range.Rewind();
            if (await Held(tx, who.Tenant, id, clock.Micros) is not { Planned: { } planned } held)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (!held.IsOpen && planned.State == ScheduledState.Sent)
            {
                return (409, Problems.AlreadySent);
            }

            if (held.IsOpen)
            {
                await ScheduledStore.Cancelled(tx, who.Tenant, id, clock.Micros);
                await sends.Tell(tx, planned, range);
            }

            return (200, new SuccessAnswer());
        });
    }

    private static async Task<IResult> Move(
        HttpContext http, SignedIn who, Idempotency idempotency, ScheduledSends sends, WorkQueue queue, Ids ids, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<RescheduleBody>(http.Request);
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"PATCH /api/scheduled-messages/{id}", bytes, async tx =>
        {
            range.Rewind();
            var now = clock.Micros;
            if (await Held(tx, who.Tenant, id, now) is not { Planned: { } planned } held)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (Wrong(new When(body.At, null, null), now) is { } wrong)
            {
                return (400, wrong);
            }

            if (!held.IsOpen)
            {
                return (409, Problems.AlreadySent);
            }

            var dueAt = Instants.ToMicros(body.At!.Value);
            var conversation = (await ConversationStore.Find(tx, who.Tenant, planned.ConversationId))!;
            if (planned.Saying.Content is not OutboundContent.Template && !ServiceWindow.IsOpen(conversation.LastInboundAt, dueAt))
            {
                return (422, Problems.WindowWillClose);
            }

            await ScheduledStore.Move(tx, who.Tenant, id, dueAt, now);
            var moved = (await ScheduledStore.Find(tx, who.Tenant, id))!;
            await Wake(tx, queue, moved, now);
            await sends.Tell(tx, moved, range);
            return (200, ScheduledJson.Of(moved));
        });
    }

    private static async Task<IResult> SendNow(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, ScheduledSends sends, Ids ids, Clock clock, long id)
    {
        var known = await database.Read(Scope.Tenant(who.Tenant), tx => ScheduledStore.Find(tx, who.Tenant, id), http.RequestAborted);
        var range = await ids.Take(ScheduledSends.IdsNeeded(known?.Content ?? ""), http.RequestAborted);
        return await idempotency.Once(http, who, $"POST /api/scheduled-messages/{id}/send-now", [], async tx =>
        {
            range.Rewind();
            if (await Held(tx, who.Tenant, id, clock.Micros) is not { Planned: { } planned } held)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (!held.IsOpen)
            {
                return (409, Problems.AlreadySent);
            }

            return DeskDoor.Refusal(await sends.Send(tx, planned, keepsRefusal: false, range))
                ?? (200, ScheduledJson.Of((await ScheduledStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static IResult? Wrong(When when, long now)
    {
        if (when.At is null == when.DelaySeconds is null)
        {
            return Problems.Invalid400("at", "Say when: at (a time with its zone), or delay_seconds.");
        }

        if (when.DelaySeconds is < 1 or > LongestDelay)
        {
            return Problems.Invalid400("delay_seconds", $"delay_seconds is a number from 1 to {LongestDelay}.");
        }

        return when.At is { } at && (Instants.ToMicros(at) <= now || Instants.ToMicros(at) > now + Furthest)
            ? Problems.Invalid400("at", "at is a time in the next 90 days.") : null;
    }

    private static async Task<(ScheduledMessage? Planned, bool IsOpen)?> Held(Tx tx, long tenantId, long id, long now)
    {
        var isOpen = await ScheduledStore.Hold(tx, tenantId, id, refusedToo: true, now);
        return await ScheduledStore.Find(tx, tenantId, id) is { } planned ? (planned, isOpen) : null;
    }

    private static Task Wake(Tx tx, WorkQueue queue, ScheduledMessage planned, long now) =>
        TimeSpan.FromMicroseconds(planned.DueAt - now) is var delay && delay < Near
            ? queue.Wake(tx, [new LaneWake(LaneKind.Scheduled, planned.ConversationId, planned.TenantId, delay)]) : Task.CompletedTask;

    /// <summary>The body but for its content, which is read by itself so that errors name the field.</summary>
    private sealed record When(DateTimeOffset? At, int? DelaySeconds, bool? TakeOver);
}
