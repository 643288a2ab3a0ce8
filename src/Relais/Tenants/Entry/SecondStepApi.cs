using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;

namespace Relais.Tenants.Entry;

/// <param name="Ticket">From totp_required; good for five minutes and five tries.</param>
/// <param name="Code">Six digits of the app, or a recovery code.</param>
internal sealed record SecondStep(string? Ticket, string? Code);

/// <summary>The second step of signing in, for whoever has an authenticator app.</summary>
internal static class SecondStepApi
{
    private const int MaxTicket = 100;

    public static void MapSecondStep(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/login/totp", Enter).AllowAnonymous().WithTags("Sign-in").WithName("LoginTotp").WithSummary("Finish signing in with a code")
            .WithDescription("A code of the app serves once; so does a recovery code.")
            .Accepts<SecondStep>("application/json").Produces<LoginAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);

    private static async Task<IResult> Enter(
        HttpContext http, Database database, TotpCheck check, SignInThrottle throttle, Sessions sessions, SignInCookie cookie, Clock clock)
    {
        if (cookie.Name(http.Request) is null)
        {
            return Problems.Refuse(Problems.InsecureOrigin);
        }

        var request = (await ApiBody.Read<SecondStep>(http.Request)).Value;
        if (request.Ticket is not { Length: > 0 and <= MaxTicket } ticket)
        {
            return Problems.Invalid400("ticket", "ticket is the one that came with totp_required.");
        }

        if (string.IsNullOrWhiteSpace(request.Code))
        {
            return Problems.Invalid400("code", "code is missing: six digits of the app, or a recovery code.");
        }

        var (hash, now) = (Secrets.HashToken(ticket), clock.Micros);
        var agentId = await database.Read(Scope.Directory, tx => TicketStore.Find(tx, hash, now), http.RequestAborted);
        var (account, from) = ($"totp/{agentId}", http.Connection.RemoteIpAddress);
        if (throttle.Begin(account, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        var (isOpen, isRight, name, tenantId) = await database.Write<(bool, bool, string, long?)>(Scope.Directory, async tx =>
        {
            if (!await TicketStore.Try(tx, hash, now))
            {
                return (false, false, "", null);
            }

            var (tenant, person) = (await AgentStore.FirstTenant(tx, agentId), (await AgentStore.Find(tx, agentId))?.Name ?? "");
            if (!await check.Accept(tx, agentId, request.Code))
            {
                return (true, false, person, tenant);
            }

            await TicketStore.Delete(tx, hash);
            return (true, true, person, tenant);
        }, http.RequestAborted);
        http.Audit()?.By(agentId == 0 ? null : agentId, name, tenantId);
        if (!isRight)
        {
            http.Audit()?.Refused(isOpen ? "wrong_code" : "wrong_ticket");
            return Problems.Refuse(isOpen ? Problems.WrongCode : Problems.WrongTicket);
        }

        throttle.Succeeded(account, from);
        return TypedResults.Ok(await AuthApi.SignIn(http, sessions, cookie, agentId, tenantId));
    }
}
