using System.Text;
using Relais.Load;
using Shouldly;
using Xunit;

namespace Relais.Tests.Load;

public sealed class LoadOptionsTests
{
    private static readonly LoadOptions Good = new() { Secret = "s" };

    [Theory]
    [InlineData("http://relais.example/api/whatsapp/webhook")]
    [InlineData("http://192.168.1.4:5080/api/whatsapp/webhook")]
    [InlineData("https://127.0.0.1:5080/api/whatsapp/webhook")]
    [InlineData("http://127.0.0.1.relais.example/")]
    [InlineData("/api/whatsapp/webhook")]
    public void Only_a_server_on_this_computer_is_flooded(string url) =>
        (Good with { Url = new Uri(url, UriKind.RelativeOrAbsolute) }).Problem().ShouldNotBeNull().ShouldContain("loopback");

    [Fact]
    public void The_provider_listens_on_this_computer_only() =>
        (Good with { Provider = new Uri("http://0.0.0.0:9100") }).Problem().ShouldNotBeNull().ShouldContain("--provider");

    [Theory]
    [InlineData("http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://[::1]:5080/")]
    public void Every_spelling_of_this_computer_is_taken(string url) => (Good with { Url = new Uri(url) }).Problem().ShouldBeNull();

    [Fact]
    public void What_cannot_be_run_is_said_in_a_sentence()
    {
        new LoadOptions().Problem().ShouldNotBeNull().ShouldContain("--secret");
        (Good with { Messages = 0 }).Problem().ShouldNotBeNull().ShouldContain("--messages");
        (Good with { StatusRate = 100 }).Problem().ShouldNotBeNull().ShouldContain("--rate");
        (Good with { ProviderDown = new Outage(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3)) }).Problem().ShouldNotBeNull().ShouldContain("--provider-down");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", 200)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 503)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    public void An_answer_is_read_when_all_of_it_has_come_and_not_before(string answer, int status)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        HttpAnswer.TryRead(bytes)!.Value.Status.ShouldBe(status);
        for (var length = 0; length < bytes.Length; length++)
        {
            HttpAnswer.TryRead(bytes.AsSpan(0, length)).ShouldBeNull();
        }
    }
}
