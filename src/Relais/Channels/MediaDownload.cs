using System.Net;
using System.Net.Sockets;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>What came of one download.</summary>
internal abstract record DownloadAnswer
{
    /// <summary>All of it is in the stream.</summary>
    /// <param name="Filename">From Content-Disposition, or null.</param>
    internal sealed record Whole(string? Filename) : DownloadAnswer;

    internal sealed record TooLarge : DownloadAnswer;

    /// <param name="Status">HTTP status.</param>
    /// <param name="RetryAfter">As asked, or null.</param>
    /// <param name="Body">What it said, up to <see cref="ProviderHttp.LargestAnswer"/>.</param>
    internal sealed record Refused(int Status, TimeSpan? RetryAfter, ReadOnlyMemory<byte> Body) : DownloadAnswer;

    /// <summary>The address, or one it redirects to, is not the provider's. Nothing was asked of it.</summary>
    internal sealed record Foreign(string Host) : DownloadAnswer;

    /// <summary>The network failed.</summary>
    internal sealed record Broken(string Reason) : DownloadAnswer;
}

/// <summary>GETs from a provider's hosts. Redirects are followed by hand: each must lead to an allowed host, and none carries the key.</summary>
internal sealed class MediaDownload : IDisposable
{
    /// <summary>Twilio's media needs two.</summary>
    private const int MostRedirects = 4;

    /// <summary>Bytes a second. Who is slower than that is tried again later: a lane that waits is a place fewer for other files.</summary>
    private const long Slowest = 350 * 1024;

    /// <summary>Until the first byte, and between two: a provider that stands still holds a lane no longer.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);

    /// <summary>For what comes before the bytes: connecting, redirects, looking the file up.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(30);

    private readonly MediaHosts hosts;
    private readonly TimeProvider time;
    private readonly TimeSpan silence;
    private readonly HttpClient http;

    /// <param name="hosts">Who may be asked.</param>
    /// <param name="time">For dates in Retry-After.</param>
    /// <param name="silence">How long nothing may come; 20 s when null.</param>
    public MediaDownload(MediaHosts hosts, TimeProvider time, TimeSpan? silence = null)
    {
        this.hosts = hosts;
        this.time = time;
        this.silence = silence ?? LongestSilence;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ConnectCallback = hosts.Connect,
            MaxConnectionsPerServer = 32,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Throws only <see cref="OperationCanceledException"/> when the caller cancelled, and what <paramref name="into"/> throws.</summary>
    public async Task<DownloadAnswer> Get(Uri url, string authorization, Stream into, long limit, CancellationToken cancel)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var until = Environment.TickCount64 + (long)Longest(limit).TotalMilliseconds;
        void Heard() => ending.CancelAfter(TimeSpan.FromMilliseconds(Math.Clamp(until - Environment.TickCount64, 0, (long)silence.TotalMilliseconds)));
        try
        {
            Heard();
            return await Follow(url, authorization, into, limit, Heard, ending.Token);
        }
        catch (HttpRequestException error)
        {
            return new DownloadAnswer.Broken(error.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => $"The name {url.Host} could not be resolved.",
                HttpRequestError.SecureConnectionError => $"No secure connection to {url.Host} could be made.",
                HttpRequestError.ConnectionError => $"No connection to {url.Host} could be made.",
                _ => $"The connection to {url.Host} broke.",
            });
        }
        catch (Exception error) when (error is HttpIOException or SocketException)
        {
            return new DownloadAnswer.Broken($"The connection to {url.Host} broke.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new DownloadAnswer.Broken($"{url.Host} did not deliver in time.");
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>However steadily it drips: no file takes longer than the largest of its kind at the slowest pace.</summary>
    public static TimeSpan Longest(long limit) => Beginning + TimeSpan.FromSeconds(limit / (double)Slowest);

    private async Task<DownloadAnswer> Follow(Uri url, string authorization, Stream into, long limit, Action heard, CancellationToken cancel)
    {
        var key = hosts.IsKeyed(url) ? authorization : null;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!hosts.IsAllowed(url))
            {
                return new DownloadAnswer.Foreign(url.Host);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (key is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", key);
            }

            // Meta's file host answers 403 to clients that name themselves not at all.
            request.Headers.TryAddWithoutValidation("User-Agent", "Relais");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && response.Headers.Location is { } location)
            {
                url = new Uri(url, location);
                key = null;
                continue;
            }

            heard();
            return await Read(response, into, limit, heard, cancel);
        }

        return new DownloadAnswer.Broken($"{url.Host} redirects in circles.");
    }

    private async Task<DownloadAnswer> Read(HttpResponseMessage response, Stream into, long limit, Action heard, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            using var said = new MemoryStream();
            await BoundedCopy.Copy(await response.Content.ReadAsStreamAsync(cancel), said, ProviderHttp.LargestAnswer, cancel, heard);
            return new DownloadAnswer.Refused((int)response.StatusCode, ProviderHttp.RetryAfter(response.Headers.RetryAfter, time), said.ToArray());
        }

        if (response.Content.Headers.ContentLength > limit || !await BoundedCopy.Copy(await response.Content.ReadAsStreamAsync(cancel), into, limit, cancel, heard))
        {
            return new DownloadAnswer.TooLarge();
        }

        var name = response.Content.Headers.ContentDisposition;
        return new DownloadAnswer.Whole((name?.FileNameStar ?? name?.FileName)?.Trim('"'));
    }
}
