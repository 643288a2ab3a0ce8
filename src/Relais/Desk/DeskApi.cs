using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>What a person says: words, or any content. A content may stand at the top level, too: <c>{"type": "image", …}</c>.</summary>
/// <param name="Message">The text, 1 to 20,000 characters; longer than the channel takes is sent in parts.</param>
/// <param name="Content">Instead of message: any content, by its <c>type</c>.</param>
/// <param name="ReplyTo">Our id of the message it quotes; a reaction needs it.</param>
internal sealed record SendBody(string? Message = null, Channels.OutboundContent? Content = null, long? ReplyTo = null);

/// <summary>System B's form of it.</summary>
/// <param name="PhoneNumber">E.164, must be the conversation's own.</param>
/// <param name="Message">The text.</param>
/// <param name="ConversationId">The conversation.</param>
internal sealed record SendMessageBody(string? PhoneNumber, string? Message, long? ConversationId);

/// <summary>Why a conversation goes to people.</summary>
/// <param name="Reason">A few words, shown to agents.</param>
internal sealed record HandoffBody(string? Reason);

/// <summary>When the conversation goes back; none of them: now.</summary>
/// <param name="At">At this time, within 90 days.</param>
/// <param name="AfterMinutes">After so many minutes, 1 to 129600.</param>
/// <param name="OnClose">True: not before it is closed.</param>
internal sealed record ReleaseBody(DateTimeOffset? At = null, long? AfterMinutes = null, bool? OnClose = null);

/// <summary>Who is to have the conversation: one of both.</summary>
/// <param name="AgentId">A person of the business.</param>
/// <param name="TeamId">A team; it waits there for one of its members.</param>
internal sealed record AssignBody(long? AgentId = null, long? TeamId = null);

/// <summary>An act that was carried out.</summary>
/// <param name="Success">Always true; errors are problem documents.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The message it queued, if any.</param>
/// <param name="Status">active, transferred or completed.</param>
/// <param name="AgentMode">True while a person has the conversation.</param>
internal sealed record DeskAnswer(bool Success, long ConversationId, long? MessageId, string Status, bool AgentMode);

/// <summary>The verbs a person performs on a conversation, under our names and under system B's.</summary>
internal static class DeskApi
{
    private const long LatestRelease = 90 * Instants.Day;

    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        foreach (var (prefix, tag) in ((string, string)[])[("/api/conversations", "Conversations"), ("/dashboard/chat", "Dashboard (system B)")])
        {
            var group = app.MapGroup(prefix + "/{id:long}").WithTags(tag).RequireAuthorization(Policies.Agent);
            group.MapPost("/take-over", (HttpContext http, DeskDoor door, long id) => door.Act(http, id, "take-over",
                (desk, tx, who, ids) => desk.TakeOver(tx, who.Tenant, id, ActorOf(who), ids)))
                .WithSummary("Take the conversation: the bot is silent at once and the customer is told.").Produces<DeskAnswer>();
            group.MapPost("/send", (HttpContext http, DeskDoor door, long id) => Send(http, door, id))
                .WithSummary("Send a person's words; takes the conversation over if nobody had.")
                .Accepts<SendBody>("application/json", "application/x-www-form-urlencoded").Produces<DeskAnswer>();
            group.MapPost("/close", (HttpContext http, DeskDoor door, long id) => door.Act(http, id, "close",
                (desk, tx, who, ids) => desk.Close(tx, who.Tenant, id, ActorOf(who), saysGoodbye: true, ids)))
                .WithSummary("Close with the closing message.").Produces<DeskAnswer>();
        }

        var own = app.MapGroup("/api/conversations/{id:long}").WithTags("Conversations").RequireAuthorization(Policies.Agent);
        own.MapPost("/release", Release)
            .WithSummary("Give the conversation back to the AI agent: now, at a time, after some minutes, or at closing.")
            .Accepts<ReleaseBody>("application/json").Produces<DeskAnswer>();
        own.MapPost("/handoff", HandOff).WithSummary("Put the conversation in front of people.").Accepts<HandoffBody>("application/json").Produces<DeskAnswer>();
        own.MapPost("/assign", Assign).WithSummary("Give the conversation to a person or a team.").Accepts<AssignBody>("application/json").Produces<DeskAnswer>();

