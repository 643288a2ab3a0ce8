using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>That a customer was erased: by whom, when, and how much of what. Who they were is not in it.</summary>
/// <param name="Id">Of the receipt.</param>
/// <param name="ContactId">Whose it was; nobody's any more.</param>
/// <param name="AgentId">Who did it.</param>
/// <param name="Counts">Rows blanked or deleted, by table.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record ErasureJson(long Id, long ContactId, long AgentId, IReadOnlyDictionary<string, long> Counts, DateTimeOffset CreatedAt)
{
    public static ErasureJson Of(StoredErasure stored) => new(
        stored.Id, stored.ContactId, stored.AgentId, JsonSerializer.Deserialize<SortedDictionary<string, long>>(stored.Counts)!, Instants.FromMicros(stored.CreatedAt));
}

/// <summary>DELETE /api/contacts/{id}, and the receipts.</summary>
internal static class ErasureApi
{
    private const int Rows = 50;

    public static void MapErasures(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts").WithTags("Contacts").RequireAuthorization(Policies.Admin);
        group.MapDelete("/{id:long}", Erase).WithName("erase_contact").WithSummary("Erase a customer for good: words, files, notes, names, numbers")
            .WithDescription("Conversations and orders stay as empty shells for the figures. It cannot be undone. Who writes again is a new customer.")
            .Produces<ErasureJson>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/erasures", List).WithName("list_erasures").WithSummary("Who erased whom and when, the latest first").Produces<Page<ErasureJson>>().ProducesProblem(400);
    }

    private static async Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(Rows, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => ErasureStore.Page(tx, who.Tenant, after?.Id ?? long.MaxValue, limit + 1), cancel);
        return Results.Json(Page.Of(rows, limit, e => new Cursor(e.Id, e.Id), ErasureJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Erase(HttpContext http, SignedIn who, Eraser eraser, long id) =>
        await eraser.Erase(who.Tenant, who.AgentId, id, http.RequestAborted) switch
        {
            ErasureEnd.Done done => Results.Json(ErasureJson.Of(done.Receipt), ApiJson.Options),
            ErasureEnd.Busy => Problems.Refuse(Problems.ContactBusy),
            _ => Problems.Refuse(Problems.NotFound),
        };
}
