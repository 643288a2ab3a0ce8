using System.Net.Http.Headers;
using System.Text;
using Relais.Engine.Ai;
using Relais.Foundation;

namespace Relais.Engine.OwnTools;

/// <summary>
/// Calls a tool of the business's own over the one safe fetcher. Promise: it always comes back with a reply; whatever the other side
/// does (silence, floods, redirects, private addresses) is an error word in it, and no exception of the turn.
/// </summary>
internal sealed class HttpToolCall(SafeHttp http)
{
    private const int MostBytes = 64 * 1024;

    /// <param name="tool">What to call.</param>
    /// <param name="arguments">As <see cref="ToolDefinition.Read"/> gave them.</param>
    /// <param name="facts">Of the turn.</param>
    /// <param name="key">Idempotency-Key of an effect, or null.</param>
    /// <param name="most">Time there is left; the tool's own limit counts when it is shorter.</param>
    /// <param name="cancel">The turn's end.</param>
    public async Task<ToolReply> Run(
        HttpTool tool, IReadOnlyDictionary<string, string> arguments, IReadOnlyDictionary<string, string> facts, string? key, TimeSpan most,
        CancellationToken cancel)
    {
        if (ToolRequest.Of(tool.Stored, tool.Definition.Arguments, arguments, facts) is not { } asked || http.Refusal(asked.Url.AbsoluteUri) is not null)
        {
            return ToolReply.Failed("refused");
        }

        using var request = new HttpRequestMessage(asked.Json is null ? HttpMethod.Get : HttpMethod.Post, asked.Url);
        if (asked.Json is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(asked.Json));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/*;q=0.5");
        foreach (var (name, value) in tool.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        var own = TimeSpan.FromSeconds(tool.Stored.TimeoutSeconds);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(own < most ? own : most);
        try
        {
            using var response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await Read(response, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ToolReply.Failed("timeout");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ToolReply.Failed(SafeHttp.IsNotPublic(e) ? "refused" : "unreachable");
        }
    }

    private static async Task<ToolReply> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        var isText = IsText(response.Content.Headers.ContentType?.MediaType);
        using var body = new MemoryStream();
        var isWhole = true;
        if (isText && status is < 300 or >= 400)
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            isWhole = await BoundedCopy.Copy(stream, body, MostBytes, cancel);
        }

        // Whatever it says its letters are: JSON is UTF-8, and a text in another coding shows as �, not as an error.
        var text = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF');
        return status switch
        {
            < 200 or >= 500 => ToolReply.Failed($"http_{status}"),
            >= 400 => ToolReply.Failed($"http_{status}", CustomerText.Normalise(text)),
            >= 300 => ToolReply.Failed("redirect"),
            _ when !isWhole => ToolReply.Failed("too_large"),
            204 => ToolReply.Said(""),
            _ when !isText && response.Content.Headers.ContentLength != 0 => ToolReply.Failed("not_text"),
            _ => ToolReply.Said(text),
        };
    }

    /// <summary>Pages for browsers are no answer to a model: markup is ten times the words.</summary>
    private static bool IsText(string? type) => type is not null
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.Equals("text/html", StringComparison.OrdinalIgnoreCase)));
}
