using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Entry;

/// <summary>Takes codes: of the app or a recovery code, each once.</summary>
internal sealed class TotpCheck(IServiceProvider services, Clock clock)
{
    private const int MaxTyped = 60;

    /// <summary>Only who uses an app needs the key file.</summary>
    private Secrets Secrets => services.GetRequiredService<Secrets>();

    public string Seal(long agentId, string secret) => Secrets.Seal(secret, Place(agentId));

    /// <summary>True when the code is right; it is used up then. In Scope.Directory.</summary>
    public async Task<bool> Accept(Tx tx, long agentId, string typed)
    {
        if (await TotpStore.Find(tx, agentId) is not { ConfirmedAt: not null } row || typed.Length > MaxTyped)
        {
            return false;
        }

        if (Digits(typed) is { } code)
        {
            return Match(agentId, row, code) is { } step && await TotpStore.Use(tx, agentId, step);
        }

        return RecoveryCodes.Read(typed) is { } recovery && await TotpStore.UseRecoveryCode(tx, agentId, recovery);
    }

    /// <summary>The step of a first code, of an app that is not confirmed; null when it is wrong.</summary>
    public long? First(long agentId, TotpRow row, string typed) =>
        typed.Length <= MaxTyped && Digits(typed) is { } code ? Match(agentId, row, code) : null;

    private long? Match(long agentId, TotpRow row, string code) =>
        Totp.Match(Convert.FromBase64String(Secrets.Open(row.Secret, Place(agentId))), code, clock.Micros, row.LastStep);

    /// <summary>Apps show the six digits in two groups; keyboards may write them in another script's figures.</summary>
    private static string? Digits(string typed)
    {
        var text = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-').Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));
        return text.Length == 6 && text.All(char.IsAsciiDigit) ? text : null;
    }

    private static string Place(long agentId) => $"totp/{agentId}";
}
