using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.People;

namespace Relais.Tenants.Entry;

/// <summary>For a member who lost the phone and the recovery codes.</summary>
internal static class TotpResetApi
{
    public static void MapTotpReset(this IEndpointRouteBuilder app) =>
        app.MapDelete("/api/agents/{id:long}/totp", Reset).RequireAuthorization(Policies.Owner).WithTags("Agents").WithName("ResetAgentTotp")
            .WithSummary("Take a member's authenticator app away; they sign in with the password and set up another")
            .WithDescription("Their sessions end. Only for people of this business alone, and not for oneself.")
            .Produces<AgentAnswer>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Reset(HttpContext http, SignedIn who, Idempotency idempotency, Sessions sessions, Clock clock, long id)
    {
        var now = clock.Micros;
        var answer = await idempotency.OnceInDirectory(http, who, $"DELETE /api/agents/{id}/totp", [], async tx =>
        {
            if (await PeopleStore.Find(tx, who.Tenant, id) is null)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (id == who.AgentId || !await PeopleStore.BelongsHereAlone(tx, who.Tenant, id))
            {
                return (403, Problems.Refuse(Problems.Forbidden,
                    "This is for other people, and for those of this business alone. Your own app you turn off under your account."));
            }

            if (!await TotpStore.Remove(tx, id))
            {
                return (409, Problems.TotpIsOff);
            }

            await SessionStore.RevokeOthers(tx, id, keep: 0, now);
            return (200, AgentAnswer.Of((await PeopleStore.Find(tx, who.Tenant, id))!));
        });
        sessions.Forget(id);
        return answer;
    }
}
