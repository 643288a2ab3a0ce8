using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Relais.Tenants.Entry.Oidc;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

/// <summary>Which ID tokens are believed.</summary>
public sealed class IdTokenTests : IDisposable
{
    private const long Now = 1_800_000_000;
    private static readonly IdTokenWanted Wanted = new("https://sso.example", "relais", "n-0S6_WzA2Mj", Now);

    private readonly TokenSigner signer = new();

    public void Dispose() => signer.Dispose();

    [Fact]
    public void A_right_token_of_either_algorithm_is_accepted()
    {
        Check(signer.Rs256(Claims())).ShouldBe(new IdTokenResult.Accepted("a@b.example", true));
        Check(signer.Es256(Claims())).ShouldBe(new IdTokenResult.Accepted("a@b.example", true));
        Check(signer.Rs256(Claims(c => { c["aud"] = new JsonArray("other", "relais"); c["azp"] = "relais"; }))).ShouldBeOfType<IdTokenResult.Accepted>();
        Check(signer.Rs256(Claims(c => c["exp"] = Now - 59))).ShouldBeOfType<IdTokenResult.Accepted>("clocks differ by a minute");
        Check(signer.Rs256(Claims(c => c["email_verified"] = "true"))).ShouldBe(new IdTokenResult.Accepted("a@b.example", true));
        Check(signer.Rs256(Claims(c => c.Remove("email_verified")))).ShouldBe(new IdTokenResult.Accepted("a@b.example", false));
        Check(signer.Rs256(Claims(c => c["email_verified"] = 1))).ShouldBe(new IdTokenResult.Accepted("a@b.example", false));
        Check(signer.Rs256(Claims(c => c.Remove("email")))).ShouldBe(new IdTokenResult.Accepted(null, true));
    }

    public static TheoryData<string> Forgeries => [.. Bent.Keys, .. Made.Keys];

    /// <summary>Rightly signed, wrong in what they say.</summary>
    private static readonly Dictionary<string, Action<JsonObject>> Bent = new(StringComparer.Ordinal)
    {
        ["another issuer"] = c => c["iss"] = "https://sso.example.evil",
        ["issuer with a slash"] = c => c["iss"] = "https://sso.example/",
        ["no issuer"] = c => c.Remove("iss"),
        ["another audience"] = c => c["aud"] = "someone-else",
        ["no audience"] = c => c.Remove("aud"),
        ["audience of another type"] = c => c["aud"] = new JsonArray("relais", 1),
        ["two audiences without azp"] = c => c["aud"] = new JsonArray("relais", "other"),
        ["azp of another"] = c => c["azp"] = "other",
        ["azp of another type"] = c => c["azp"] = 1,
        ["too old"] = c => c["exp"] = Now - 61,
        ["no end"] = c => c.Remove("exp"),
        ["an end that is text"] = c => c["exp"] = "9999999999",
        ["from the future"] = c => c["iat"] = Now + 61,
        ["no beginning"] = c => c.Remove("iat"),
        ["not valid yet"] = c => c["nbf"] = Now + 61,
        ["nbf that is text"] = c => c["nbf"] = "soon",
        ["another nonce"] = c => c["nonce"] = "another",
        ["no nonce"] = c => c.Remove("nonce"),
        ["nonce of another type"] = c => c["nonce"] = new JsonArray("n-0S6_WzA2Mj"),
        ["nobody"] = c => c.Remove("sub"),
    };