        app.MapPost("/api/twilio/send-message", SendMessage).WithTags("Studio (system B)").RequireAuthorization(Policies.Agent)
            .WithSummary("System B's send: bearer only, and only to the conversation's own number.")
            .Accepts<SendMessageBody>("application/json").Produces<DeskAnswer>();
    }

    public static Actor ActorOf(SignedIn who) => new(who.AgentId, who.AgentName);

    private static async Task<IResult> Send(HttpContext http, DeskDoor door, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var (saying, refused) = http.Request.HasFormContentType
            ? ContentRequest.OfText(FormField(bytes, "message"))
            : ContentRequest.Read(bytes);
        return await door.Act(http, id, "send", bytes, saying?.Words,
            (desk, tx, who, ids) => desk.Send(tx, who.Tenant, id, ActorOf(who), saying!, ids), refused);
    }

    private static async Task<IResult> SendMessage(HttpContext http, DeskDoor door)
    {
        if (http.SignedIn().ByCookie)
        {
            return Problems.Refuse(Problems.Unauthorised, "Send a bearer token: an API key from `relais token`, or the token of POST /api/auth/login.");
        }

        var body = await ApiBody.Read<SendMessageBody>(http.Request);
        if (body.Value.ConversationId is not { } id)
        {
            return Problems.Invalid400("conversation_id", "conversation_id is missing.");
        }

        var (saying, refused) = ContentRequest.OfText(body.Value.Message);
        return await door.Act(http, id, "send-message", body.Bytes, saying?.Words, async (desk, tx, who, ids) =>
        {
            var conversation = await ConversationStore.Find(tx, who.Tenant, id);
            return conversation is null ? new DeskResult.Refused(Problems.NotFound)
                : Bare(body.Value.PhoneNumber) != Bare(conversation.ContactPhone) ? new DeskResult.Refused(Problems.WrongNumber)
                : await desk.Send(tx, who.Tenant, id, ActorOf(who), saying!, ids);
        }, refused);
    }

    private static async Task<IResult> HandOff(HttpContext http, DeskDoor door, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var reason = bytes.Length == 0 ? null : System.Text.Json.JsonSerializer.Deserialize<HandoffBody>(bytes, ApiJson.Options)?.Reason;
        return await door.Act(http, id, "handoff", bytes, null, (desk, tx, who, ids) =>
            desk.HandOff(tx, who.Tenant, id, ActorOf(who), Clean(string.IsNullOrWhiteSpace(reason) ? "asked_by_agent" : reason), ids));
    }

    private static async Task<IResult> Release(HttpContext http, DeskDoor door, Clock clock, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var asked = (bytes.Length == 0 ? null : System.Text.Json.JsonSerializer.Deserialize<ReleaseBody>(bytes, ApiJson.Options)) ?? new ReleaseBody();
        var ways = (asked.At is null ? 0 : 1) + (asked.AfterMinutes is null ? 0 : 1) + (asked.OnClose == true ? 1 : 0);
        var at = asked.At is { } time ? Instants.ToMicros(time) : asked.AfterMinutes is { } minutes ? clock.Micros + (minutes * Instants.Minute) : (long?)null;
        return await door.Act(http, id, "release", bytes, null, async (desk, tx, who, ids) =>
            ways == 0 ? await desk.Release(tx, who.Tenant, id, ActorOf(who), ids)
            : await ConversationStore.Find(tx, who.Tenant, id) is null ? new DeskResult.Refused(Problems.NotFound)
            : ways > 1 || asked.AfterMinutes is < 1 || at > clock.Micros + LatestRelease
                ? new DeskResult.Invalid([new Channels.ContentProblem("at", "Name one of at (a time within 90 days), after_minutes (1 to 129600) and on_close (true), or none of them.")])
            : await desk.ReleaseLater(tx, who.Tenant, id, ActorOf(who), at, ids));
    }

    private static async Task<IResult> Assign(HttpContext http, DeskDoor door, long id)
    {
        var (bytes, asked) = await ApiBody.Read<AssignBody>(http.Request);
        return await door.Act(http, id, "assign", bytes, null, (desk, tx, who, ids) =>
            desk.Assign(tx, who.Tenant, id, ActorOf(who), asked.AgentId, asked.TeamId, ids));
    }

    private static string Clean(string text) => CustomerText.Normalise(text);

    private static string Bare(string? number) => string.Concat((number ?? "").Where(char.IsAsciiDigit));

    private static string? FormField(byte[] body, string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(body)).TryGetValue(name, out var value)
            ? value.ToString() : null;
}
