using System.Net;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

public sealed class SafeHttpTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_addresses_of_the_internet_are_public(string address, bool isPublic) =>
        SafeHttp.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("http://hooks.example.com/x", "https://")]
    [InlineData("ftp://hooks.example.com/x", "https://")]
    [InlineData("https://user:password@hooks.example.com/", "user name")]
    [InlineData("https://localhost/x", "on the internet")]
    [InlineData("https://127.0.0.1/x", "on the internet")]
    [InlineData("https://[::1]/x", "on the internet")]
    [InlineData("https://2130706433/x", "on the internet")]
    [InlineData("https://intranet/x", "on the internet")]
    [InlineData("https://db.internal/x", "on the internet")]
    [InlineData("no address", "https://")]
    public async Task What_is_not_of_the_internet_is_refused_before_anything_is_sent(string address, string words)
    {
        SafeHttp.Problem(address)!.ShouldContain(words);
        using var http = new SafeHttp();
        (await http.Post(address, [], new Dictionary<string, string>(), CancellationToken.None)).ShouldBeOfType<SafePost.Failed>();
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_no_answer_is_a_sentence()
    {
        using var elsewhere = new FakeProvider(Answer.Json(200, "{}"));
        using var hook = new FakeProvider(Answer.Http(302, "text/plain", "", $"Location: {elsewhere.Url}\r\n"));
        using var http = new SafeHttp(allowsLocal: true);
        (await http.Post(hook.Url.ToString(), "{}"u8.ToArray(), new Dictionary<string, string> { ["X-A"] = "b" }, CancellationToken.None))
            .ShouldBe(new SafePost.Answered(302));
        hook.Requests.ShouldHaveSingleItem().Headers["X-A"].ShouldBe("b");
        elsewhere.Requests.ShouldBeEmpty();
        (await http.Post(FakeProvider.Unused().ToString(), [], new Dictionary<string, string>(), CancellationToken.None))
            .ShouldBeOfType<SafePost.Failed>().Reason.ShouldNotBeEmpty();
    }
}
