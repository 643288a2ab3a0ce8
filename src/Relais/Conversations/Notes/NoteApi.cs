using System.Text.Json;
using Relais.Changes;
using Relais.Conversations.Teams;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Conversations.Notes;

/// <param name="Message">1 to 5000 characters.</param>
/// <param name="Mentions">Colleagues' ids (GET /api/agents), at most 50.</param>
internal sealed record NoteRequest(string? Message, IReadOnlyList<long>? Mentions = null);

/// <summary>Notes on a conversation, open or closed.</summary>
internal static class NoteApi
{
    private const int MostCharacters = 5000;
    private const int MostMentions = 50;

    public static void MapNotes(this IEndpointRouteBuilder app)
    {
        var notes = app.MapGroup("/api/conversations/{id:long}/notes").WithTags("Notes").RequireAuthorization(Policies.Agent);
        notes.MapGet("/", List).WithName("list_notes").WithSummary("Notes of colleagues, latest first").Produces<Page<NoteJson>>().ProducesProblem(404);
        notes.MapPost("/", Create).WithName("add_note").WithSummary("Write a note; the customer never sees it").WithDescription("Takes an Idempotency-Key.")
            .Accepts<NoteRequest>("application/json").Produces<NoteJson>(201).ProducesProblem(400).ProducesProblem(404);
        app.MapDelete("/api/notes/{id:long}", Delete).WithTags("Notes").RequireAuthorization(Policies.Agent).WithName("delete_note")
            .WithSummary("Delete a note: your own; admins any").Produces(204).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx => await ConversationStore.Find(tx, who.Tenant, id) is null
            ? null : await NoteStore.Page(tx, who.Tenant, id, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return rows is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(Page.Of(rows, limit, n => new Cursor(n.Id, n.Id), NoteJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, ChangeLog changes, Ids ids, Clock clock, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => ConversationStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } conversation)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<NoteRequest>(http.Request);
        var words = CustomerText.Normalise(asked.Message ?? "").Trim();
        if (words.Length is 0 or > MostCharacters)
        {
            return Problems.Invalid400("message", $"message has 1 to {MostCharacters} characters.");
        }

        var mentions = (asked.Mentions ?? []).Distinct().ToList();
        var range = await ids.Take(2, http.RequestAborted);
        return await idempotency.Once(http, who, $"note:{id}", bytes, async tx =>
        {
            range.Rewind();
            if (mentions.Count > MostMentions || (await TeamStore.Known(tx, who.Tenant, mentions)).Count != mentions.Count)
            {
                return (400, Problems.Invalid400("mentions", $"mentions are at most {MostMentions} ids of colleagues (GET /api/agents)."));
            }

            var note = new Note
            {
                TenantId = who.Tenant,
                Id = range.Next(),
                ConversationId = id,
                AgentId = who.AgentId,
                AgentName = who.AgentName,
                Message = words,
                Mentions = JsonSerializer.Serialize(mentions, ApiJson.Options),
                CreatedAt = clock.Micros,
            };
            await NoteStore.Insert(tx, note);
            await changes.Append(tx, [new Change(range.Next(), who.Tenant, "note.created", id, note.Id, conversation.InboxId, note.CreatedAt)]);
            return (201, NoteJson.Of(note));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, ChangeLog changes, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"DELETE /api/notes/{id}", [], async tx =>
        {
            range.Rewind();
            if (await NoteStore.Find(tx, who.Tenant, id) is not { DeletedAt: null } note)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (note.AgentId != who.AgentId && !who.Rights.Has(Right.Settings))
            {
                return (403, Problems.Forbidden);
            }

            await NoteStore.Delete(tx, who.Tenant, id, clock.Micros);
            await changes.Append(tx, [new Change(range.Next(), who.Tenant, "note.deleted", note.ConversationId, id, null, clock.Micros)]);
            return (StatusCodes.Status204NoContent, null);
        });
    }
}
