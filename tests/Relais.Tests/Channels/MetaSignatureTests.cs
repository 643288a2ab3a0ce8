using System.Security.Cryptography;
using System.Text;
using Relais.Channels.Meta;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class MetaSignatureTests
{
    private const string Secret = "meta_app_secret_for_tests";

    [Theory]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", "sha256=bfff1a4240d8bd05048a089e5f10f6afafdb655dd21da64b08775e2238e94667", true)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5Ijoiw6TDtsOlIPCfmIAgaHR0cHM6Ly9hLmIvYyJ9fV19fV19XX0=", "sha256=0c46c143c6035e4c2b5dfcd5e99df9c7b8ef5ab09411dd8338dbdf375a52f054", true)]
    [InlineData("ewogICJvYmplY3QiOiAid2hhdHNhcHBfYnVzaW5lc3NfYWNjb3VudCIsCiAgImVudHJ5IjogW10KfQo=", "sha256=2ddb7acdde89d14354b0e7a30f57196a7b05801686deb6b35e7eab85f3d211ac", true)]
    [InlineData("", "sha256=597415f16f896a2f6d583a035ab108cfb80131566773bb896e2147ec3a4b9bbb", true)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5Ijoiw6TDtsOlIPCfmIAgaHR0cHM6Ly9hLmIvYyJ9fV19fV19XX0=", "sha256=bfff1a4240d8bd05048a089e5f10f6afafdb655dd21da64b08775e2238e94667", false)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", "bfff1a4240d8bd05048a089e5f10f6afafdb655dd21da64b08775e2238e94667", false)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", "sha256=BFFF1A4240D8BD05048A089E5F10F6AFAFDB655DD21DA64B08775E2238E94667", false)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", "sha256=abc", false)]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", null, false)]
    public void Only_the_lower_case_hash_of_the_very_bytes_is_accepted(string bodyBase64, string? header, bool valid) =>
        MetaSignature.IsValid(Convert.FromBase64String(bodyBase64), header, Secret).ShouldBe(valid);

    [Fact]
    public void A_flipped_byte_anywhere_in_the_body_is_refused()
    {
        var body = Payload.Meta("text");
        var header = Sign(body);
        MetaSignature.IsValid(body, header, Secret).ShouldBeTrue();
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            MetaSignature.IsValid(body, header, Secret).ShouldBeFalse($"offset {i}");
            body[i] ^= 1;
        }
    }

    [Fact]
    public void A_flipped_character_anywhere_in_the_header_is_refused()
    {
        var body = Payload.Meta("text");
        var header = Sign(body);
        for (var i = 0; i < header.Length; i++)
        {
            var forged = header.ToCharArray();
            forged[i] ^= (char)1;
            MetaSignature.IsValid(body, new string(forged), Secret).ShouldBeFalse($"offset {i}");
        }
    }

    [Fact]
    public void Headers_in_any_other_form_are_refused_and_nothing_throws()
    {
        var body = Payload.Meta("text");
        var header = Sign(body);
        string?[] others =
        [
            null, "", "sha256=", header + "0", header[..^1], header.ToUpperInvariant(), header["sha256=".Length..], $"{header},{header}", $"{header}, {header}",
            header.Replace("sha256", "sha1"), " " + header, "sha1=" + Convert.ToHexStringLower(SHA1.HashData(body)), "sha256=" + new string('é', 64),
        ];
        foreach (var other in others)
        {
            MetaSignature.IsValid(body, other, Secret).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void Without_a_secret_nothing_is_accepted()
    {
        var body = Payload.Meta("text");
        var header = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), body));
        MetaSignature.IsValid(body, header, "").ShouldBeFalse();
    }

    private static string Sign(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
}
