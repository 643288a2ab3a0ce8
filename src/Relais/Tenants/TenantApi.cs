using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tenants.People;

namespace Relais.Tenants;

/// <param name="Name">The business's.</param>
/// <param name="Email">Of its first owner, who signs in with it; unique in the installation.</param>
/// <param name="Password">Of its first owner; at least twelve characters. Left out: the owner is invited and chooses it.</param>
/// <param name="Language">fr, en or ar; the installation's when left out.</param>
internal sealed record NewTenantRequest(string? Name, string? Email, string? Password, string? Language);

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="Name">The business's.</param>
/// <param name="Language">fr, en or ar.</param>
/// <param name="TimeZone">IANA name, such as Europe/Paris.</param>
internal sealed record TenantChange(string? Name, string? Language, string? TimeZone);

/// <param name="Id">Also the conciergerie's id in system D's words.</param>
/// <param name="Name">The business's.</param>
/// <param name="Email">Of its first owner; null when nobody owns it yet.</param>
/// <param name="Language">fr, en or ar.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="SuspendedAt">Since when nobody of it is let in and nothing is sent (ISO-8601 UTC); null: not suspended.</param>
internal sealed record TenantAnswer(
    long Id, string Name, string? Email, string Language, string TimeZone, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt = null)
{
    /// <summary>Of a new tenant without a password: where its first owner chooses one. Shown this once, for seven days; null otherwise.</summary>
    public string? InvitationLink { get; init; }
}

/// <summary>The platform administrator's tenants, under system D's word and our own.</summary>
internal static class TenantApi
{
    public static void MapTenantAdmin(this IEndpointRouteBuilder app)
    {
        foreach (var (path, word) in (ReadOnlySpan<(string, string)>)[("/api/admin/tenants", "Tenant"), ("/api/admin/conciergeries", "Conciergerie")])
        {
            var group = app.MapGroup(path).RequireAuthorization(Policies.Platform).WithTags("Tenants");
            group.MapPost("/", Create).WithName($"Create{word}").WithSummary("Create a tenant with its first owner")
                .Accepts<NewTenantRequest>("application/json").Produces<TenantAnswer>(201)
                .ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
            group.MapGet("/", List).WithName($"List{word}s").WithSummary("All tenants, oldest first")
                .Produces<Page<TenantAnswer>>().ProducesProblem(400).ProducesProblem(403);
            group.MapGet("/{id:long}", Get).WithName($"Get{word}").WithSummary("One tenant")
                .Produces<TenantAnswer>().ProducesProblem(403).ProducesProblem(404);
            group.MapPatch("/{id:long}", Change).WithName($"Change{word}").WithSummary("Rename a tenant, or set its language or time zone")
                .Accepts<TenantChange>("application/json").Produces<TenantAnswer>()
                .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        }
    }

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, Provisioning provisioning, InvitationLinks links, Ids ids, Settings settings, Idempotency idempotency, Clock clock)
    {
        var request = (await ApiBody.Read<NewTenantRequest>(http.Request)).Value;
        if (TenantNames.Clean(request.Name) is not { } name)
        {
            return Problems.Invalid400("name", "name is missing.");
        }

        var language = request.Language ?? settings.Language;
        if (WrongLanguage(language) is { } wrong)
        {
            return wrong;
        }

        var address = EmailAddress.Parse(request.Email);
        var isInvited = request.Password is null;
        if (address is null || (!isInvited && Provisioning.Check(address, request.Password, Roles.Owner) is not null))
        {
            var unusable = Provisioning.Check(address, request.Password, Roles.Owner)!;
            return Problems.Invalid400(unusable.Field, unusable.Sentence);
        }

        var agent = isInvited
            ? new Agent { Id = await ids.One(http.RequestAborted), Email = address, Name = address.Split('@')[0], CreatedAt = clock.Micros }
            : await provisioning.NewAgent(address, request.Password!, name, isPlatform: false, http.RequestAborted);
        var range = await ids.Take(2, http.RequestAborted);
        var tenant = provisioning.NewTenant(range.Next(), name, language);
        var (link, invitation) = links.Make(http, who, tenant.TenantId, range.Next(), agent.Id);
        var bound = JsonSerializer.SerializeToUtf8Bytes(request with { Password = null }, ApiJson.Options);
        http.Audit()?.In(tenant.TenantId);
        return await idempotency.OnceForPlatform(http, who, "POST /api/admin/tenants", bound, async tx =>
        {
            if (!await AgentStore.Insert(tx, agent))
            {
                return (409, Problems.EmailTaken);
            }

            await TenantStore.Insert(tx, tenant);
            await AgentStore.Join(tx, provisioning.NewMembership(tenant.TenantId, agent, Roles.Owner));
            if (isInvited)
            {
                await PeopleStore.SetInvited(tx, tenant.TenantId, agent.Id, invitation.ExpiresAt);
                await InvitationStore.Replace(tx, invitation);
            }

            var shown = Show(tenant, agent.Email);
            return (201, isInvited ? new ToldOnce(shown, shown with { InvitationLink = link }) : shown);
        });
    }

    private static async Task<IResult> List(HttpContext http, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(Scope.Directory, tx => TenantStore.Page(tx, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, tenant => new Cursor(tenant.TenantId, tenant.TenantId), tenant => Show(tenant, tenant.Email)));
    }

    private static async Task<IResult> Get(HttpContext http, Database database, long id) =>
        await database.Read(Scope.Tenant(id), tx => TenantStore.Find(tx, id), http.RequestAborted) is { } tenant
            ? TypedResults.Ok(Show(tenant, tenant.Email))
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, long id)
    {
        var (bytes, change) = await ApiBody.Read<TenantChange>(http.Request);
        var name = TenantNames.Clean(change.Name);
        if (change.Name is not null && name is null)
        {
            return Problems.Invalid400("name", "name may not be empty.");
        }

        if (change.Language is not null && WrongLanguage(change.Language) is { } wrong)
        {
            return wrong;
        }

        if (change.TimeZone is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
        {
            return Problems.Invalid400("time_zone", "time_zone is an IANA name such as Europe/Paris.");
        }

        http.Audit()?.In(id);
        return await idempotency.OnceForPlatform(http, who, $"PATCH /api/admin/tenants/{id}", bytes, async tx =>
        {
            await TenantStore.Update(tx, id, name, change.Language, change.TimeZone);
            return await TenantStore.Find(tx, id) is { } tenant ? (200, Show(tenant, tenant.Email)) : (404, Problems.NotFound);
        });
    }

    private static IResult? WrongLanguage(string language) =>
        language is "fr" or "en" or "ar" ? null : Problems.Invalid400("language", "language is one of fr, en, ar.");

    private static TenantAnswer Show(Tenant tenant, string? email) => new(
        tenant.TenantId, tenant.Name, email, tenant.Language, tenant.TimeZone, Instants.FromMicros(tenant.CreatedAt),
        Instants.FromMicros(tenant.SuspendedAt));
}
