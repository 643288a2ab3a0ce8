using System.Text.Json;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Contacts.Segments;

/// <summary>In a change, what is left out stays as it is.</summary>
/// <param name="Name">1 to 80 characters; one segment a name.</param>
/// <param name="Rules">{"all": [conditions]} or {"any": [conditions]}; docs/api/segments.md lists the conditions.</param>
internal sealed record SegmentRequest(string? Name = null, JsonElement? Rules = null);

/// <param name="Id">Ours.</param>
/// <param name="Name">As the business calls it.</param>
/// <param name="Rules">As they were written.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record SegmentJson(long Id, string Name, JsonElement Rules, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Count">How many customers are in it now.</param>
/// <param name="Items">The first ten of them.</param>
internal sealed record SegmentPreviewJson(long Count, IReadOnlyList<ContactJson> Items);

/// <summary>Named choices of customers.</summary>
internal static class SegmentApi
{
    private const int Shown = 10;

    public static void MapSegments(this IEndpointRouteBuilder app)
    {
        var segments = app.MapGroup("/api/segments").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        segments.MapGet("/", List).WithName("list_segments").WithSummary("Segments, by name").Produces<Page<SegmentJson>>();
        segments.MapGet("/{id:long}", Get).WithName("get_segment").WithSummary("One segment").Produces<SegmentJson>().ProducesProblem(404);
        segments.MapPost("/", Create).WithName("add_segment").WithSummary("Name a choice of customers").WithDescription("Takes an Idempotency-Key.")
            .Accepts<SegmentRequest>("application/json").Produces<SegmentJson>(201).ProducesProblem(400).ProducesProblem(409);
        segments.MapPost("/preview", Preview).WithName("preview_segment").WithSummary("Who would be in it: how many, and the first ten")
            .Accepts<SegmentRequest>("application/json").Produces<SegmentPreviewJson>().ProducesProblem(400);
        segments.MapPatch("/{id:long}", Change).WithName("change_segment").WithSummary("Change a segment")
            .Accepts<SegmentRequest>("application/json").Produces<SegmentJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        segments.MapDelete("/{id:long}", Delete).WithName("delete_segment").WithSummary("Delete a segment; the customers stay").Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel) => Results.Json(
        new Page<SegmentJson>((await database.Read(Scope.Tenant(who.Tenant), tx => SegmentStore.All(tx, who.Tenant), cancel)).ConvertAll(Show), null), ApiJson.Options);

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => SegmentStore.Find(tx, who.Tenant, id), cancel) is { } segment
            ? Results.Json(Show(segment), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<SegmentRequest>(http.Request);
        if (Wrong(asked with { Name = asked.Name ?? "", Rules = asked.Rules ?? JsonElement.Parse("null") }) is { } refused)
        {
            return refused;
        }

        var segment = Of(new Segment { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), CreatedAt = clock.Micros }, asked, clock.Micros);
        return await idempotency.Once(http, who, "POST /api/segments", bytes, async tx =>
            (await SegmentStore.All(tx, who.Tenant)).Count >= SegmentStore.Most ? (409, Problems.TooManyTools)
            : await SegmentStore.Put(tx, segment) ? (201, Show(segment)) : (409, (object)Problems.SegmentExists));
    }

    private static async Task<IResult> Preview(HttpContext http, SignedIn who, Database database, Clock clock)
    {
        var (_, asked) = await ApiBody.Read<SegmentRequest>(http.Request);
        if (Wrong(new SegmentRequest(null, asked.Rules ?? JsonElement.Parse("null"))) is { } refused)
        {
            return refused;
        }

        var rules = SegmentRules.Read(asked.Rules!.Value).Rules!;
        return Results.Json(await database.Read(Scope.Tenant(who.Tenant), async tx => new SegmentPreviewJson(
            await SegmentStore.Count(tx, who.Tenant, rules, clock.Micros),
            [.. (await ContactCardStore.Some(tx, who.Tenant, await SegmentStore.PageOfContacts(tx, who.Tenant, rules, 0, Shown, clock.Micros)))
                .OrderBy(c => c.Id).Select(ContactJson.Of)]), http.RequestAborted), ApiJson.Options);
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Idempotency idempotency, Clock clock, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => SegmentStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<SegmentRequest>(http.Request);
        if (Wrong(asked) is { } refused)
        {
            return refused;
        }

        return await idempotency.Once(http, who, $"PATCH /api/segments/{id}", bytes, async tx =>
        {
            if (await SegmentStore.Find(tx, who.Tenant, id) is not { } before)
            {
                return (404, Problems.NotFound);
            }

            var changed = Of(before, asked, clock.Micros);
            return await SegmentStore.Put(tx, changed) ? (200, Show(changed)) : (409, (object)Problems.SegmentExists);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/segments/{id}", [], async tx =>
        {
            if (await SegmentStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            await SegmentStore.Delete(tx, who.Tenant, id);
            return (StatusCodes.Status204NoContent, null);
        });

    private static IResult? Wrong(SegmentRequest asked)
    {
        if (asked.Name is { } name && Clean(name).Length is 0 or > 80)
        {
            return Problems.Invalid400("name", "name has 1 to 80 characters.");
        }

        return asked.Rules is { } rules && SegmentRules.Read(rules).Problems is { Count: > 0 } problems ? Problems.Invalid400(problems[0].Field, problems[0].Sentence) : null;
    }

    private static Segment Of(Segment before, SegmentRequest asked, long now) => new()
    {
        TenantId = before.TenantId,
        Id = before.Id,
        Name = asked.Name is { } name ? Clean(name) : before.Name,
        Folded = asked.Name is { } folded ? TextFolding.FoldWords(folded) is { Length: > 0 } words ? words : Clean(folded) : before.Folded,
        Rules = asked.Rules is { } rules ? rules.GetRawText() : before.Rules,
        CreatedAt = before.CreatedAt,
        UpdatedAt = now,
    };

    private static string Clean(string name) => CustomerText.Normalise(name).Trim();

    private static SegmentJson Show(Segment segment) => new(
        segment.Id, segment.Name, JsonElement.Parse(segment.Rules), Instants.FromMicros(segment.CreatedAt), Instants.FromMicros(segment.UpdatedAt));
}
