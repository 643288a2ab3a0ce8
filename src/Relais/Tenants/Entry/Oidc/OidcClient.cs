using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Tenants.Entry.Oidc;

/// <summary>What the issuer publishes of itself.</summary>
/// <param name="Issuer">As tokens name it.</param>
/// <param name="Authorization">Where browsers go.</param>
/// <param name="Token">Where codes are redeemed.</param>
/// <param name="Keys">Its JWKS.</param>
/// <param name="TakesBasic">False: the secret goes into the form.</param>
internal sealed record OidcPlaces(string Issuer, Uri Authorization, Uri Token, Uri Keys, bool TakesBasic);

/// <summary>What a code was good for.</summary>
internal abstract record OidcPerson
{
    private OidcPerson()
    {
    }

    /// <param name="Email">Verified by the issuer, in our form.</param>
    internal sealed record Known(string Email) : OidcPerson;

    /// <summary>The issuer gives no address, or has not verified it.</summary>
    internal sealed record Unverified : OidcPerson;

    /// <param name="Reason">For the log; without anything secret.</param>
    internal sealed record Refused(string Reason) : OidcPerson;

    /// <summary>The issuer cannot be asked.</summary>
    /// <param name="Reason">For the log.</param>
    internal sealed record Away(string Reason) : OidcPerson;
}

/// <summary>
/// A client of OpenID Connect's authorization code flow with PKCE. Discovery and keys are kept for an hour; keys are read again
/// when a token is signed with one that is not known, once a minute at most.
/// </summary>
internal sealed class OidcClient(OidcIssuer? settings, Clock clock) : IDisposable
{
    private const long KeptFor = Instants.Hour;
    private const int MaxAnswer = 512 * 1024;

    private readonly SafeHttp safe = new(settings?.IsPrivate ?? false);
    private HttpClient? http;
    private (OidcPlaces Places, long At)? places;
    private (JsonElement Document, long At)? keys;

    /// <summary>Made when it is first needed; two at once make one too many, which does no harm.</summary>
    private HttpClient Http => http ??= safe.Bounded(MaxAnswer);

    public bool IsConfigured => settings is not null;

    public string Label => settings?.Label ?? "";

