using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Labels;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Until when a conversation is put aside.</summary>
/// <param name="Until">A time to come, within a year.</param>
internal sealed record SnoozeBody(DateTimeOffset? Until);

/// <summary>Putting aside, opening again, seen and not seen.</summary>
internal static class LifeApi
{
    private const long LatestSnooze = 366 * Instants.Day;

    public static void MapLife(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/conversations/{id:long}").WithTags("Conversations").RequireAuthorization(Policies.Agent);
        group.MapPost("/snooze", Snooze).WithName("snooze_conversation")
            .WithSummary("Put the conversation aside until a time; it comes back at once when the customer writes.")
            .Accepts<SnoozeBody>("application/json").Produces<DeskAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/reopen", (HttpContext http, DeskDoor door, long id) => door.Act(http, id, "reopen",
            (desk, tx, who, ids) => desk.Reopen(tx, who.Tenant, id, DeskApi.ActorOf(who), ids))).WithName("reopen_conversation")
            .WithSummary("Open a closed conversation again, for yourself; a snoozed one comes back as it was.")
            .Produces<DeskAnswer>().ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/labels", Label).WithName("label_conversation").WithSummary("Put labels on the conversation, and take them off.")
            .Accepts<LabelsBody>("application/json").Produces<DeskAnswer>().ProducesProblem(400).ProducesProblem(404);
        group.MapPost("/read", (HttpContext http, DeskDoor door, long id) => door.Act(http, id, "read",
            (desk, tx, who, ids) => desk.Read(tx, who.Tenant, id, ids)))
            .WithSummary("Mark the customer's messages as seen.").Produces<DeskAnswer>();
        group.MapPost("/unread", (HttpContext http, DeskDoor door, long id) => door.Act(http, id, "unread",
            (desk, tx, who, ids) => desk.Unread(tx, who.Tenant, id, ids))).WithName("mark_conversation_unread")
            .WithSummary("Mark the conversation as not seen.").Produces<DeskAnswer>().ProducesProblem(404);
    }

    /// <summary>Null when it can be used.</summary>
    public static ContentProblem? WrongUntil(long? until, long now) => until is { } time && time > now && time <= now + LatestSnooze
        ? null : new ContentProblem("until", "until is a time to come, within a year.");

    private static async Task<IResult> Label(HttpContext http, DeskDoor door, long id)
    {
        var (bytes, asked) = await ApiBody.Read<LabelsBody>(http.Request);
        return await door.Act(http, id, "labels", bytes, null, async (desk, tx, who, ids) =>
            await ConversationStore.Find(tx, who.Tenant, id) is null ? new DeskResult.Refused(Problems.NotFound)
            : asked.Wrong() is { } sentence ? new DeskResult.Invalid([new ContentProblem("add", sentence)])
            : await desk.Label(tx, who.Tenant, id, DeskApi.ActorOf(who), asked.Add ?? [], asked.Remove ?? [], ids));
    }

    private static async Task<IResult> Snooze(HttpContext http, DeskDoor door, Clock clock, long id)
    {
        var (bytes, asked) = await ApiBody.Read<SnoozeBody>(http.Request);
        var until = asked.Until is { } time ? Instants.ToMicros(time) : (long?)null;
        return await door.Act(http, id, "snooze", bytes, null, async (desk, tx, who, ids) =>
            await ConversationStore.Find(tx, who.Tenant, id) is null ? new DeskResult.Refused(Problems.NotFound)
            : WrongUntil(until, clock.Micros) is { } wrong ? new DeskResult.Invalid([wrong])
            : await desk.Snooze(tx, who.Tenant, id, DeskApi.ActorOf(who), until!.Value, ids));
    }
}
