using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="AiSettings">With <c>auto_respond: null</c> the conversation goes by its number's again.</param>
/// <param name="Priority">0 none, 1 low, 2 high, 3 urgent.</param>
internal sealed record ConversationChange(AiSettingsJson? AiSettings, long? Priority = null);

/// <summary>What people set for one conversation.</summary>
internal static class ConversationSettingsApi
{
    public static void MapConversationSettings(this IEndpointRouteBuilder app) =>
        app.MapPatch("/api/conversations/{id:long}", Change).WithTags("Conversations").RequireAuthorization(Policies.Agent)
            .WithName("change_conversation").WithSummary("Let the AI agent answer, draft or stay quiet in one conversation; set its priority.")
            .Accepts<ConversationChange>("application/json").Produces<DeskAnswer>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Change(HttpContext http, DeskDoor door, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var change = bytes.Length == 0 ? null : JsonSerializer.Deserialize<ConversationChange>(bytes, ApiJson.Options);
        return await door.Act(http, id, "change", bytes, null, async (desk, tx, who, ids) =>
        {
            if (await ConversationStore.Find(tx, who.Tenant, id) is null)
            {
                return new DeskResult.Refused(Problems.NotFound);
            }

            if (Wrong(change) is { } wrong)
            {
                return new DeskResult.Invalid([wrong]);
            }

            var done = change!.Priority is { } priority ? await desk.Prioritise(tx, who.Tenant, id, priority, ids) : new DeskResult.Done();
            return change.AiSettings is { } ai ? await desk.AutoRespond(tx, who.Tenant, id, DeskApi.ActorOf(who), ai.Stored(), ids) : done;
        });
    }

    private static ContentProblem? Wrong(ConversationChange? change) =>
        change is null or { AiSettings: null, Priority: null } ? new ContentProblem("ai_settings", "Name what changes: ai_settings or priority.")
        : change.Priority is < 0 or > 3 ? new ContentProblem("priority", "priority is 0 (none), 1 (low), 2 (high) or 3 (urgent).")
        : change.AiSettings?.Wrong() is { } wrong ? new ContentProblem(wrong.Field, wrong.Reason)
        : null;
}
