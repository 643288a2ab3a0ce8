using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relais.Tests.Tenants.Entry;

/// <summary>Signs tokens as an issuer would, and as a forger would.</summary>
internal sealed class TokenSigner : IDisposable
{
    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string RsaKid { get; set; } = "r1";

    public JsonObject Keys() => new() { ["keys"] = new JsonArray(RsaKey(Rsa, RsaKid), EcKey(Ec, "e1")) };

    public static JsonObject RsaKey(RSA rsa, string kid)
    {
        var key = rsa.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = kid, ["n"] = Text(key.Modulus!), ["e"] = Text(key.Exponent!) };
    }

    public string Rs256(JsonObject claims, string? kid = null, JsonObject? header = null) =>
        Signed(header ?? new JsonObject { ["alg"] = "RS256", ["kid"] = kid ?? RsaKid }, claims, input => Rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string Es256(JsonObject claims) =>
        Signed(new JsonObject { ["alg"] = "ES256", ["kid"] = "e1" }, claims, input => Ec.SignData(input, HashAlgorithmName.SHA256));

    public static string Signed(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Text(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Text(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{input}.{Text(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    public void Dispose()
    {
        Rsa.Dispose();
        Ec.Dispose();
    }

    private static JsonObject EcKey(ECDsa ec, string kid)
    {
        var key = ec.ExportParameters(false);
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = kid, ["x"] = Text(key.Q.X!), ["y"] = Text(key.Q.Y!) };
    }
}

/// <summary>An identity provider on a loopback socket that knows one person and asks for no password.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string Redirect)> codes = new(StringComparer.Ordinal);

    private FakeIssuer(WebApplication app) => this.app = app;

    public const string ClientId = "relais-client";
    public const string Secret = "s3cret/with:signs";

    public TokenSigner Signer { get; } = new();

    public string Url => app.Urls.First();

    public string Email { get; set; } = "camille@desk.example";

    public bool IsVerified { get; set; } = true;

    /// <summary>Bends the token: gets the right claims.</summary>
    public Func<JsonObject, string>? Token { get; set; }

    public bool IsAway { get; set; }

    public int KeysRead { get; private set; }

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var issuer = new FakeIssuer(builder.Build());
        issuer.app.Run(issuer.Serve);
        await issuer.app.StartAsync();
        return issuer;
    }

    public Dictionary<string, string> Settings() => new()
    {
        ["RELAIS_OIDC_ISSUER"] = Url, ["RELAIS_OIDC_CLIENT_ID"] = ClientId, ["RELAIS_OIDC_CLIENT_SECRET"] = Secret, ["RELAIS_OIDC_LABEL"] = "Desk SSO",
    };

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Signer.Dispose();
    }

    private async Task Serve(HttpContext http)
    {
        if (IsAway)
        {
            http.Response.StatusCode = 503;
            return;
        }

        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                await Json(http, new JsonObject
                {
                    ["issuer"] = Url, ["authorization_endpoint"] = Url + "/authorize", ["token_endpoint"] = Url + "/token", ["jwks_uri"] = Url + "/keys",
                });
                break;
            case "/keys":
                KeysRead++;
                await Json(http, Signer.Keys());
                break;
            case "/authorize":
                var asked = http.Request.Query;
                var code = Guid.NewGuid().ToString("N");
                codes[code] = (asked["nonce"]!, asked["code_challenge"]!, asked["redirect_uri"]!);
                var isRight = asked["client_id"] == ClientId && asked["response_type"] == "code" && asked["code_challenge_method"] == "S256"
                    && asked["scope"].ToString().Split(' ').Contains("openid");
                http.Response.Redirect($"{asked["redirect_uri"]}?{(isRight ? "code=" + code : "error=invalid_request")}&state={Uri.EscapeDataString(asked["state"]!)}");
                break;
            case "/token":
                await Redeem(http);
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    private async Task Redeem(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(Secret)}"));
        if (http.Request.Headers.Authorization != "Basic " + basic || form["grant_type"] != "authorization_code"
            || !codes.TryRemove(form["code"]!, out var begun) || form["redirect_uri"] != begun.Redirect
            || TokenSigner.Text(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != begun.Challenge)
        {
            http.Response.StatusCode = 400;
            await Json(http, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }

        var now = DateTimeOffset.UnixEpoch.AddSeconds(Now()).ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Url, ["aud"] = ClientId, ["sub"] = "u1", ["nonce"] = begun.Nonce, ["iat"] = now, ["exp"] = now + 300,
            ["email"] = Email, ["email_verified"] = IsVerified,
        };
        await Json(http, new JsonObject { ["access_token"] = "a", ["token_type"] = "Bearer", ["id_token"] = Token?.Invoke(claims) ?? Signer.Rs256(claims) });
    }

    /// <summary>Seconds since 1970 by the clock of the server that is tested.</summary>
    public Func<long> Now { get; set; } = () => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static Task Json(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
