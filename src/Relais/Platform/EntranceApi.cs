using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;

namespace Relais.Platform;

/// <param name="Token">For <c>Authorization: Bearer</c>; null where the cookie was changed instead, and in a repeated answer.</param>
/// <param name="Tenant">Where one is now.</param>
/// <param name="EndsAt">ISO-8601 UTC: then it is over, whatever happens.</param>
internal sealed record EnteredAnswer(string? Token, TenantSummary Tenant, DateTimeOffset EndsAt);

/// <summary>
/// A platform administrator goes into a tenant as an owner of it for an hour, and comes back. Going through Idempotency, it is in the audit trail.
/// </summary>
internal static class EntranceApi
{
    private const long Lasts = Instants.Hour;

    public static void MapEntrance(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/admin/tenants/{id:long}/enter", Enter).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("enter_tenant")
            .WithSummary("A session in a tenant as its owner, for an hour")
            .WithDescription("Whoever owns the tenant sees it among its people. A browser's cookie becomes that session; POST /api/admin/leave goes back.")
            .Produces<EnteredAnswer>(201).ProducesProblem(403).ProducesProblem(404);
        app.MapPost("/api/admin/leave", Leave).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("leave_tenant")
            .WithSummary("End the session in a tenant; a browser goes on with the one it came from")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(409);
    }

    private static async Task<IResult> Enter(
        HttpContext http, SignedIn who, SignInCookie cookie, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        var (token, now, sessionId) = (Secrets.NewToken("rs_"), clock.Micros, await ids.One(http.RequestAborted));
        EnteredAnswer? entered = null;

        // The tenant's owner reads it in its audit trail.
        http.Audit()?.In(id);
        var kept = await idempotency.OnceForPlatform(http, who, $"POST /api/admin/tenants/{id}/enter", [], async tx =>
        {
            if (await TenantStore.Find(tx, id) is not { } tenant)
            {
                return (404, (object?)Problems.NotFound);
            }

            await EntranceStore.LeaveTrace(tx, new Membership
            {
                TenantId = id, AgentId = who.AgentId, Role = Roles.Admin, Name = $"{who.AgentName} (platform)", Email = who.Email, CreatedAt = now,
            });
            await SessionStore.Insert(tx, new NewSession(
                sessionId, Secrets.HashToken(token), who.AgentId, id, SessionStore.Session, "entered", now, now + Lasts));
            await EntranceStore.CameFrom(tx, id, sessionId, who.SessionId);
            var answer = new EnteredAnswer(null, new TenantSummary(id, tenant.Name, tenant.Language), Instants.FromMicros(now + Lasts));
            tx.AfterCommit(() => entered = answer);
            return (201, answer);
        });
        if (entered is null)
        {
            return kept;
        }

        if (who.ByCookie)
        {
            cookie.Set(http, token);
        }

        // The token is a key: it is not kept with the answer.
        return Results.Json(who.ByCookie ? entered : entered with { Token = token }, ApiJson.Options, statusCode: 201);
    }

    private static async Task<IResult> Leave(HttpContext http, SignedIn who, SignInCookie cookie, Idempotency idempotency, Sessions sessions, Clock clock)
    {
        if (!who.IsEntered)
        {
            return Problems.Refuse(Problems.NotEntered);
        }

        var (token, isBack) = (Secrets.NewToken("rs_"), false);
        http.Audit()?.In(who.Tenant);
        var answer = await idempotency.OnceForPlatform(http, who, "POST /api/admin/leave", [], async tx =>
        {
            isBack = who.ByCookie && await EntranceStore.GoBack(tx, who.SessionId, who.AgentId, Secrets.HashToken(token), clock.Micros);
            await SessionStore.Revoke(tx, who.SessionId, clock.Micros);
            return (200, new SuccessAnswer());
        });
        sessions.Forget(who.AgentId);
        if (isBack)
        {
            cookie.Set(http, token);
        }
        else if (who.ByCookie)
        {
            cookie.Clear(http);
        }

        return answer;
    }
}