    /// <summary>Right in what they say, wrongly signed.</summary>
    private static readonly Dictionary<string, Func<TokenSigner, JsonObject, string>> Made = new(StringComparer.Ordinal)
    {
        ["alg none without a signature"] = (_, c) => TokenSigner.Signed(new() { ["alg"] = "none" }, c, _ => []),
        ["alg none with a signature"] = (_, c) => TokenSigner.Signed(new() { ["alg"] = "none" }, c, _ => [1, 2, 3]),
        ["alg None"] = (_, c) => TokenSigner.Signed(new() { ["alg"] = "None" }, c, _ => [1]),
        ["no alg"] = (s, c) => s.Rs256(c, header: new() { ["kid"] = "r1" }),
        ["HS256 under the public key"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "HS256", ["kid"] = "r1" }, c,
            input => HMACSHA256.HashData(Encoding.ASCII.GetBytes(s.Rsa.ExportSubjectPublicKeyInfoPem()), input)),
        ["HS256 under the modulus"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "HS256", ["kid"] = "r1" }, c,
            input => HMACSHA256.HashData(s.Rsa.ExportParameters(false).Modulus!, input)),
        ["RS256 by another key of the same name"] = (_, c) =>
        {
            using var other = new TokenSigner();
            return other.Rs256(c);
        },
        ["ES256 that says RS256"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "RS256", ["kid"] = "e1" }, c, input => s.Ec.SignData(input, HashAlgorithmName.SHA256)),
        ["RS256 that says ES256"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "ES256", ["kid"] = "e1" }, c,
            input => s.Rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ["RS512"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "RS512", ["kid"] = "r1" }, c,
            input => s.Rsa.SignData(input, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)),
        ["an ECDSA signature of zeroes"] = (_, c) => TokenSigner.Signed(new() { ["alg"] = "ES256", ["kid"] = "e1" }, c, _ => new byte[64]),
        ["an ECDSA signature in DER"] = (s, c) => TokenSigner.Signed(new() { ["alg"] = "ES256", ["kid"] = "e1" }, c,
            input => s.Ec.SignData(input, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        ["a key of its own in the header"] = (_, c) =>
        {
            using var other = new TokenSigner();
            return other.Rs256(c, header: new() { ["alg"] = "RS256", ["kid"] = "x", ["jwk"] = TokenSigner.RsaKey(other.Rsa, "x") });
        },
        ["a critical header"] = (s, c) => s.Rs256(c, header: new() { ["alg"] = "RS256", ["kid"] = "r1", ["crit"] = new JsonArray("exp") }),
        ["claims changed after signing"] = (s, c) =>
        {
            var parts = s.Rs256(c).Split('.');
            c["email"] = "owner@b.example";
            return $"{parts[0]}.{TokenSigner.Text(Encoding.UTF8.GetBytes(c.ToJsonString()))}.{parts[2]}";
        },
        ["the signature left out"] = (s, c) => string.Join('.', s.Rs256(c).Split('.')[..2]),
        ["an empty signature"] = (s, c) => string.Join('.', s.Rs256(c).Split('.')[..2]) + ".",
        ["half a surrogate as its subject"] = (s, c) =>
        {
            var claims = c.ToJsonString().Replace("\"u1\"", "\"\\ud800\"", StringComparison.Ordinal);
            var header = "{\"alg\":\"RS256\",\"kid\":\"r1\"}";
            var input = TokenSigner.Text(Encoding.UTF8.GetBytes(header)) + "." + TokenSigner.Text(Encoding.UTF8.GetBytes(claims));
            return input + "." + TokenSigner.Text(s.Rsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        },
        ["a fourth part"] = (s, c) => s.Rs256(c) + ".x",
        ["padding"] = (s, c) => s.Rs256(c) + "==",
        ["an unknown key"] = (s, c) => s.Rs256(c, kid: "r2"),
        ["nothing"] = (_, _) => "",
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_token_is_refused(string name)
    {
        var token = Bent.TryGetValue(name, out var bend) ? signer.Rs256(Claims(bend)) : Made[name](signer, Claims());
        Check(token).ShouldNotBeOfType<IdTokenResult.Accepted>();
    }

    [Fact]
    public void A_key_that_is_too_short_or_not_for_signing_or_there_twice_proves_nothing()
    {
#pragma warning disable CA5385 // Too short on purpose.
        using var small = RSA.Create(1024);
#pragma warning restore CA5385
        var token = TokenSigner.Signed(new() { ["alg"] = "RS256", ["kid"] = "s" }, Claims(), input => small.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Check(token, new() { ["keys"] = new JsonArray(TokenSigner.RsaKey(small, "s")) }).ShouldBeOfType<IdTokenResult.Refused>();

        var forEncryption = TokenSigner.RsaKey(signer.Rsa, "r1");
        forEncryption["use"] = "enc";
        Check(signer.Rs256(Claims()), new() { ["keys"] = new JsonArray(forEncryption) }).ShouldBeOfType<IdTokenResult.UnknownKey>();
        Check(signer.Rs256(Claims()), new() { ["keys"] = new JsonArray(TokenSigner.RsaKey(signer.Rsa, "r1"), TokenSigner.RsaKey(signer.Rsa, "r1")) })
            .ShouldBeOfType<IdTokenResult.UnknownKey>();
        Check(signer.Rs256(Claims()), new()).ShouldBeOfType<IdTokenResult.UnknownKey>();
    }

    [Fact]
    public void No_single_changed_character_leaves_a_token_believed()
    {
        var token = signer.Es256(Claims());
        Prop.ForAll(Gen.Choose(0, token.Length - 1).ToArbitrary(), Gen.Elements('A', 'b', '7', '-', '_', '.', '=').ToArbitrary(), (at, character) =>
        {
            var changed = token[..at] + character + token[(at + 1)..];

            // The last character of a part has bits that mean nothing; whatever is decoded from it is the same then.
            return changed == token || Check(changed) is not IdTokenResult.Accepted || SameBytes(changed, token);
        }).QuickCheckThrowOnFailure();
    }

    private static bool SameBytes(string one, string other) => one.Split('.').Zip(other.Split('.')).All(pair =>
        System.Buffers.Text.Base64Url.DecodeFromChars(pair.First).SequenceEqual(System.Buffers.Text.Base64Url.DecodeFromChars(pair.Second)));

    private IdTokenResult Check(string token, JsonObject? keys = null) =>
        IdToken.Check(token, JsonElement.Parse((keys ?? signer.Keys()).ToJsonString()), Wanted);

    private static JsonObject Claims(Action<JsonObject>? bend = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Wanted.Issuer, ["aud"] = Wanted.ClientId, ["sub"] = "u1", ["nonce"] = Wanted.Nonce, ["iat"] = Now - 5, ["exp"] = Now + 300,
            ["email"] = "a@b.example", ["email_verified"] = true,
        };
        bend?.Invoke(claims);
        return claims;
    }
}
