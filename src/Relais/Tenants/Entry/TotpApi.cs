using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <param name="Enabled">True: signing in asks for a code.</param>
/// <param name="Required">True: the business wants it of everybody, and it cannot be turned off.</param>
/// <param name="RecoveryCodesLeft">0 to 10.</param>
/// <param name="HasPassword">False for whoever only comes by OpenID Connect: nothing is asked for then.</param>
internal sealed record TotpState(bool Enabled, bool Required, long RecoveryCodesLeft, bool HasPassword);

/// <param name="Password">One's own.</param>
/// <param name="Code">Instead of the password where one is asked for: of the app, or a recovery code.</param>
internal sealed record TotpRequest(string? Password, string? Code);

/// <param name="Secret">For apps that take it typed; base32.</param>
/// <param name="Address">otpauth://…, what the QR code says.</param>
/// <param name="QrSize">Width and height of the QR code's view box.</param>
/// <param name="QrPath">The QR code, for the d of an SVG path.</param>
internal sealed record TotpSetup(string Secret, string Address, int QrSize, string QrPath);

/// <param name="RecoveryCodes">Ten, each good once. Shown this once.</param>
internal sealed record RecoveryAnswer(IReadOnlyList<string> RecoveryCodes);

/// <summary>One's own authenticator app.</summary>
internal static class TotpApi
{
    public static void MapTotp(this IEndpointRouteBuilder app)
    {
        var totp = app.MapGroup("/api/auth/totp").WithTags("Sign-in").RequireAuthorization(Policies.Anyone);
        totp.MapGet("", Get).WithName("GetTotp").WithSummary("Whether one's authenticator app is set up").Produces<TotpState>().ProducesProblem(403);
        totp.MapPost("/setup", SetUp).WithName("SetUpTotp").WithSummary("Begin to set up an authenticator app")
            .WithDescription("It is asked for once POST /api/auth/totp/confirm has seen its first code.")
            .Accepts<TotpRequest>("application/json").Produces<TotpSetup>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429);
        totp.MapPost("/confirm", Confirm).WithName("ConfirmTotp").WithSummary("Finish setting up with a first code; every other session ends")
            .Accepts<TotpRequest>("application/json").Produces<RecoveryAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429);
        totp.MapPost("/recovery-codes", NewCodes).WithName("NewRecoveryCodes").WithSummary("Make ten new recovery codes; the old ones end")
            .Accepts<TotpRequest>("application/json").Produces<RecoveryAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429);
        totp.MapPost("/off", TurnOff).WithName("TurnOffTotp").WithSummary("Sign in without the app from now on, with the password or a code")
            .Accepts<TotpRequest>("application/json").Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(429);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        who.IsApiKey ? NoKey() : TypedResults.Ok(await database.Read(Scope.Directory, async tx => new TotpState(
            await TotpStore.Find(tx, who.AgentId) is { ConfirmedAt: not null }, await IsRequired(tx, who), await TotpStore.CodesLeft(tx, who.AgentId),
            await AgentStore.Find(tx, who.AgentId) is { UsableHash: not null }), cancel));

    private static async Task<IResult> SetUp(HttpContext http, SignedIn who, Database database, OwnPassword own, TotpCheck check, Clock clock)
    {
        var request = (await ApiBody.Read<TotpRequest>(http.Request)).Value;
        if (who.IsApiKey)
        {
            return NoKey();
        }

        if (await own.Refused(http, who, request.Password, orNone: true) is { } refused)
        {
            return refused;
        }

        var secret = Totp.NewSecret();
        var (shown, kept, now) = (Totp.Base32(secret), check.Seal(who.AgentId, Convert.ToBase64String(secret)), clock.Micros);
        if (!await database.Write(Scope.Directory, tx => TotpStore.Begin(tx, who.AgentId, kept, now), http.RequestAborted))
        {
            return Problems.Refuse(Problems.TotpIsOn);
        }

        var address = Totp.Address(shown, who.Email);
        var qr = QrPath.Of(address);
        return TypedResults.Ok(new TotpSetup(shown, address, qr.Size, qr.Path));
    }

    private static async Task<IResult> Confirm(
        HttpContext http, SignedIn who, Database database, TotpCheck check, SignInThrottle throttle, Sessions sessions, SignInCookie cookie, Clock clock)
    {
        var request = (await ApiBody.Read<TotpRequest>(http.Request)).Value;
        if (who.IsApiKey || string.IsNullOrWhiteSpace(request.Code))
        {
            return who.IsApiKey ? NoKey() : Problems.Invalid400("code", "code is the six digits that the app shows now.");
        }

        var (account, from) = ($"totp/{who.AgentId}", http.Connection.RemoteIpAddress);
        if (throttle.Begin(account, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        var (codes, now) = (RecoveryCodes.Make(), clock.Micros);
        var refusal = await database.Write(Scope.Directory, async tx =>
        {
            if (await TotpStore.Find(tx, who.AgentId) is not { } row)
            {
                return Problems.TotpIsOff;
            }

            if (row.ConfirmedAt is not null)
            {
                return Problems.TotpIsOn;
            }

            if (check.First(who.AgentId, row, request.Code) is not { } step || !await TotpStore.Confirm(tx, who.AgentId, step, now))
            {
                return Problems.CodeRefused;
            }

            await TotpStore.SetRecoveryCodes(tx, who.AgentId, codes);
            await SessionStore.RevokeOthers(tx, who.AgentId, who.SessionId, now);
            return null;
        }, http.RequestAborted);
        if (refusal is not null)
        {
            return Problems.Refuse(refusal);
        }

        throttle.Succeeded(account, from);
        sessions.Forget(who.AgentId);
        await cookie.Renew(http, who, sessions);
        return TypedResults.Ok(new RecoveryAnswer(codes));
    }

    private static Task<IResult> NewCodes(
        HttpContext http, SignedIn who, Database database, OwnPassword own, TotpCheck check, SignInThrottle throttle)
    {
        var codes = RecoveryCodes.Make();
        return WithProof(http, who, database, own, check, throttle, new RecoveryAnswer(codes), async tx =>
        {
            if (await TotpStore.Find(tx, who.AgentId) is not { ConfirmedAt: not null })
            {
                return Problems.TotpIsOff;
            }

            await TotpStore.SetRecoveryCodes(tx, who.AgentId, codes);
            return null;
        });
    }

    private static async Task<IResult> TurnOff(
        HttpContext http, SignedIn who, Database database, OwnPassword own, TotpCheck check, SignInThrottle throttle, Sessions sessions, SignInCookie cookie)
    {
        var wasOn = false;
        var answer = await WithProof(http, who, database, own, check, throttle, new SuccessAnswer(), async tx =>
        {
            if (await IsRequired(tx, who))
            {
                return Problems.TotpDemanded;
            }

            wasOn = await TotpStore.Remove(tx, who.AgentId);
            return wasOn ? null : Problems.TotpIsOff;
        });
        if (wasOn)
        {
            sessions.Forget(who.AgentId);
            await cookie.Renew(http, who, sessions);
        }

        return answer;
    }

    /// <summary>Carries an act out for whoever proves once more who they are: with a code where one is given, else with the password.</summary>
    private static async Task<IResult> WithProof(
        HttpContext http, SignedIn who, Database database, OwnPassword own, TotpCheck check, SignInThrottle throttle, object answer,
        Func<Tx, Task<Problem?>> act)
    {
        var request = (await ApiBody.Read<TotpRequest>(http.Request)).Value;
        if (who.IsApiKey)
        {
            return NoKey();
        }

        var hasCode = !string.IsNullOrWhiteSpace(request.Code);
        var (account, from) = ($"totp/{who.AgentId}", http.Connection.RemoteIpAddress);
        if (hasCode && throttle.Begin(account, from) is { } wait)
        {
            return AuthApi.TooManyTries(http, wait);
        }

        if (!hasCode && await own.Refused(http, who, request.Password, orNone: false) is { } refused)
        {
            return refused;
        }

        var refusal = await database.Write(Scope.Directory, async tx =>
            hasCode && !await check.Accept(tx, who.AgentId, request.Code!) ? Problems.CodeRefused : await act(tx), http.RequestAborted);
        if (hasCode && refusal != Problems.CodeRefused)
        {
            throttle.Succeeded(account, from);
        }

        return refusal is null ? Results.Json(answer, ApiJson.Options) : Problems.Refuse(refusal);
    }

    private static async Task<bool> IsRequired(Tx tx, SignedIn who) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM membership m JOIN tenant t ON t.tenant_id = m.tenant_id
        WHERE m.agent_id = @AgentId AND m.disabled_at IS NULL AND t.require_totp = 1
        """, new { who.AgentId }) > 0;

    private static IResult NoKey() => Problems.Refuse(Problems.Forbidden, "An API key has no authenticator app: sign in as a person.");
}
