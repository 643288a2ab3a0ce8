using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;
using Relais.Tenants.Standing;

namespace Relais.Platform;

/// <param name="Reason">For the business and for colleagues; at most 300 characters.</param>
internal sealed record SuspendRequest(string? Reason);

/// <param name="Id">The tenant's.</param>
/// <param name="Name">The business's.</param>
/// <param name="SuspendedAt">ISO-8601 UTC; null: not suspended.</param>
/// <param name="SuspendReason">As it was given.</param>
/// <param name="Limits">Null where there is none.</param>
internal sealed record StandingJson(long Id, string Name, DateTimeOffset? SuspendedAt, string? SuspendReason, TenantLimits Limits)
{
    public static StandingJson Of(TenantStanding standing) => new(
        standing.TenantId, standing.Name, Instants.FromMicros(standing.SuspendedAt), standing.SuspendReason, TenantLimits.Of(standing));
}

/// <summary>
/// Suspending a tenant, letting it in again, and its limits. Suspended: nobody of it signs in, keys get 403 <c>tenant_suspended</c>, live feeds
/// end, what customers write is kept, nothing is decided and nothing leaves; all of it goes on afterwards.
/// </summary>
internal static class SuspensionApi
{
    public static void MapSuspension(this IEndpointRouteBuilder app)
    {
        var tenants = app.MapGroup("/api/admin/tenants/{id:long}").RequireAuthorization(Policies.Platform).WithTags("Tenants");
        tenants.MapPost("/suspend", Suspend).WithName("suspend_tenant").WithSummary("Shut a tenant out: its messages are kept, nothing is sent")
            .Accepts<SuspendRequest>("application/json").Produces<StandingJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        tenants.MapPost("/resume", Resume).WithName("resume_tenant").WithSummary("Let a tenant in again: what waited is answered and leaves")
            .Produces<StandingJson>().ProducesProblem(403).ProducesProblem(404);
        tenants.MapPut("/limits", Limit).WithName("set_tenant_limits").WithSummary("Set what a tenant may have at most; null: no limit")
            .Accepts<TenantLimits>("application/json").Produces<StandingJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> Suspend(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Sessions sessions, Signals signals, Clock clock, long id)
    {
        if (!await Exists(database, id, http.RequestAborted))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, asked) = await ApiBody.Read<SuspendRequest>(http.Request);
        var reason = string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason.Trim();
        return reason?.Length > 300
            ? Problems.Invalid400("reason", "reason has at most 300 characters.")
            : await Change(http, who, idempotency, sessions, signals, id, "suspend", bytes,
                tx => StandingStore.Suspend(tx, id, reason, InboxDirectory.Suspended, clock.Micros));
    }

    private static async Task<IResult> Resume(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Sessions sessions, Signals signals, long id) =>
        await Exists(database, id, http.RequestAborted)
            ? await Change(http, who, idempotency, sessions, signals, id, "resume", [], tx => StandingStore.Resume(tx, id, InboxDirectory.Suspended))
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Limit(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Sessions sessions, Signals signals, long id)
    {
        if (!await Exists(database, id, http.RequestAborted))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, limits) = await ApiBody.Read<TenantLimits>(http.Request);
        return limits.Wrong() is { } field
            ? Problems.Invalid400(field, $"{field} is a number from 0 on, or null for no limit.")
            : await Change(http, who, idempotency, sessions, signals, id, "limits", bytes, tx => StandingStore.SetLimits(tx, id, limits));
    }

    private static async Task<IResult> Change(
        HttpContext http, SignedIn who, Idempotency idempotency, Sessions sessions, Signals signals, long id, string verb, byte[] bytes, Func<Tx, Task> change)
    {
        // The tenant's owner reads it in its audit trail.
        http.Audit()?.In(id);
        var answer = await idempotency.OnceForPlatform(http, who, $"POST /api/admin/tenants/{id}/{verb}", bytes, async tx =>
        {
            await change(tx);

            // The inbox directory holds suspension and limits; other nodes read it within seconds.
            tx.AfterCommit(signals.Inboxes.Raise);
            return (200, StandingJson.Of((await StandingStore.Find(tx, id))!));
        });
        sessions.ForgetTenant(id);
        return answer;
    }

    private static async Task<bool> Exists(Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Directory, tx => StandingStore.Find(tx, id), cancel) is not null;
}
