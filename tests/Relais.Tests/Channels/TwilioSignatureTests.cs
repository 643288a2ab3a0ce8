using System.Text;
using Relais.Channels.Twilio;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class TwilioSignatureTests
{
    private const string Call = "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";

    /// <summary>The vectors of Twilio's own libraries for Node, Python, Ruby and C#.</summary>
    [Theory]
    [InlineData("https default", "https://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", true)]
    [InlineData("https signed with :443 added", "https://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "kvajT1Ptam85bY51eRf/AJRuM3w=", true)]
    [InlineData("https :1234 kept", "https://mycompany.com:1234/myapp.php?foo=1&bar=2", Call, "12345", "CYn1h0gLBdNxDGkKJg6hYohgeD8=", true)]
    [InlineData("http default", "http://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "OyGYPqTF6ztdbRNCvuQO/oPvqQ4=", true)]
    [InlineData("http signed with :80 added", "http://mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "0ZXoZLH/DfblKGATFgpif+LLRf4=", true)]
    [InlineData("http :1234", "http://mycompany.com:1234/myapp.php?foo=1&bar=2", Call, "12345", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", true)]
    [InlineData("https MixedCase host", "https://MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "g9IN/x4Cft2g517EjYvEvM/W7LU=", true)]
    [InlineData("https MixedCase host :1234", "https://MyCompany.com:1234/myapp.php?foo=1&bar=2", Call, "12345", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=", true)]
    [InlineData("http MixedCase host", "http://MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "XY7AlKOKL6im4yWyX84gldUrtis=", true)]
    [InlineData("http userinfo + MixedCase host", "http://username:password@MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "PJ08CxXr7KLPjEQCTc8LkUSMwSM=", true)]
    [InlineData("upper-case scheme kept", "HTTP://username:password@MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "hy/l8pca+LFms4cvRdv8uiP6NGc=", true)]
    [InlineData("MixedCase userinfo", "http://Username:Password@MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "SkTSKyDJH9kUlhItI0slbgZ1UsI=", true)]
    [InlineData("https user:pass", "https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "CukzLTc1tT5dXEDIHm/tKBanW10=", true)]
    [InlineData("https user:pass signed :443", "https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=", true)]
    [InlineData("https user only", "https://user@mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "2YRLlVAflCqxaNicjMpJcSTgzSs=", true)]
    [InlineData("https user only signed :443", "https://user@mycompany.com/myapp.php?foo=1&bar=2", Call, "12345", "aZfj4hyX1MLZhSS6QIL18Vn2/RA=", true)]
    [InlineData("query with apostrophe and plus", "https://mycompany.com/myapp.php?foo=1&bar=2&Body=It's+amazing", Call, "12345", "TfZzewPq8wqrGlMfyAud8+/IvJ0=", true)]
    [InlineData("array parameter", "https://mycompany.com/myapp.php?foo=1&bar=2", "MessagingBinding.Address=%2B1325xxxxxxx&MessagingBinding.Address=%2B1415xxxxxxx", "12345", "83O6e2vORAoJHUNzJjDWN1jz+BA=", true)]
    [InlineData("duplicate parameter values de-duplicated and sorted", "https://mycompany.com/myapp.php?foo=1&bar=2", "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "12345", "IK+Dwps556ElfBT0I3Rgjkr1wJU=", true)]
    [InlineData("wrong host case", "https://MyCompany.com/myapp.php?foo=1&bar=2", Call, "12345", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", false)]
    [InlineData("wrong token", "https://mycompany.com/myapp.php?foo=1&bar=2", Call, "wrong", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", false)]
    public void A_signed_form_is_judged_like_Twilios_own_libraries_do(string name, string url, string form, string token, string signature, bool valid) =>
        TwilioSignature.IsValid(token, url, TwilioForm.Parse(Encoding.UTF8.GetBytes(form)), signature).ShouldBe(valid, name);

    [Theory]
    [InlineData("JSON body, bodySHA256 in query", "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "{\"property\": \"value\", \"boolean\": true}", "a9nBmqA0ju/hNViExpshrM61xv4=", true)]
    [InlineData("JSON body, only query param", "https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "{\"property\": \"value\", \"boolean\": true}", "y77kIzt2vzLz71DgmJGsen2scGs=", true)]
    [InlineData("JSON body {}", "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc=", true)]
    [InlineData("body present but no bodySHA256", "https://mycompany.com/myapp.php?foo=1&bar=2", "{\"property\": \"value\", \"boolean\": true}", "a9nBmqA0ju/hNViExpshrM61xv4=", false)]
    [InlineData("body altered", "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620", "{\"property\": \"value\", \"boolean\": false}", "a9nBmqA0ju/hNViExpshrM61xv4=", false)]
    public void A_body_that_is_no_form_must_have_the_hash_in_its_URL(string name, string url, string body, string signature, bool valid) =>
        TwilioSignature.IsValidForBody("12345", url, Encoding.UTF8.GetBytes(body), signature).ShouldBe(valid, name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8= ")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=,RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("éééééééééééééééééééééééééééé")]
    public void A_header_of_another_form_is_refused_and_nothing_throws(string? header) =>
        TwilioSignature.IsValid("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", TwilioForm.Parse(Encoding.UTF8.GetBytes(Call)), header).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("https://")]
    [InlineData("https://[::1]:443/a?b=%zz'#x")]
    public void A_URL_that_is_none_is_refused_and_nothing_throws(string url) =>
        TwilioSignature.IsValid("12345", url, [], "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ShouldBeFalse();

    [Fact]
    public void Without_an_auth_token_nothing_is_accepted() =>
        TwilioSignature.IsValid("", "https://mycompany.com/", [], "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ShouldBeFalse();

    [Fact]
    public void A_fragment_with_connection_overrides_is_not_part_of_what_is_signed() =>
        TwilioSignature.IsValid(
            "12345", "https://mycompany.com/myapp.php?foo=1&bar=2#rc=3", TwilioForm.Parse(Encoding.UTF8.GetBytes(Call)), "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
            .ShouldBeTrue();

    [Fact]
    public void A_form_keeps_order_case_and_doubles_and_a_bad_escape_as_written() =>
        TwilioForm.Parse("b=1&B=2&b=3&&x&y=%zz%4&plus=a+b%2Bc&%C3%A9=%F0%9F%8D%9E&bad=%FF"u8).ShouldBe(
        [
            new("b", "1"), new("B", "2"), new("b", "3"), new("x", ""), new("y", "%zz%4"), new("plus", "a b+c"), new("é", "🍞"), new("bad", "\uFFFD"),
        ]);

    [Fact]
    public void A_form_is_read_up_to_a_thousand_pairs() =>
        TwilioForm.Parse(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 5000)))).Count.ShouldBe(TwilioForm.LargestCount);
}
