using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk;

/// <summary>What somebody does with a conversation they have open.</summary>
/// <param name="State">viewing, typing or gone; said again every 15 s, forgotten after 40 s.</param>
internal sealed record ViewingBody(string? State);

/// <summary>Who looks at a conversation, so that two colleagues do not answer at once.</summary>
internal static class ViewerApi
{
    public static void MapViewers(this IEndpointRouteBuilder app) => app.MapPost("/api/conversations/{id:long}/viewing", Say)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent).WithName("say_viewing")
        .WithSummary("Say that you look at the conversation, type in it, or left it; colleagues see it.")
        .Accepts<ViewingBody>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Say(HttpContext http, SignedIn who, Database database, Idempotency idempotency, DeskViewers viewers, Ids ids, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => ConversationStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } conversation)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<ViewingBody>(http.Request);
        if (asked.State is not (Viewer.Viewing or Viewer.Typing or "gone"))
        {
            return Problems.Invalid400("state", "state is viewing, typing or gone.");
        }

        var range = await ids.Take(DeskViewers.IdsNeeded, http.RequestAborted);
        return await idempotency.Once(http, who, $"viewing:{id}", bytes, async tx =>
        {
            range.Rewind();
            await viewers.Say(tx, conversation, who.AgentId, asked.State == "gone" ? null : asked.State, range);
            return (StatusCodes.Status204NoContent, null);
        });
    }
}