    /// <summary>Where to send a browser, or null when the issuer cannot be asked.</summary>
    public async Task<string?> Address(string redirect, string state, string nonce, string challenge, CancellationToken cancel)
    {
        if ((await Places(cancel)).Value is not { } found)
        {
            return null;
        }

        var query = QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code", ["client_id"] = settings!.ClientId, ["redirect_uri"] = redirect, ["scope"] = "openid email profile",
            ["state"] = state, ["nonce"] = nonce, ["code_challenge"] = challenge, ["code_challenge_method"] = "S256",
        });
        return found.Authorization + (found.Authorization.Query.Length > 0 ? "&" + query.ToString()[1..] : query.ToString());
    }

    /// <summary>Whom a code speaks of.</summary>
    /// <param name="code">As it came back with the browser.</param>
    /// <param name="issuer">As it came back with the browser (RFC 9207); null when it did not.</param>
    /// <param name="verifier">PKCE's, of this sign-in.</param>
    /// <param name="redirect">The same as was asked with.</param>
    /// <param name="nonce">Of this sign-in.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<OidcPerson> Redeem(string code, string? issuer, string verifier, string redirect, string nonce, CancellationToken cancel)
    {
        var (found, unknown) = await Places(cancel);
        if (found is null)
        {
            return new OidcPerson.Away(unknown!);
        }

        if (issuer is not null && issuer != found.Issuer)
        {
            return new OidcPerson.Refused("the browser came back from another issuer");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, found.Token);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = verifier, ["client_id"] = settings!.ClientId,
        };
        if (settings.ClientSecret is { } secret)
        {
            if (found.TakesBasic)
            {
                var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret)}";
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
            }
            else
            {
                form["client_secret"] = secret;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        var (answer, problem) = await Ask(request, cancel);
        if (answer is not { } told)
        {
            return new OidcPerson.Refused($"the code was not taken: {problem}");
        }

        return told.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String
            ? await Check(token.GetString()!, found, nonce, cancel)
            : new OidcPerson.Refused("the answer holds no id_token");
    }

    public void Dispose()
    {
        http?.Dispose();
        safe.Dispose();
    }

    private async Task<OidcPerson> Check(string token, OidcPlaces found, string nonce, CancellationToken cancel)
    {
        var wanted = new IdTokenWanted(found.Issuer, settings!.ClientId, nonce, clock.Micros / Instants.Second);
        var (document, problem) = await Keys(found, KeptFor, cancel);
        if (document is null)
        {
            return new OidcPerson.Away(problem!);
        }

        var result = IdToken.Check(token, document.Value, wanted);
        if (result is IdTokenResult.UnknownKey)
        {
            (document, problem) = await Keys(found, Instants.Minute, cancel);
            result = document is null ? new IdTokenResult.Refused(problem!) : IdToken.Check(token, document.Value, wanted);
        }

        return result switch
        {
            IdTokenResult.Accepted { IsVerified: true, Email: { } email } when EmailAddress.Parse(email) is { } address => new OidcPerson.Known(address),
            IdTokenResult.Accepted => new OidcPerson.Unverified(),
            IdTokenResult.UnknownKey => new OidcPerson.Refused("its key is not among the issuer's"),
            IdTokenResult.Refused refused => new OidcPerson.Refused(refused.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<(OidcPlaces? Value, string? Problem)> Places(CancellationToken cancel)
    {
        if (places is { } kept && clock.Micros - kept.At < KeptFor)
        {
            return (kept.Places, null);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{settings!.Issuer.ToString().TrimEnd('/')}/.well-known/openid-configuration");
        var (document, problem) = await Ask(request, cancel);
        if (document is not { } told)
        {
            return (null, problem);
        }

        var issuer = Text(told, "issuer");
        if (issuer?.TrimEnd('/') != settings.Issuer.ToString().TrimEnd('/'))
        {
            return (null, "the discovery document is of another issuer than RELAIS_OIDC_ISSUER");
        }

        if (Place(told, "authorization_endpoint") is not { } authorization || Place(told, "token_endpoint") is not { } token || Place(told, "jwks_uri") is not { } jwks)
        {
            return (null, "the discovery document lacks an https address of authorization_endpoint, token_endpoint or jwks_uri");
        }

        var methods = told.TryGetProperty("token_endpoint_auth_methods_supported", out var listed) && listed.ValueKind == JsonValueKind.Array
            ? listed.EnumerateArray().Select(method => method.ToString()).ToList() : ["client_secret_basic"];
        var found = new OidcPlaces(issuer!, authorization, token, jwks, methods.Contains("client_secret_basic"));
        places = (found, clock.Micros);
        return (found, null);
    }

    private async Task<(JsonElement? Document, string? Problem)> Keys(OidcPlaces found, long keptFor, CancellationToken cancel)
    {
        if (keys is { } kept && clock.Micros - kept.At < keptFor)
        {
            return (kept.Document, null);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, found.Keys);
        var (document, problem) = await Ask(request, cancel);
        if (document is { } told)
        {
            keys = (told, clock.Micros);
        }

        return (document, problem);
    }

    /// <summary>JSON, or a sentence about why there is none. What an issuer says in an error stays out of it.</summary>
    private async Task<(JsonElement? Document, string? Problem)> Ask(HttpRequestMessage request, CancellationToken cancel)
    {
        if (safe.Refusal(request.RequestUri!.AbsoluteUri) is { } refusal)
        {
            return (null, refusal + " RELAIS_OIDC_PRIVATE=on allows a private network.");
        }

        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using var response = await Http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                return (null, $"{request.RequestUri.AbsolutePath} answers with status {(int)response.StatusCode}");
            }

            var document = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            return document.ValueKind == JsonValueKind.Object ? (document, null) : (null, $"{request.RequestUri.AbsolutePath} answers with no JSON object");
        }
        catch (HttpRequestException e)
        {
            return (null, SafeHttp.IsNotPublic(e)
                ? "the address leads to a private network; RELAIS_OIDC_PRIVATE=on allows it" : $"no answer came ({e.HttpRequestError})");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return (null, "the answer was cut off or is no JSON");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "no answer came in time");
        }
    }

    /// <summary>An issuer that is reached by https names no address that is not.</summary>
    private Uri? Place(JsonElement document, string name) =>
        Uri.TryCreate(Text(document, name), UriKind.Absolute, out var url) && (url.Scheme == "https" || (url.Scheme == "http" && settings!.Issuer.Scheme == "http"))
            ? url : null;

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
