using System.Text.Json;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="AiSettings">With <c>auto_respond: null</c> the conversation goes by its number's again.</param>
internal sealed record ConversationChange(AiSettingsJson? AiSettings);

/// <summary>What people set for one conversation.</summary>
internal static class ConversationSettingsApi
{
    public static void MapConversationSettings(this IEndpointRouteBuilder app) =>
        app.MapPatch("/api/conversations/{id:long}", Change).WithTags("Conversations").RequireAuthorization(Policies.Agent)
            .WithName("change_conversation").WithSummary("Let the AI agent answer, draft or stay quiet in one conversation.")
            .Accepts<ConversationChange>("application/json").Produces<DeskAnswer>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Change(HttpContext http, DeskDoor door, long id)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var change = bytes.Length == 0 ? null : JsonSerializer.Deserialize<ConversationChange>(bytes, ApiJson.Options);
        return await door.Act(http, id, "change", bytes, null, async (desk, tx, who, ids) =>
            change?.AiSettings?.Wrong() is { } wrong && await ConversationStore.Find(tx, who.Tenant, id) is not null
                ? new DeskResult.Invalid([new ContentProblem(wrong.Field, wrong.Reason)])
            : change?.AiSettings is { } ai ? await desk.AutoRespond(tx, who.Tenant, id, DeskApi.ActorOf(who), ai.Stored(), ids)
            : await ConversationStore.Find(tx, who.Tenant, id) is null ? new DeskResult.Refused(Problems.NotFound)
            : new DeskResult.Invalid([new ContentProblem("ai_settings", "Name what changes: ai_settings.")]));
    }
}
