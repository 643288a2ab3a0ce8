using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

/// <summary>Vectors made elsewhere: Twilio's from its own SDKs' tests, Meta's computed with another implementation.</summary>
public sealed class SignatureTests
{
    private static readonly KeyValuePair<string, string>[] Call =
    [
        new("CallSid", "CA1234567890ABCDE"), new("Digits", "1234"), new("From", "+14158675309"),
        new("To", "+18005551212"), new("Caller", "+14158675309"),
    ];

    [Theory]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("https://MyCompany.com:1234/myapp.php?foo=1&bar=2", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    [InlineData("HTTP://username:password@MyCompany.com/myapp.php?foo=1&bar=2", "hy/l8pca+LFms4cvRdv8uiP6NGc=")]
    [InlineData("https://mycompany.com/myapp.php?foo=1&bar=2&Body=It%27s+amazing", "TfZzewPq8wqrGlMfyAud8+/IvJ0=")]
    public void Twilio_signs_the_exact_url_and_the_sorted_parameters(string url, string signature)
    {
        TwilioSignature.Of("12345", url, Call).ShouldBe(signature);
        TwilioSignature.Of("12345", url + "#ct=2000", Call.Reverse()).ShouldBe(signature);
    }

    [Fact]
    public void Twilio_signs_repeated_values_once_and_in_order() =>
        TwilioSignature.Of(
            "12345",
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            [new("Sid", "CA123"), new("SidAccount", "AC123"), new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234")])
        .ShouldBe("IK+Dwps556ElfBT0I3Rgjkr1wJU=");

    [Theory]
    [InlineData("eyJvYmplY3QiOiJ3aGF0c2FwcF9idXNpbmVzc19hY2NvdW50IiwiZW50cnkiOlt7ImlkIjoiMCIsImNoYW5nZXMiOlt7ImZpZWxkIjoibWVzc2FnZXMiLCJ2YWx1ZSI6eyJtZXNzYWdlcyI6W3sidGV4dCI6eyJib2R5IjoiXHUwMGU0XHUwMGY2XHUwMGU1IFx1ZDgzZFx1ZGUwMCBodHRwczpcL1wvYS5iXC9jIn19XX19XX1dfQ==", "sha256=bfff1a4240d8bd05048a089e5f10f6afafdb655dd21da64b08775e2238e94667")]
    [InlineData("ewogICJvYmplY3QiOiAid2hhdHNhcHBfYnVzaW5lc3NfYWNjb3VudCIsCiAgImVudHJ5IjogW10KfQo=", "sha256=2ddb7acdde89d14354b0e7a30f57196a7b05801686deb6b35e7eab85f3d211ac")]
    [InlineData("", "sha256=597415f16f896a2f6d583a035ab108cfb80131566773bb896e2147ec3a4b9bbb")]
    public void Meta_signs_the_raw_bytes(string body, string signature) =>
        MetaSignature.Of("meta_app_secret_for_tests", Convert.FromBase64String(body)).ShouldBe(signature);

    [Fact]
    public void Metas_wire_is_ascii_with_lower_case_escapes_and_escaped_slashes() =>
        System.Text.Encoding.ASCII.GetString(MetaWebhook.Wire(new System.Text.Json.Nodes.JsonObject
        {
            ["body"] = "äöå 😀 https://a.b/c \"<é>\" مرحبا",
        })).ShouldBe("""{"body":"\u00e4\u00f6\u00e5 \ud83d\ude00 https:\/\/a.b\/c \"<\u00e9>\" \u0645\u0631\u062d\u0628\u0627"}""");

    [Fact]
    public void An_id_leads_back_to_its_phone()
    {
        ProviderIds.PhoneOf(ProviderIds.Wamid("+212600000001")).ShouldBe("+212600000001");
        ProviderIds.PhoneOf(ProviderIds.Sid("+447700900004")).ShouldBe("+447700900004");
        ProviderIds.Sid("+447700900004").ShouldMatch("^SM[0-9a-f]{32}$");
        ProviderIds.PhoneOf("wamid.!").ShouldBeNull();
        ProviderIds.PhoneOf("").ShouldBeNull();
    }
}
