using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>A message to somebody who may never have written.</summary>
/// <param name="To">Phone number with its country code; or contact_id.</param>
/// <param name="ContactId">Ours.</param>
/// <param name="InboxId">The number to write from; may be left out when there is one only, or an earlier conversation.</param>
/// <param name="Message">A text; or content.</param>
/// <param name="Content">Any content, by its <c>type</c>; outside the service window a template.</param>
internal sealed record OutreachBody(
    string? To = null, long? ContactId = null, long? InboxId = null, string? Message = null, Channels.OutboundContent? Content = null);

/// <summary>Begins or continues a conversation by its customer instead of its id.</summary>
internal static class OutreachApi
{
    public static void MapOutreach(this IEndpointRouteBuilder app) => app.MapPost("/api/messages", Send)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent)
        .WithSummary("Send to a customer by number or contact, who may never have written; who owns the conversation stays.")
        .Accepts<OutreachBody>("application/json").Produces<DeskAnswer>();

    private static async Task<IResult> Send(HttpContext http, DeskDoor door, Outreach outreach)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var (saying, refused) = ContentRequest.Read(bytes);
        if (refused is not null)
        {
            return refused;
        }

        var body = System.Text.Json.JsonSerializer.Deserialize<Addressed>(bytes, ApiJson.Options)!;
        return await door.Act(http, 0, "messages", bytes, saying!.Words, (_, tx, who, ids) => outreach.Send(
            tx, who.Tenant, DeskApi.ActorOf(who), new Addressee(body.ContactId, body.To, body.InboxId), _ => saying, ids));
    }

    /// <summary>The body but for its content, which is read by itself so that errors name the field.</summary>
    private sealed record Addressed(string? To, long? ContactId, long? InboxId);
}
