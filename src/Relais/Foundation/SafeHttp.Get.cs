using System.Net;

namespace Relais.Foundation;

/// <summary>How fetching an address that a person entered ended.</summary>
internal abstract record SafeGet
{
    /// <param name="Body">The whole of it.</param>
    /// <param name="MediaType">As declared, without parameters; or null.</param>
    /// <param name="Charset">As declared, or null.</param>
    internal sealed record Answered(byte[] Body, string? MediaType, string? Charset) : SafeGet;

    /// <param name="Reason">One sentence.</param>
    internal sealed record Failed(string Reason) : SafeGet;
}

/// <content>Fetching: a few redirects are followed, each looked at like the first address, and the answer is read as far as it may be long.</content>
internal sealed partial class SafeHttp
{
    private const int MostRedirects = 4;

    /// <summary>Throws only <see cref="OperationCanceledException"/>, when the caller cancels.</summary>
    /// <param name="address">Looked at like one that is posted to.</param>
    /// <param name="mostBytes">Of the answer; a longer one fails.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<SafeGet> Get(string address, int mostBytes, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongPatience);
        try
        {
            for (var hops = 0; hops <= MostRedirects; hops++)
            {
                if (!allowsLocal && Problem(address) is { } problem)
                {
                    return new SafeGet.Failed(hops == 0 ? problem : "It leads on to an address that is not fetched: " + problem);
                }

                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.TryAddWithoutValidation("Accept", "text/html, text/markdown, text/plain, application/pdf;q=0.9, */*;q=0.1");
                request.Headers.TryAddWithoutValidation("User-Agent", "Relais");
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                if ((int)response.StatusCode is >= 301 and <= 308 && response.Headers.Location is { } next)
                {
                    address = new Uri(new Uri(address), next).AbsoluteUri;
                    continue;
                }

                return await Read(response, mostBytes, patience.Token);
            }

            return new SafeGet.Failed("It leads from one address to the next without an end.");
        }
        catch (HttpRequestException e)
        {
            return new SafeGet.Failed(e.InnerException is NotPublicException
                ? "The address leads to this computer or a private network, where nothing is fetched from."
                : $"No answer came ({e.HttpRequestError}).");
        }
        catch (Exception e) when (e is IOException or UriFormatException)
        {
            return new SafeGet.Failed("The answer was cut off or leads nowhere.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SafeGet.Failed("No answer came in time.");
        }
    }

    private static async Task<SafeGet> Read(HttpResponseMessage response, int mostBytes, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new SafeGet.Failed($"The address answers with status {(int)response.StatusCode}.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        return await BoundedCopy.Copy(body, kept, mostBytes, cancel)
            ? new SafeGet.Answered(kept.ToArray(), response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), response.Content.Headers.ContentType?.CharSet)
            : new SafeGet.Failed($"It is larger than {mostBytes / (1024 * 1024)} MB.");
    }
}
