using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>Asks whoever is signed in for their password once more, before something that guards the account changes.</summary>
internal sealed class OwnPassword(Database database, Passwords passwords, SignInThrottle throttle)
{
    /// <summary>Null when it is right; otherwise the refusal.</summary>
    /// <param name="http">The request.</param>
    /// <param name="who">Whose.</param>
    /// <param name="password">As typed.</param>
    /// <param name="orNone">True: whoever has none, because they come by OpenID Connect, needs none.</param>
    public async Task<IResult?> Refused(HttpContext http, SignedIn who, string? password, bool orNone)
    {
        var agent = await database.Read(Scope.Directory, tx => AgentStore.Find(tx, who.AgentId), http.RequestAborted);
        if (orNone && agent is { UsableHash: null })
        {
            return null;
        }

        if (string.IsNullOrEmpty(password))
        {
            return Problems.Invalid400("password", "password is missing: give the one you sign in with.");
        }

        var from = http.Connection.RemoteIpAddress;
        if (throttle.Begin(who.Email, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        if (await passwords.Verify(agent?.UsableHash, password, http.RequestAborted) == PasswordMatch.Wrong)
        {
            return Problems.Refuse(Problems.WrongPassword);
        }

        throttle.Succeeded(who.Email, from);
        return null;
    }
}
