using System.Net.Http.Headers;
using System.Text;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>
/// Makes the calls of flows over the one safe fetcher. Promise: it always comes back, with an answer or without one. A call that is made again
/// after a crash carries the same Idempotency-Key.
/// </summary>
internal sealed class FlowFetcher(SafeHttp http)
{
    /// <summary>Studio's limit (protocol §3).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int MostBytes = 64 * 1024;

    private static readonly FlowAnswer None = new(null, null, "");

    public async Task<FlowAnswer> Call(FlowCall call, string key, CancellationToken cancel)
    {
        if (!Uri.TryCreate(call.Url, UriKind.Absolute, out var url) || http.Refusal(url.AbsoluteUri) is not null)
        {
            return None;
        }

        using var request = new HttpRequestMessage(call.Method == "POST" ? HttpMethod.Post : HttpMethod.Get, url);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(call.ContentType, out var type) ? type : null;
        }

        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            using var body = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
            return await BoundedCopy.Copy(stream, body, MostBytes, patience.Token)
                ? new FlowAnswer(
                    (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType,
                    CustomerText.Normalise(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF')))
                : None;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return None;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return None;
        }
    }
}
