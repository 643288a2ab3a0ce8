using System.Security.Cryptography;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Tenants.Entry.Oidc;

/// <summary>
/// A sign-in that this browser has begun at the issuer. It travels in a cookie of the browser, sealed, so any node can finish it
/// and nobody can finish one in another browser.
/// </summary>
/// <param name="State">Comes back in the address.</param>
/// <param name="Nonce">Comes back in the token.</param>
/// <param name="Verifier">PKCE's.</param>
/// <param name="To">Where to go in the end: a path of the console.</param>
/// <param name="Until">Microseconds.</param>
internal sealed record OidcTry(string State, string Nonce, string Verifier, string To, long Until)
{
    public const long Lasts = 10 * Instants.Minute;

    private const string Place = "oidc-try";
    private const int MaxPath = 500;

    public static OidcTry New(string? to, long now) =>
        new(Secrets.NewToken(""), Secrets.NewToken(""), Secrets.NewToken(""), Safe(to), now + Lasts);

    /// <summary>PKCE's S256.</summary>
    public string Challenge => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Only to a page of ours: browsers read // and /\ as another host.</summary>
    public static string Safe(string? to) =>
        to is { Length: > 0 and <= MaxPath } && to[0] == '/' && !(to.Length > 1 && to[1] is '/' or '\\') && to.All(c => c is > ' ' and <= '~' and not '\\')
            ? to : "/";

    public string Seal(Secrets secrets) => secrets.Seal(JsonSerializer.Serialize(this, ApiJson.Options), Place);

    /// <summary>Null when it is not ours, too old, or of another state.</summary>
    public static OidcTry? Open(Secrets secrets, string? cookie, string? state, long now)
    {
        if (cookie is null || state is null)
        {
            return null;
        }

        try
        {
            var begun = JsonSerializer.Deserialize<OidcTry>(secrets.Open(cookie, Place), ApiJson.Options);
            return begun is not null && begun.Until > now
                && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(begun.State), System.Text.Encoding.UTF8.GetBytes(state))
                ? begun : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException or JsonException)
        {
            return null;
        }
    }
}
