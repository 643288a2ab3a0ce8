namespace Relais.Foundation;

/// <summary>
/// The business's own sign-in (OpenID Connect), from <c>RELAIS_OIDC_ISSUER</c>, <c>RELAIS_OIDC_CLIENT_ID</c>,
/// <c>RELAIS_OIDC_CLIENT_SECRET</c> and <c>RELAIS_OIDC_LABEL</c>.
/// </summary>
/// <param name="Issuer">Without a slash at its end; https, or http on this computer.</param>
/// <param name="ClientId">As registered there.</param>
/// <param name="Label">For the button.</param>
/// <param name="IsPrivate">Whether it may be in a private network (<c>RELAIS_OIDC_PRIVATE=on</c>) or is on this computer.</param>
internal sealed record OidcIssuer(Uri Issuer, string ClientId, string Label, bool IsPrivate)
{
    /// <summary>Null for a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Null with no problem when nothing is set; null with a sentence that mends it when it cannot be used.</summary>
    public static OidcIssuer? Read(string? issuer, string? clientId, string? secret, string? label, bool isPrivate, out string? problem)
    {
        problem = null;
        if (issuer is null && clientId is null)
        {
            problem = secret is null ? null : "RELAIS_OIDC_CLIENT_SECRET is set without RELAIS_OIDC_ISSUER and RELAIS_OIDC_CLIENT_ID. Set those too, or take it away.";
            return null;
        }

        if (!Uri.TryCreate(issuer?.TrimEnd('/'), UriKind.Absolute, out var url) || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
        {
            problem = "RELAIS_OIDC_ISSUER is the https address of your identity provider, such as https://sso.example.com/realms/shop.";
            return null;
        }

        if (clientId is null)
        {
            problem = "RELAIS_OIDC_CLIENT_ID is missing: register Relais at the identity provider and set the client id it gives.";
            return null;
        }

        return new OidcIssuer(url, clientId, label ?? url.Host, isPrivate || url.IsLoopback) { ClientSecret = secret };
    }

    /// <summary>Without the secret: settings are shown and logged.</summary>
    public override string ToString() => Issuer.ToString();
}
