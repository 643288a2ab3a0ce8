using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>
/// Where every way in ends: whoever has an authenticator app is asked for a code, whatever they came with (password, invitation,
/// OpenID Connect); everybody else is signed in.
/// </summary>
internal sealed class SignInDoor(Database database, Sessions sessions, SignInCookie cookie, Clock clock)
{
    public const long TicketLasts = 5 * Instants.Minute;

    /// <summary>Null when nobody has to be asked; otherwise a ticket for the second step.</summary>
    public async Task<string?> Ticket(long agentId, CancellationToken cancel)
    {
        var (token, now) = (Secrets.NewToken("st_"), clock.Micros);
        return await database.Write(Scope.Directory, async tx =>
        {
            if (await TotpStore.Find(tx, agentId) is not { ConfirmedAt: not null })
            {
                return null;
            }

            await TicketStore.Insert(tx, Secrets.HashToken(token), agentId, now, now + TicketLasts);
            return token;
        }, cancel);
    }

    /// <summary>Signs in with that status, or answers totp_required with a ticket.</summary>
    public async Task<IResult> Enter(HttpContext http, long agentId, long? tenantId, int status) =>
        await Ticket(agentId, http.RequestAborted) is { } ticket
            ? Problems.RefuseWith(Problems.TotpRequired, null, new Dictionary<string, object?> { ["ticket"] = ticket })
            : Results.Json(await AuthApi.SignIn(http, sessions, cookie, agentId, tenantId), ApiJson.Options, statusCode: status);
}
