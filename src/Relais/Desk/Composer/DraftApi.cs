using System.Text.Json;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Composer;

/// <summary>What a person has begun to write.</summary>
/// <param name="Text">At most 20,000 characters; empty, with no data: the draft goes.</param>
/// <param name="IsNote">True when it is a note for colleagues.</param>
/// <param name="ReplyTo">Our id of the message it quotes.</param>
/// <param name="Data">Whatever else the composer holds (files, buttons, a template), 16 KB at most; given back as it is.</param>
internal sealed record DraftBody(string? Text, bool IsNote = false, long? ReplyTo = null, JsonElement? Data = null);

/// <param name="ConversationId">Where it is written.</param>
/// <param name="Text">The words.</param>
/// <param name="IsNote">True when it is a note for colleagues.</param>
/// <param name="ReplyTo">Our id of the message it quotes, or null.</param>
/// <param name="Data">As it was given, or null.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record DraftJson(long ConversationId, string Text, bool IsNote, long? ReplyTo, JsonElement? Data, DateTimeOffset UpdatedAt);

/// <param name="ConversationId">Where it is written.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record DraftPlaceJson(long ConversationId, DateTimeOffset UpdatedAt);

/// <param name="Items">Latest first.</param>
internal sealed record DraftPlacesJson(IReadOnlyList<DraftPlaceJson> Items);

/// <summary>
/// Drafts are kept here, one a person and conversation, so that neither a restart nor another browser loses what was typed. The
/// last one written counts; nobody else sees it.
/// </summary>
internal static class DraftApi
{
    private const int LongestText = 20_000;
    private const int LongestData = 16 * 1024;

    /// <summary>Listed at most: more than a person has open.</summary>
    private const int MostListed = 500;

    public static void MapDrafts(this IEndpointRouteBuilder app)
    {
        var draft = app.MapGroup("/api/conversations/{id:long}/draft").WithTags("Composer").RequireAuthorization(Policies.Agent);
        draft.MapGet("", Get).WithName("get_draft").WithSummary("One's own draft in a conversation; 204 when there is none.").Produces<DraftJson>().Produces(204).ProducesProblem(404);
        draft.MapPut("", Put).WithName("put_draft").WithSummary("Keep what is being written; empty text and no data delete it.")
            .Accepts<DraftBody>("application/json").Produces<DraftJson>().Produces(204).ProducesProblem(400).ProducesProblem(404);
        draft.MapDelete("", Delete).WithName("delete_draft").WithSummary("Forget the draft.").Produces(204).ProducesProblem(404);
        app.MapGet("/api/drafts", List).WithTags("Composer").RequireAuthorization(Policies.Agent).WithName("list_drafts")
            .WithSummary("The conversations in which one has a draft.").Produces<DraftPlacesJson>();
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var (isThere, draft) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await ConsentStore.ContactOf(tx, who.Tenant, id) != 0, await DraftStore.Find(tx, who.Tenant, who.AgentId, id)), cancel);
        return !isThere ? Problems.Refuse(Problems.NotFound) : draft is null ? Results.NoContent() : Results.Json(Show(draft), ApiJson.Options);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel) => Results.Json(
        new DraftPlacesJson((await database.Read(Scope.Tenant(who.Tenant), tx => DraftStore.Of(tx, who.Tenant, who.AgentId, MostListed), cancel))
            .ConvertAll(d => new DraftPlaceJson(d.ConversationId, Instants.FromMicros(d.UpdatedAt)))), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<DraftBody>(http.Request);
        var data = body.Data is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given ? given.GetRawText() : null;
        var draft = new Draft
        {
            TenantId = who.Tenant, AgentId = who.AgentId, ConversationId = id, Text = CustomerText.Normalise(body.Text ?? ""),
            IsNote = body.IsNote ? 1 : 0, ReplyTo = body.ReplyTo, Data = data, UpdatedAt = clock.Micros,
        };
        return await idempotency.Once(http, who, $"PUT /api/conversations/{id}/draft", bytes, async tx =>
        {
            if (await ConsentStore.ContactOf(tx, who.Tenant, id) == 0)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (draft.Text.Length > LongestText)
            {
                return (400, Problems.Invalid400("text", $"text is longer than {LongestText} characters."));
            }

            if (data is not null && (body.Data!.Value.ValueKind != JsonValueKind.Object || data.Length > LongestData))
            {
                return (400, Problems.Invalid400("data", $"data is an object of at most {LongestData} characters."));
            }

            if (draft.Text.Length == 0 && data is null)
            {
                await DraftStore.Delete(tx, who.Tenant, who.AgentId, id);
                return (204, null);
            }

            await DraftStore.Keep(tx, draft);
            return (200, Show(draft));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/conversations/{id}/draft", [], async tx =>
        {
            if (await ConsentStore.ContactOf(tx, who.Tenant, id) == 0)
            {
                return (404, Problems.NotFound);
            }

            await DraftStore.Delete(tx, who.Tenant, who.AgentId, id);
            return (204, (object?)null);
        });

    private static DraftJson Show(Draft d) => new(
        d.ConversationId, d.Text, d.IsNote == 1, d.ReplyTo, d.Data is null ? null : JsonElement.Parse(d.Data), Instants.FromMicros(d.UpdatedAt));
}
