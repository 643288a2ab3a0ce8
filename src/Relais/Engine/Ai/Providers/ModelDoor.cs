using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// What every call to a model goes through, below the providers' packages: the answer is read to its end and bounded, an error
/// answer becomes a <see cref="ModelFailure"/>, and there is one more try where it may help. The packages' own retries are off: they
/// would repeat a spend limit, and know nothing of the turn's deadline.
/// </summary>
internal sealed class ModelDoor(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>An answer of 1,000 tokens takes some 10 kB; reasoning that comes along may take a hundred.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>A longer wait is not worth the customer's time: the next model answers meanwhile.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan UsualWait = TimeSpan.FromMilliseconds(500);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken);
        }

        if (request.Headers.Contains("anthropic-version") && request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } key })
        {
            // Version 13.11 of the package sends an API key as a bearer token; the API's documentation names this header.
            request.Headers.Remove("x-api-key");
            request.Headers.Add("x-api-key", key);
        }

        for (var isFirst = true; ; isFirst = false)
        {
            var (response, failure) = await Try(request, cancellationToken);
            if (response is not null)
            {
                return response;
            }

            if (!isFirst || Wait(failure!.Value) is not { } wait)
            {
                throw new ModelFailedException(failure!.Value.Failure);
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    private static TimeSpan? Wait((int Status, ModelFailure Failure) failed) => failed switch
    {
        (429, ModelFailure.Overloaded { RetryAfter: { } wait }) when wait <= LongestWait => wait,
        (503 or 529, ModelFailure.Overloaded over) when (over.RetryAfter ?? UsualWait) is var wait && wait <= LongestWait => wait,
        _ => null,
    };

    private async Task<(HttpResponseMessage? Response, (int Status, ModelFailure Failure)? Failed)> Try(HttpRequestMessage request, CancellationToken cancel)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancel);
            var bytes = await Read(response.Content, cancel);
            if (!response.IsSuccessStatusCode)
            {
                var status = (int)response.StatusCode;
                var failure = ModelErrors.Of(status, bytes, response.Headers.RetryAfter?.Delta);
                response.Dispose();
                return (null, (status, failure));
            }

            var read = new ByteArrayContent(bytes);
            read.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = read;
            return (response, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            response?.Dispose();
            throw new ModelFailedException(ModelFailedException.In(e) ?? (response is null
                ? new ModelFailure.Overloaded(null)
                : new ModelFailure.Broken("cut off")), e);
        }
    }

    private static async Task<byte[]> Read(HttpContent content, CancellationToken cancel)
    {
        await using var body = await content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        return await BoundedCopy.Copy(body, kept, MostBytes, cancel)
            ? kept.ToArray()
            : throw new ModelFailedException(new ModelFailure.Broken("too long"));
    }
}
