using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

public sealed class SafeHttpTests
{
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
