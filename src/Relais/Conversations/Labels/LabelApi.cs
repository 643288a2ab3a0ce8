using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations.Labels;

/// <summary>In a change, what is left out stays as it is.</summary>
/// <param name="Name">1 to 40 characters; one label a name.</param>
/// <param name="Color">#rrggbb; left out of a new one: grey.</param>
internal sealed record LabelRequest(string? Name = null, string? Color = null);

/// <param name="Id">Ours.</param>
/// <param name="Name">As the business calls it.</param>
/// <param name="Color">#rrggbb.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record LabelJson(long Id, string Name, string Color, DateTimeOffset CreatedAt);

/// <summary>Labels to put on and to take off.</summary>
/// <param name="Add">Ids.</param>
/// <param name="Remove">Ids.</param>
internal sealed record LabelsBody(IReadOnlyList<long>? Add = null, IReadOnlyList<long>? Remove = null)
{
    /// <summary>Null when it can be used.</summary>
    public string? Wrong() => (Add?.Count ?? 0) + (Remove?.Count ?? 0) is 0 or > 50 ? "Name 1 to 50 labels in add and remove." : null;
}

/// <param name="Labels">Ids of those it has now.</param>
internal sealed record LabelsJson(IReadOnlyList<long> Labels);

/// <summary>The business's labels.</summary>
internal static class LabelApi
{
    private const string Grey = "#868e96";

    public static void MapLabels(this IEndpointRouteBuilder app)
    {
        var labels = app.MapGroup("/api/labels").WithTags("Labels").RequireAuthorization(Policies.Agent);
        labels.MapGet("/", List).WithName("list_labels").WithSummary("Labels, by name").Produces<Page<LabelJson>>();
        labels.MapPost("/", Create).WithName("add_label").WithSummary("Add a label").WithDescription("Takes an Idempotency-Key.")
            .Accepts<LabelRequest>("application/json").Produces<LabelJson>(201).ProducesProblem(400).ProducesProblem(409);
        labels.MapPatch("/{id:long}", Change).WithName("change_label").WithSummary("Rename or recolour a label")
            .Accepts<LabelRequest>("application/json").Produces<LabelJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        labels.MapDelete("/{id:long}", Delete).WithName("delete_label").WithSummary("Delete a label; it comes off everything").Produces(204).ProducesProblem(404);
        app.MapPost("/api/contacts/{id:long}/labels", OfContact).WithTags("Contacts").RequireAuthorization(Policies.Agent).WithName("label_contact")
            .WithSummary("Put labels on a customer, and take them off").Accepts<LabelsBody>("application/json").Produces<LabelsJson>()
            .ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel) => Results.Json(
        new Page<LabelJson>((await database.Read(Scope.Tenant(who.Tenant), tx => LabelStore.All(tx, who.Tenant), cancel)).ConvertAll(Show), null), ApiJson.Options);

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<LabelRequest>(http.Request);
        if (Wrong(asked with { Name = asked.Name ?? "" }) is { } refused)
        {
            return refused;
        }

        var label = Of(new Label { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Color = Grey, CreatedAt = clock.Micros }, asked);
        return await idempotency.Once(http, who, "POST /api/labels", bytes, async tx =>
            (await LabelStore.All(tx, who.Tenant)).Count >= LabelStore.Most ? (409, Problems.TooManyTools)
            : await LabelStore.Put(tx, label) ? (201, Show(label)) : (409, (object)Problems.LabelExists));
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Database database, Idempotency idempotency, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => LabelStore.Find(tx, who.Tenant, id), http.RequestAborted) is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<LabelRequest>(http.Request);
        if (Wrong(asked) is { } refused)
        {
            return refused;
        }

        return await idempotency.Once(http, who, $"PATCH /api/labels/{id}", bytes, async tx =>
        {
            if (await LabelStore.Find(tx, who.Tenant, id) is not { } label)
            {
                return (404, Problems.NotFound);
            }

            var changed = Of(label, asked);
            return await LabelStore.Put(tx, changed) ? (200, Show(changed)) : (409, (object)Problems.LabelExists);
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/labels/{id}", [], async tx =>
        {
            if (await LabelStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            await LabelStore.Delete(tx, who.Tenant, id);
            return (StatusCodes.Status204NoContent, null);
        });

    private static async Task<IResult> OfContact(HttpContext http, SignedIn who, Database database, Idempotency idempotency, long id)
    {
        if (!await database.Read(Scope.Tenant(who.Tenant), tx => ConsentStore.HasContact(tx, who.Tenant, id), http.RequestAborted))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<LabelsBody>(http.Request);
        if (asked.Wrong() is { } sentence)
        {
            return Problems.Invalid400("add", sentence);
        }

        return await idempotency.Once(http, who, $"labels:contact:{id}", bytes, async tx =>
            await LabelStore.ChangeContact(tx, who.Tenant, id, asked.Add ?? [], asked.Remove ?? []) is null
                ? (400, Problems.Invalid400("add", "add and remove are ids of labels (GET /api/labels)."))
                : (200, (object)new LabelsJson(await LabelStore.OfContact(tx, who.Tenant, id))));
    }

    private static IResult? Wrong(LabelRequest asked) =>
        asked.Name is { } name && Clean(name).Length is 0 or > 40 ? Problems.Invalid400("name", "name has 1 to 40 characters.")
        : asked.Color is { } color && !(color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit))
            ? Problems.Invalid400("color", "color is written #rrggbb.")
        : null;

    private static Label Of(Label before, LabelRequest asked) => new()
    {
        TenantId = before.TenantId,
        Id = before.Id,
        Name = asked.Name is { } name ? Clean(name) : before.Name,
        Folded = asked.Name is { } folded ? TextFolding.FoldWords(folded) is { Length: > 0 } words ? words : Clean(folded) : before.Folded,
        Color = asked.Color?.ToLowerInvariant() ?? before.Color,
        CreatedAt = before.CreatedAt,
    };

    private static string Clean(string name) => CustomerText.Normalise(name).Trim();

    private static LabelJson Show(Label label) => new(label.Id, label.Name, label.Color, Instants.FromMicros(label.CreatedAt));
}
