using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk.Contacts;

/// <param name="Message">1 to 4000 characters.</param>
internal sealed record ContactNoteBody(string? Message);

/// <param name="Id">Ours.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="AgentId">Who wrote it.</param>
/// <param name="AgentName">Their name.</param>
/// <param name="Message">What they wrote.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record ContactNoteJson(long Id, long ContactId, long AgentId, string? AgentName, string Message, DateTimeOffset CreatedAt);

/// <summary>Notes about customers, for colleagues alone.</summary>
internal static class ContactNoteApi
{
    private const int Longest = 4_000;

    public static void MapContactNotes(this IEndpointRouteBuilder app)
    {
        var notes = app.MapGroup("/api/contacts/{id:long}/notes").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        notes.MapGet("", List).WithName("list_contact_notes").WithSummary("What colleagues wrote about a customer, latest first.")
            .Produces<Page<ContactNoteJson>>().ProducesProblem(404);
        notes.MapPost("", Add).WithName("add_contact_note").WithSummary("Write a note about a customer.")
            .Accepts<ContactNoteBody>("application/json").Produces<ContactNoteJson>(201).ProducesProblem(400).ProducesProblem(404);
        app.MapDelete("/api/contact-notes/{id:long}", Delete).WithTags("Contacts").RequireAuthorization(Policies.Agent).WithName("delete_contact_note")
            .WithSummary("Delete one's own note; admins delete any.").Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx => await ConsentStore.HasContact(tx, who.Tenant, id)
            ? await ContactNoteStore.Page(tx, who.Tenant, id, after?.Id ?? long.MaxValue, limit + 1)
            : null, cancel);
        return rows is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(Page.Of(rows, limit, n => new Cursor(n.Id, n.Id), Show), ApiJson.Options);
    }

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<ContactNoteBody>(http.Request);
        var text = CustomerText.Normalise(body.Message ?? "").Trim();
        var note = new ContactNote
        {
            TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), ContactId = id, AgentId = who.AgentId, AgentName = who.AgentName,
            Message = text, CreatedAt = clock.Micros,
        };
        return await idempotency.Once(http, who, $"POST /api/contacts/{id}/notes", bytes, async tx =>
        {
            if (!await ConsentStore.HasContact(tx, who.Tenant, id))
            {
                return (404, (object?)Problems.NotFound);
            }

            if (text.Length is 0 or > Longest)
            {
                return (400, Problems.Invalid400("message", $"message has 1 to {Longest} characters."));
            }

            await ContactNoteStore.Insert(tx, note);
            return (201, Show(note));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/contact-notes/{id}", [], async tx =>
        {
            if (await ContactNoteStore.Find(tx, who.Tenant, id) is not { } note)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (note.AgentId != who.AgentId && !who.Rights.Has(Right.Settings))
            {
                return (403, Problems.Forbidden);
            }

            await ContactNoteStore.Delete(tx, who.Tenant, id);
            return (200, new SuccessAnswer());
        });

    private static ContactNoteJson Show(ContactNote n) => new(n.Id, n.ContactId, n.AgentId, n.AgentName, n.Message, Instants.FromMicros(n.CreatedAt));
}
