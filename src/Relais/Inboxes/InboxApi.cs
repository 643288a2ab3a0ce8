using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Inboxes;

/// <summary>A number after an act on it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">For people.</param>
/// <param name="DisplayNumber">E.164, empty when the provider did not tell it.</param>
/// <param name="PausedAt">Since when nothing leaves; null while it sends.</param>
/// <param name="PauseCode">The provider's code for it.</param>
/// <param name="PauseReason">Why, in one sentence.</param>
/// <param name="Quality">green, yellow, red or null.</param>
/// <param name="Tier">The provider's word for the messaging limit.</param>
/// <param name="AiSettings">Where a conversation says nothing of its own.</param>
/// <param name="CatalogId">The linked Meta catalogue; null for none.</param>
internal sealed record InboxStateJson(
    long Id, string Name, string DisplayNumber, DateTimeOffset? PausedAt, long? PauseCode, string? PauseReason, string? Quality, string? Tier,
    AiSettingsJson AiSettings, string? CatalogId);

/// <summary>Fields left out, or null, stay as they are.</summary>
/// <param name="AiSettings">With <c>auto_respond: null</c> the number goes by the tenant's again.</param>
/// <param name="Name">For people here; at most 80 characters.</param>
/// <param name="AccessToken">Meta: a new token. Never shown again.</param>
/// <param name="AppSecret">Meta: a new app secret.</param>
/// <param name="AuthToken">Twilio: a new auth token.</param>
/// <param name="VerifyToken">Meta: another word for the callback URL.</param>
internal sealed record InboxChange(
    AiSettingsJson? AiSettings, string? Name = null, string? AccessToken = null, string? AppSecret = null, string? AuthToken = null, string? VerifyToken = null)
{
    /// <summary>Null when no key changes. Twilio's token both sends and signs.</summary>
    public NewKeys? Keys => (AccessToken ?? AuthToken ?? AppSecret ?? VerifyToken) is null ? null : new NewKeys(AccessToken ?? AuthToken, AppSecret ?? AuthToken, VerifyToken);

    /// <summary>The field that cannot be what it says it is, or null.</summary>
    public string? WrongKey => Array.Find<(string Field, string? Key)>(
        [("access_token", AccessToken), ("app_secret", AppSecret), ("auth_token", AuthToken), ("verify_token", VerifyToken)],
        k => k.Key is { } text && (text.Length is 0 or > 2000 || text.Any(c => c is <= ' ' or > '~'))).Field;
}

/// <summary>What people do to a number.</summary>
internal static class InboxApi
{
    public static void MapInboxes(this IEndpointRouteBuilder app)
    {
        var inboxes = app.MapGroup("/api/inboxes/{id:long}").WithTags("Inboxes");
        inboxes.MapGet("", Get).RequireAuthorization(Policies.Agent).WithName("get_inbox").WithSummary("One number and its settings.")
            .Produces<InboxStateJson>().ProducesProblem(404);
        inboxes.MapPatch("", Change).RequireAuthorization(Policies.Admin).WithName("change_inbox").WithSummary("Change a number's settings, name or keys.")
            .Accepts<InboxChange>("application/json").Produces<InboxStateJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        inboxes.MapPost("/resume", Resume).RequireAuthorization(Policies.Admin).WithName("resume_inbox")
            .WithSummary("Let a paused number send again: what waited leaves.").Produces<InboxStateJson>().ProducesProblem(404);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(found, ApiJson.Options)
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxConnecting connecting, Signals signals, long id)
    {
        var (bytes, change) = await ApiBody.Read<InboxChange>(http.Request);

        // Bound without its secrets: a fast hash of the body is kept for a day.
        var bound = change.Keys is null ? bytes : JsonSerializer.SerializeToUtf8Bytes(new { change.AiSettings, change.Name }, ApiJson.Options);
        return await idempotency.OnceInDirectory(http, who, $"PATCH /api/inboxes/{id}", bound, async tx =>
        {
            if (await Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (Wrong(change) is { } wrong)
            {
                return (400, wrong);
            }

            if (change.Keys is { } keys && await connecting.Rekey(tx, who.Tenant, id, keys) is { } refused)
            {
                return (refused.Status, refused);
            }

            if (change.Name is not null)
            {
                await InboxConnectingStore.SetName(tx, who.Tenant, id, TenantNames.Clean(change.Name)!);
            }

            if (change.AiSettings is { } ai)
            {
                await tx.Execute(
                    "UPDATE inbox SET auto_respond = @auto WHERE tenant_id = @tenant AND id = @id", new { tenant = who.Tenant, id, auto = ai.Stored() });
            }

            // The directory holds it.
            tx.AfterCommit(signals.Inboxes.Raise);
            return (200, await Find(tx, who.Tenant, id));
        });
    }

    private static IResult? Wrong(InboxChange change) =>
        change is { AiSettings: null, Name: null, Keys: null } ? Problems.Invalid400("ai_settings", "Name what changes: ai_settings, name or a key.")
        : change.AiSettings?.Wrong() is { } wrong ? Problems.Invalid400(wrong.Field, wrong.Reason)
        : change.Name is not null && TenantNames.Clean(change.Name) is not { Length: <= 80 } ? Problems.Invalid400("name", "name has 1 to 80 characters.")
        : change.WrongKey is { } field ? Problems.Invalid400(field, $"{field} has 1 to 2000 visible characters and no space.")
        : null;

    private static async Task<IResult> Resume(
        HttpContext http, SignedIn who, Idempotency idempotency, InboxPauses pauses, Ids ids, Clock clock, long id)
    {
        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"resume:{id}", [], async tx =>
        {
            range.Rewind();
            await pauses.Resume(tx, who.Tenant, id, range, clock.Micros);
            return await Find(tx, who.Tenant, id) is { } found ? (200, found) : (404, (object?)Problems.NotFound);
        });
    }

    private static async Task<InboxStateJson?> Find(Tx tx, long tenantId, long id) => await tx.QueryFirst<Row>("""
        SELECT id AS "Id", name AS "Name", display_number AS "DisplayNumber", paused_at AS "PausedAt", pause_code AS "PauseCode",
          pause_reason AS "PauseReason", quality AS "Quality", tier AS "Tier", auto_respond AS "AutoRespond",
          catalog_id AS "CatalogId"
        FROM inbox WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id }) is { } row
        ? new InboxStateJson(
            row.Id, row.Name, row.DisplayNumber, Instants.FromMicros(row.PausedAt), row.PauseCode, row.PauseReason, row.Quality, row.Tier,
            AiSettingsJson.Of(row.AutoRespond), row.CatalogId)
        : null;

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string DisplayNumber { get; init; } = "";

        public long? PausedAt { get; init; }

        public long? PauseCode { get; init; }

        public string? PauseReason { get; init; }

        public string? Quality { get; init; }

        public string? Tier { get; init; }

        public long? AutoRespond { get; init; }

        public string? CatalogId { get; init; }
    }
}
