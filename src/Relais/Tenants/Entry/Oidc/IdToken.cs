using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Relais.Tenants.Entry.Oidc;

/// <summary>What an ID token has to say to be believed.</summary>
/// <param name="Issuer">Exactly.</param>
/// <param name="ClientId">Us.</param>
/// <param name="Nonce">Of the very sign-in that this browser began.</param>
/// <param name="Now">Seconds since 1970.</param>
internal sealed record IdTokenWanted(string Issuer, string ClientId, string Nonce, long Now);

/// <summary>What became of an ID token.</summary>
internal abstract record IdTokenResult
{
    private IdTokenResult()
    {
    }

    /// <param name="Email">As the issuer says; null when it says none.</param>
    /// <param name="IsVerified">Whether the issuer has seen that it is theirs.</param>
    internal sealed record Accepted(string? Email, bool IsVerified) : IdTokenResult;

    /// <summary>Signed with a key that is not among those known: they may have changed.</summary>
    internal sealed record UnknownKey : IdTokenResult;

    /// <param name="Reason">For the log.</param>
    internal sealed record Refused(string Reason) : IdTokenResult;
}

/// <summary>
/// Checks an ID token (OpenID Connect Core 3.1.3.7): RS256 or ES256 and nothing else, under a key of the issuer of the right kind,
/// from this issuer, for this client, for this sign-in, now. A token that fails in any way is refused as a whole.
/// </summary>
internal static class IdToken
{
    /// <summary>Seconds that clocks may differ.</summary>
    public const long Skew = 60;

    private const int MaxLength = 32 * 1024;
    private const int LeastRsaBits = 2048;

    /// <param name="token">As it came from the token endpoint.</param>
    /// <param name="keys">The issuer's JWKS document.</param>
    /// <param name="wanted">What it has to say.</param>
    public static IdTokenResult Check(string token, JsonElement keys, IdTokenWanted wanted)
    {
        try
        {
            return Read(token, keys, wanted);
        }
        catch (InvalidOperationException)
        {
            // A text in it is no Unicode (half a surrogate, bytes that are no UTF-8): JSON takes it, reading it as text fails.
            return new IdTokenResult.Refused("it holds a text that is no Unicode");
        }
    }

    private static IdTokenResult Read(string token, JsonElement keys, IdTokenWanted wanted)
    {
        var parts = token.Split('.');
        if (token.Length > MaxLength || parts.Length != 3 || Bytes(parts[2]) is not { } signature
            || Json(parts[0]) is not { } header || Json(parts[1]) is not { } claims)
        {
            return new IdTokenResult.Refused("it is no signed JWT");
        }

        var algorithm = Text(header, "alg");
        if (algorithm is not ("RS256" or "ES256"))
        {
            return new IdTokenResult.Refused("its algorithm is not RS256 or ES256");
        }

        if (header.TryGetProperty("crit", out _))
        {
            return new IdTokenResult.Refused("it has critical headers that are not known");
        }

        if (Key(keys, algorithm, Text(header, "kid")) is not { } key)
        {
            return new IdTokenResult.UnknownKey();
        }

        if (!IsSigned(algorithm, key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature))
        {
            return new IdTokenResult.Refused("its signature is wrong");
        }

        return Wrong(claims, wanted) is { } reason
            ? new IdTokenResult.Refused(reason)
            : new IdTokenResult.Accepted(Text(claims, "email"), IsTrue(claims, "email_verified"));
    }

    private static string? Wrong(JsonElement claims, IdTokenWanted wanted) =>
        Text(claims, "iss") != wanted.Issuer ? "it is from another issuer"
        : !IsFor(claims, wanted.ClientId) ? "it is for another client"
        : Text(claims, "nonce") is not { } nonce || !AreSame(nonce, wanted.Nonce) ? "its nonce is not of this sign-in"
        : Text(claims, "sub") is not { Length: > 0 } ? "it names nobody"
        : Seconds(claims, "exp") is not { } expires || expires + Skew <= wanted.Now ? "it is too old"
        : Seconds(claims, "iat") is not { } issued || issued - Skew > wanted.Now ? "it is from the future"
        : claims.TryGetProperty("nbf", out _) && !(Seconds(claims, "nbf") - Skew <= wanted.Now) ? "it is not valid yet"
        : null;

    /// <summary>Several audiences need azp to say that it was made for us.</summary>
    private static bool IsFor(JsonElement claims, string clientId)
    {
        if (!claims.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        List<string?> all = audience.ValueKind switch
        {
            JsonValueKind.String => [audience.GetString()],
            JsonValueKind.Array when audience.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => [.. audience.EnumerateArray().Select(one => one.GetString())],
            _ => [],
        };
        var party = Text(claims, "azp");
        return all.Contains(clientId) && (party is null ? all.Count == 1 && !claims.TryGetProperty("azp", out _) : party == clientId);
    }

    /// <summary>The key of that name and kind; without a name, the only one of that kind.</summary>
    private static JsonElement? Key(JsonElement document, string algorithm, string? name)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var type = algorithm == "RS256" ? "RSA" : "EC";
        List<JsonElement> fitting = [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object
            && Text(key, "kty") == type && Text(key, "use") is null or "sig" && Text(key, "alg") is var alg && (alg is null || alg == algorithm)
            && (name is null || Text(key, "kid") == name))];
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static bool IsSigned(string algorithm, JsonElement key, byte[] signed, byte[] signature)
    {
        try
        {
            if (algorithm == "RS256")
            {
                using var rsa = RSA.Create(new RSAParameters { Modulus = Part(key, "n"), Exponent = Part(key, "e") });
                return rsa.KeySize >= LeastRsaBits && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }

            using var ec = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Part(key, "x"), Y = Part(key, "y") },
            });
            return Text(key, "crv") == "P-256" && ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[]? Part(JsonElement key, string name) => Text(key, name) is { } text ? Bytes(text) : null;

    /// <summary>Base64url without padding or anything else that is not of it; null otherwise.</summary>
    private static byte[]? Bytes(string text)
    {
        if (text.Length == 0 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonElement? Json(string part)
    {
        try
        {
            return Bytes(part) is { } bytes && JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } document ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Seconds(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
        && seconds is > 0 and < 1e12 ? (long)seconds : null;

    /// <summary>Some issuers write it as a text.</summary>
    private static bool IsTrue(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));

    private static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
