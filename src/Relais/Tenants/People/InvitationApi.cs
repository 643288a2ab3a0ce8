using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tenants.Entry;

namespace Relais.Tenants.People;

/// <summary>Choosing a password: with a link that an admin made, or beside the present one.</summary>
internal static class InvitationApi
{
    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/agents/{id:long}/invitation", Renew).RequireAuthorization(Policies.Admin).WithTags("Agents").WithName("RenewInvitation")
            .WithSummary("Make a new link for somebody who lost the first one, or the password")
            .WithDescription("The links before it stop working. The present password works until the new link is used.")
            .Produces<InvitedAnswer>(201).ProducesProblem(403).ProducesProblem(404);
        app.MapPost("/api/invitations/accept", Accept).AllowAnonymous().WithTags("Sign-in").WithName("AcceptInvitation")
            .WithSummary("Choose a password with a link, and sign in")
            .Accepts<AcceptRequest>("application/json").Produces<LoginAnswer>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
        app.MapPost("/api/auth/password", ChangePassword).RequireAuthorization(Policies.Anyone).WithTags("Sign-in").WithName("ChangePassword")
            .WithSummary("Change one's password; every other session ends")
            .Accepts<PasswordChange>("application/json").Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(429);
    }

    private static async Task<IResult> Renew(HttpContext http, SignedIn who, InvitationLinks links, Idempotency idempotency, Ids ids, long id)
    {
        var (link, invitation) = links.Make(http, who, await ids.One(http.RequestAborted), id);
        AgentAnswer? shown = null;
        var kept = await idempotency.OnceInDirectory(http, who, $"POST /api/agents/{id}/invitation", [], async tx =>
        {
            if (await PeopleStore.Find(tx, who.Tenant, id) is not { } person)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (person.State == "disabled" || (person.Role == Roles.Owner && who.Role != Roles.Owner)
                || !OwnRights.Reaches(who, person)
                || !await PeopleStore.BelongsHereAlone(tx, who.Tenant, id))
            {
                return (403, Problems.Refuse(Problems.Forbidden,
                    "A link can be made for people of this business alone who are not shut out; for owners only by an owner."));
            }

            await InvitationStore.Replace(tx, invitation);
            if (person.InvitedUntil is not null)
            {
                await PeopleStore.SetInvited(tx, who.Tenant, id, invitation.ExpiresAt);
            }

            var answer = AgentAnswer.Of((await PeopleStore.Find(tx, who.Tenant, id))!);
            tx.AfterCommit(() => shown = answer);
            return (201, new InvitedAnswer(answer, null));
        });
        return shown is null ? kept : Results.Json(new InvitedAnswer(shown, link), ApiJson.Options, statusCode: 201);
    }

    private static async Task<IResult> Accept(
        HttpContext http, Database database, Passwords passwords, SignInThrottle throttle, Sessions sessions, SignInDoor door, SignInCookie cookie, Clock clock)
    {
        if (cookie.Name(http.Request) is null)
        {
            return Problems.Refuse(Problems.InsecureOrigin);
        }

        var request = (await ApiBody.Read<AcceptRequest>(http.Request)).Value;
        if (request.Token is not { Length: > 0 and <= 100 } token)
        {
            return Problems.Invalid400("token", "token is what the link holds after its #.");
        }

        var from = http.Connection.RemoteIpAddress;
        const string Throttled = "/api/invitations/accept";
        if (throttle.Begin(Throttled, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        var (hash, now) = (Secrets.HashToken(token.Trim()), clock.Micros);
        if (await database.Read(Scope.Directory, tx => InvitationStore.Find(tx, hash, now), http.RequestAborted) is not { } invited)
        {
            return Problems.Refuse(Problems.WrongInvitation);
        }

        throttle.Succeeded(Throttled, from);
        http.Audit()?.By(invited.AgentId, "", invited.TenantId);
        if (Passwords.Problem(request.Password, invited.Email) is { } sentence)
        {
            return Problems.Invalid400("password", sentence);
        }

        var password = await passwords.Hash(request.Password!, http.RequestAborted);
        var isUsed = await database.Write(Scope.Directory, async tx =>
        {
            if (!await InvitationStore.Use(tx, invited.TenantId, hash) || await PeopleStore.Find(tx, invited.TenantId, invited.AgentId) is not { } person)
            {
                return false;
            }

            await ResetStore.SetPassword(tx, invited.AgentId, password);
            await PeopleStore.SetInvited(tx, invited.TenantId, invited.AgentId, null);
            await PeopleStore.Change(
                tx, invited.TenantId, invited.AgentId, TenantNames.Clean(request.Name) ?? person.Name, person.Role, person.DisabledAt);
            await SessionStore.RevokeOthers(tx, invited.AgentId, keep: 0, now);
            return true;
        }, http.RequestAborted);
        sessions.Forget(invited.AgentId);
        return isUsed
            ? await door.Enter(http, invited.AgentId, invited.TenantId, StatusCodes.Status201Created)
            : Problems.Refuse(Problems.WrongInvitation);
    }

    private static async Task<IResult> ChangePassword(
        HttpContext http, SignedIn who, Database database, Passwords passwords, SignInThrottle throttle, Sessions sessions, SignInCookie cookie, Clock clock)
    {
        if (who.IsApiKey)
        {
            return Problems.Refuse(Problems.Forbidden, "An API key does not change a person's password.");
        }

        var asked = (await ApiBody.Read<PasswordChange>(http.Request)).Value;
        if (string.IsNullOrEmpty(asked.Current))
        {
            return Problems.Invalid400("current", "current is missing.");
        }

        if (Passwords.Problem(asked.New, who.Email) is { } sentence)
        {
            return Problems.Invalid400("new", sentence);
        }

        var from = http.Connection.RemoteIpAddress;
        if (throttle.Begin(who.Email, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        var agent = await database.Read(Scope.Directory, tx => AgentStore.Find(tx, who.AgentId), http.RequestAborted);
        if (await passwords.Verify(agent?.UsableHash, asked.Current, http.RequestAborted) == PasswordMatch.Wrong)
        {
            return Problems.Refuse(Problems.WrongPassword);
        }

        throttle.Succeeded(who.Email, from);
        var hash = await passwords.Hash(asked.New!, http.RequestAborted);
        await database.Write(Scope.Directory, async tx =>
        {
            await ResetStore.SetPassword(tx, who.AgentId, hash);
            await SessionStore.RevokeOthers(tx, who.AgentId, who.SessionId, clock.Micros);
        }, http.RequestAborted);
        sessions.Forget(who.AgentId);
        await cookie.Renew(http, who, sessions);
        return TypedResults.Ok(new SuccessAnswer());
    }
}
