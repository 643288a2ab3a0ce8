using System.Net.Sockets;
using System.Text;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Requests that two programs could read differently: whoever sends one gets one answer at most, and nothing hidden behind it is carried out.</summary>
public sealed class WireProbes
{
    private const string Hidden = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public async Task A_request_with_another_one_hidden_in_it_is_answered_once_and_the_line_is_closed()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        (string What, string Text)[] probes =
        [
            ("both lengths", $"POST /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}"),
            ("two lengths", $"POST /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}"),
            ("a chunk that ends in a bare line feed", $"POST /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;\nxx\r\n0\r\n\r\n{Hidden}"),
            ("an encoding nobody knows", $"POST /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Hidden}"),
            ("a folded header", $"GET /health/live HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n{Hidden}"),
            ("a blank before the colon", $"POST /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nContent-Length : 0\r\n\r\n{Hidden}"),
            ("no host", $"GET /health/live HTTP/1.1\r\n\r\n{Hidden}"),
            ("two hosts", $"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n{Hidden}"),
        ];
        foreach (var (what, text) in probes)
        {
            var answer = await Said(relais.Url, text);
            answer.Split("HTTP/1.1 ").Length.ShouldBeLessThanOrEqualTo(2, $"{what}: {answer}");
            answer.ShouldNotContain("HTTP/1.1 200", customMessage: what);
        }

        // The probe itself can be answered twice: two whole requests on one line are.
        (await Said(relais.Url, Hidden + Hidden.Replace("Host: a", "Host: a\r\nConnection: close", StringComparison.Ordinal))).Split("HTTP/1.1 200").Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    [InlineData("DELETE")]
    public async Task A_verb_that_no_route_has_is_refused(string verb)
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var answer = await Said(relais.Url, $"{verb} /api/whatsapp/webhook HTTP/1.1\r\nHost: a\r\nX-Seen: s3cret\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 (400|401|404|405) ");
        answer.ShouldNotContain("s3cret");
    }

    /// <summary>Everything that comes back until the server closes the line or is silent for a second.</summary>
    private static async Task<string> Said(Uri server, string text)
    {
        using var line = new TcpClient();
        await line.ConnectAsync(server.Host, server.Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        var all = new StringBuilder();
        var part = new byte[8192];
        while (true)
        {
            using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(all.Length == 0 ? 10 : 1));
            try
            {
                var count = await stream.ReadAsync(part, silence.Token);
                if (count == 0)
                {
                    return all.ToString();
                }

                all.Append(Encoding.ASCII.GetString(part, 0, count));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                return all.ToString();
            }
        }
    }
}
