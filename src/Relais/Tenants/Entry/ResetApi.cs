using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tenants.People;

namespace Relais.Tenants.Entry;

/// <param name="Email">What they sign in with.</param>
internal sealed record ResetRequest(string? Email);

/// <param name="Token">What the link holds after its #.</param>
/// <param name="Password">At least twelve characters.</param>
internal sealed record NewPassword(string? Token, string? Password);

/// <param name="Url">Shown this once; null when an Idempotency-Key is repeated.</param>
/// <param name="ExpiresAt">Until when it works.</param>
internal sealed record ResetLinkAnswer(string? Url, DateTimeOffset ExpiresAt);

/// <summary>New passwords for those who forgot theirs: a link by mail, or one that an admin makes and gives to them.</summary>
internal static class ResetApi
{
    private const int MaxToken = 100;

    public static void MapResets(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/auth/reset-request", Request).AllowAnonymous().NotAudited("ResetMailer writes the line: neither the answer nor the time it takes may tell whose address it is").WithTags("Sign-in").WithName("RequestReset").WithSummary("Ask for a mail with a link for a new password")
            .WithDescription("The answer is the same whether anybody has that address. Without a mail server nothing is sent: ask an admin for a link.")
            .Accepts<ResetRequest>("application/json").Produces<SuccessAnswer>(202).ProducesProblem(400).ProducesProblem(429);
        app.MapPost("/api/auth/reset", Use).AllowAnonymous().WithTags("Sign-in").WithName("ResetPassword").WithSummary("Choose a new password with a link; every session ends")
            .Accepts<NewPassword>("application/json").Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
        app.MapPost("/api/agents/{id:long}/reset-link", Make).RequireAuthorization(Policies.Admin).WithTags("Agents").WithName("MakeResetLink")
            .WithSummary("Make a link for somebody who forgot the password")
            .WithDescription("Good once, for a day; the one before it stops working. For people of this business alone, and for owners only by an owner.")
            .Produces<ResetLinkAnswer>(201).ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> Request(HttpContext http, SignInThrottle throttle, ResetQueue queue)
    {
        var asked = (await ApiBody.Read<ResetRequest>(http.Request)).Value;
        if (EmailAddress.Parse(asked.Email) is not { } email)
        {
            return Problems.Invalid400("email", EmailAddress.Hint);
        }

        if (throttle.Begin($"reset/{email}", http.Connection.RemoteIpAddress) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        queue.Add(new ForgottenPassword(email, http.Connection.RemoteIpAddress?.ToString() ?? ""));
        return Results.Json(new SuccessAnswer(), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Use(
        HttpContext http, Database database, Passwords passwords, SignInThrottle throttle, Sessions sessions, Clock clock)
    {
        var request = (await ApiBody.Read<NewPassword>(http.Request)).Value;
        if (request.Token is not { Length: > 0 and <= MaxToken } token)
        {
            return Problems.Invalid400("token", "token is what the link holds after its #.");
        }

        // Each token is an account of its own: a colleague's old link does not shut this one out, only the address's limit holds for all.
        var (hash, now, from) = (Secrets.HashToken(token.Trim()), clock.Micros, http.Connection.RemoteIpAddress);
        if (throttle.Begin(hash, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        if (await database.Read(Scope.Directory, tx => ResetStore.Find(tx, hash, now), http.RequestAborted) is not { } reset)
        {
            return Problems.Refuse(Problems.WrongResetLink);
        }

        throttle.Succeeded(hash, from);
        if (Passwords.Problem(request.Password, reset.Email) is { } sentence)
        {
            return Problems.Invalid400("password", sentence);
        }

        var password = await passwords.Hash(request.Password!, http.RequestAborted);
        var (isUsed, tenantId) = await database.Write<(bool, long?)>(Scope.Directory, async tx =>
        {
            if (!await ResetStore.Use(tx, hash))
            {
                return (false, null);
            }

            await ResetStore.SetPassword(tx, reset.AgentId, password);
            await SessionStore.RevokeOthers(tx, reset.AgentId, keep: 0, now);
            return (true, await AgentStore.FirstTenant(tx, reset.AgentId));
        }, http.RequestAborted);
        if (!isUsed)
        {
            return Problems.Refuse(Problems.WrongResetLink);
        }

        sessions.Forget(reset.AgentId);
        http.Audit()?.By(reset.AgentId, reset.Email, tenantId);
        return TypedResults.Ok(new SuccessAnswer());
    }

    private static async Task<IResult> Make(HttpContext http, SignedIn who, ResetLinks links, Idempotency idempotency, Clock clock, long id)
    {
        var (token, now) = (ResetLinks.NewToken(), clock.Micros);
        var until = Instants.FromMicros(now + ResetLinks.PersonLasts);
        return await idempotency.OnceInDirectory(http, who, $"POST /api/agents/{id}/reset-link", [], async tx =>
        {
            if (await PeopleStore.Find(tx, who.Tenant, id) is not { } person)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (Refused(who, person, await PeopleStore.BelongsHereAlone(tx, who.Tenant, id)) is { } sentence)
            {
                return (403, Problems.Refuse(Problems.Forbidden, sentence));
            }

            await ResetStore.Insert(tx, Secrets.HashToken(token), id, ResetStore.ByPerson, now, now + ResetLinks.PersonLasts);
            return (201, new ToldOnce(new ResetLinkAnswer(null, until), new ResetLinkAnswer(links.Link(token, http.Request), until)));
        });
    }

    private static int Rank(string role) => role switch { Roles.Owner => 2, Roles.Admin => 1, _ => 0 };

    private static string? Refused(SignedIn who, Person person, bool belongsHereAlone) =>
        person.AgentId == who.AgentId ? "Your own password you change with the present one, under your account."
        : Rank(person.Role) > Rank(who.Role) || !OwnRights.Reaches(who, person) ? "A link is made by somebody with at least their role and rights."
        : person.State != "active" ? "They cannot sign in: send a new invitation, or let them in again first."
        : !belongsHereAlone ? "They work for another business too, or look after the installation: they ask for a mail, or `relais user reset` makes a link."
        : null;
}
