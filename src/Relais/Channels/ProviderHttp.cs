using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Relais.Channels;

/// <summary>What came of one request to a provider.</summary>
internal abstract record ProviderAnswer
{
    /// <summary>A whole answer, up to <see cref="ProviderHttp.LargestAnswer"/>.</summary>
    internal sealed record Answered(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter) : ProviderAnswer
    {
        /// <summary>The provider's name for this request where a header carries it (Twilio-Request-Id, x-fb-trace-id), or null.</summary>
        public string? Reference { get; init; }
    }

    /// <summary>No byte of the request's body left this machine, so the provider cannot have acted on it.</summary>
    internal sealed record NeverSent(string Reason) : ProviderAnswer;

    /// <summary>The body began to leave and no whole answer came back.</summary>
    internal sealed record Lost(string Reason) : ProviderAnswer;
}

/// <summary>One request to a provider, never repeated, every failure of the network under its name.</summary>
internal static class ProviderHttp
{
    /// <summary>Both providers answer in under 2 KB; anything near this is not theirs.</summary>
    public const int LargestAnswer = 64 * 1024;

    /// <summary>Dead hosts are told from slow ones: a connection takes milliseconds, an answer may take many seconds.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(30);

    public static HttpClient CreateClient() => CreateClient(TotalTimeout);

    public static HttpClient CreateClient(TimeSpan timeout) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            MaxConnectionsPerServer = 256,

            // Providers close idle connections after a minute or more: leave first, or a request meets the closing (outcome Unknown).
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),

            // Our trace ids are no business of theirs.
            ActivityHeadersPropagator = null,
        },
        disposeHandler: true)
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>Throws only <see cref="OperationCanceledException"/>, and only when the caller cancelled before the body left.</summary>
    public static Task<ProviderAnswer> Post(
        HttpClient http, Uri url, string authorization, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, TimeProvider time, CancellationToken cancel,
        ProviderCall? call = null) => Send(http, HttpMethod.Post, url, authorization, body, type, time, cancel, call);

    /// <summary>Any method; no content when <paramref name="type"/> is null. <paramref name="call"/> ends in the call log.</summary>
    public static async Task<ProviderAnswer> Send(
        HttpClient http, HttpMethod method, Uri url, string authorization, ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type, TimeProvider time,
        CancellationToken cancel, ProviderCall? call = null)
    {
        call?.Starts(method, url, body, type, time);
        var answer = await Exchange(http, method, url, authorization, body, type, time, cancel);
        call?.Ended(answer);
        return answer;
    }

    private static async Task<ProviderAnswer> Exchange(
        HttpClient http, HttpMethod method, Uri url, string authorization, ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type, TimeProvider time,
        CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var content = type is null ? null : new WatchedContent(body, type);
        using var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            var answer = await response.Content.ReadAsByteArrayAsync(CancellationToken.None);
            return new ProviderAnswer.Answered((int)response.StatusCode, answer, RetryAfter(response.Headers.RetryAfter, time))
            {
                Reference = response.IsSuccessStatusCode ? null : Reference(response.Headers),
            };
        }
        catch (HttpRequestException error)
        {
            return Failed(content, error.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => $"The name {url.Host} could not be resolved.",
                HttpRequestError.ConnectionError => $"No connection to {url.Host} could be made.",
                HttpRequestError.SecureConnectionError => $"No secure connection to {url.Host} could be made.",
                HttpRequestError.ProxyTunnelError => $"The proxy made no connection to {url.Host}.",
                HttpRequestError.ConfigurationLimitExceeded => $"The answer of {url.Host} was too large to be its own.",
                HttpRequestError.ResponseEnded => $"{url.Host} closed the connection before answering.",
                _ => $"The connection to {url.Host} broke.",
            });
        }
        catch (SocketException)
        {
            // .NET lets it through bare when the other side resets between connecting and the first byte.
            return Failed(content, $"The connection to {url.Host} broke.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failed(content, $"{url.Host} did not answer in time.");
        }
        catch (OperationCanceledException) when (content is { HasLeft: true })
        {
            return new ProviderAnswer.Lost($"Stopped while {url.Host} was answering.");
        }
    }

    private static string? Reference(HttpResponseHeaders headers) =>
        headers.TryGetValues("Twilio-Request-Id", out var named) || headers.TryGetValues("x-fb-trace-id", out named) ? named.First() : null;

    /// <summary>A request without a body asks and changes nothing, so it never counts as lost.</summary>
    private static ProviderAnswer Failed(WatchedContent? content, string reason) =>
        content is { HasLeft: true } ? new ProviderAnswer.Lost(reason) : new ProviderAnswer.NeverSent(reason);

    /// <summary>Both forms of the header, at most a day; a date gone by means now.</summary>
    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait is { } value ? TimeSpan.FromTicks(Math.Clamp(value.Ticks, 0, TimeSpan.TicksPerDay)) : null;
    }

    /// <summary>
    /// A body that knows whether it began to leave. The kind of exception does not tell a time-out of connecting from one of
    /// answering; this does, and it is what separates "try again" from "may have gone out".
    /// </summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly ReadOnlyMemory<byte> body;
        private volatile bool hasLeft;

        public WatchedContent(ReadOnlyMemory<byte> body, MediaTypeHeaderValue type)
        {
            this.body = body;
            Headers.ContentType = type;
        }

        public bool HasLeft => hasLeft;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            hasLeft = true;
            await stream.WriteAsync(body, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
