using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Relais.Simulator;

/// <summary>The one place that talks to Relais. It never follows a redirect and never throws for what a network can do.</summary>
internal sealed class WebhookPost : IDisposable
{
    private const int AnswerCap = 16 * 1024;

    private readonly HttpClient http;

    public WebhookPost(HttpMessageHandler? wire)
    {
        // 128 connections: enough to keep Relais busy on loopback, few enough for its descriptor limit.
        wire ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = 128,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };

        // 15 s is Twilio's documented patience; Meta publishes none.
        http = new HttpClient(wire, disposeHandler: true) { Timeout = TimeSpan.FromSeconds(15) };
    }

    public async Task<WebhookResult> Post(SignedWebhook webhook, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.PostTo);
        request.Content = new ByteArrayContent(webhook.Body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(webhook.ContentType);
        request.Headers.TryAddWithoutValidation(webhook.SignatureHeader, webhook.Signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "relais-simulator");
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var answer = await ReadStart(response, cancel);
            return new WebhookResult(webhook, (int)response.StatusCode, answer, WebhookFailure.None);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            // SocketException: .NET lets it through bare when the other side dies between connecting and the first byte.
            return new WebhookResult(webhook, null, "", WebhookFailure.Unreachable);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new WebhookResult(webhook, null, "", WebhookFailure.TimedOut);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<string> ReadStart(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength == 0)
        {
            return "";
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var start = new byte[AnswerCap];
        var length = await stream.ReadAtLeastAsync(start, AnswerCap, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(start, 0, length);
    }
}
