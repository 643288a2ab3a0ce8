using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <param name="Id">To end it.</param>
/// <param name="Browser">Such as Firefox; null when it is none that is known.</param>
/// <param name="System">Such as Windows; null when it is not known.</param>
/// <param name="Address">The network address it was opened from.</param>
/// <param name="CreatedAt">When somebody signed in.</param>
/// <param name="LastUsedAt">To the minute.</param>
/// <param name="IsThis">True for the one that asks.</param>
internal sealed record SessionAnswer(
    long Id, string? Browser, string? System, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool IsThis);

/// <param name="Items">Those that live, the last used first.</param>
internal sealed record SessionsAnswer(IReadOnlyList<SessionAnswer> Items);

/// <summary>Where one is signed in, and ending it. A live feed of an ended session dies within a minute.</summary>
internal static class OwnSessionsApi
{
    public static void MapOwnSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/auth/sessions").WithTags("Sign-in").RequireAuthorization(Policies.Anyone);
        sessions.MapGet("", List).WithName("ListSessions").WithSummary("Where one is signed in").Produces<SessionsAnswer>().ProducesProblem(403);
        sessions.MapDelete("", EndOthers).WithName("EndOtherSessions").WithSummary("Sign out everywhere else").Produces<SuccessAnswer>().ProducesProblem(403);
        sessions.MapDelete("/{id:long}", End).WithName("EndSession").WithSummary("End one of one's sessions")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, Clock clock, CancellationToken cancel)
    {
        if (who.IsApiKey)
        {
            return NoKey();
        }

        var rows = await database.Read(Scope.Directory, tx => OwnSessionStore.List(tx, who.AgentId, clock.Micros), cancel);
        return TypedResults.Ok(new SessionsAnswer([.. rows.Select(row =>
        {
            var device = Device.Of(row.UserAgent);
            return new SessionAnswer(
                row.Id, device.Browser, device.System, row.Address, Instants.FromMicros(row.CreatedAt), Instants.FromMicros(row.LastUsedAt),
                row.Id == who.SessionId);
        })]));
    }

    private static async Task<IResult> EndOthers(SignedIn who, Database database, Sessions sessions, Clock clock, CancellationToken cancel)
    {
        if (who.IsApiKey)
        {
            return NoKey();
        }

        await database.Write(Scope.Directory, tx => SessionStore.RevokeOthers(tx, who.AgentId, who.SessionId, clock.Micros), cancel);
        sessions.Forget(who.AgentId);
        return TypedResults.Ok(new SuccessAnswer());
    }

    private static async Task<IResult> End(
        HttpContext http, SignedIn who, Database database, Sessions sessions, SignInCookie cookie, Clock clock, long id)
    {
        if (who.IsApiKey)
        {
            return NoKey();
        }

        var isEnded = await database.Write(Scope.Directory, tx => OwnSessionStore.End(tx, who.AgentId, id, clock.Micros), http.RequestAborted);
        sessions.Forget(who.AgentId);
        if (isEnded && id == who.SessionId)
        {
            cookie.Clear(http);
        }

        return isEnded ? TypedResults.Ok(new SuccessAnswer()) : Problems.Refuse(Problems.NotFound);
    }

    private static IResult NoKey() => Problems.Refuse(Problems.Forbidden, "An API key has no sessions: sign in as a person.");
}
