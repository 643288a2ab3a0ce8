using System.Net;
using System.Net.Http.Headers;

namespace Relais.Foundation;

/// <summary>How a post to an address that a person entered ended.</summary>
internal abstract record SafePost
{
    internal sealed record Answered(int Status) : SafePost
    {
        public bool IsGood => Status is >= 200 and < 300;
    }

    /// <param name="Reason">One sentence.</param>
    internal sealed record Failed(string Reason) : SafePost;
}

/// <summary>
/// Posts to addresses that people enter: https only, and never to this computer or a private network, looked at after the name
/// is resolved and on the very address that is connected to. No redirects, no cookies, no proxy, nothing read of the answer but its status.
/// </summary>
/// <param name="allowsLocal">Tests only: http and this computer.</param>
/// <param name="resolve">Tests only: a name server of their own.</param>
internal sealed partial class SafeHttp(bool allowsLocal = false, ResolveName? resolve = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For reading a whole document, redirects and all.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(Handler(allowsLocal, resolve), disposeHandler: true) { Timeout = Patience };

    /// <summary>For a caller that speaks its own protocol over it; whoever uses it asks <see cref="Refusal"/> first and bounds what it reads.</summary>
    public HttpClient Client => http;

    /// <summary>The same for a protocol that reads by itself: no answer grows beyond <paramref name="mostBytes"/>. The caller disposes it.</summary>
    public HttpClient Bounded(long mostBytes) => new(new BoundedAnswers(Handler(allowsLocal, resolve), mostBytes), disposeHandler: true) { Timeout = Patience };

    /// <summary>False for what is surely not of the internet, as far as the address itself tells.</summary>
    public static bool CouldBePublic(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)
            ? PublicInternet.IsPublic(address)
            : !url.IsLoopback && url.Host.Contains('.', StringComparison.Ordinal)
              && !((string[])[".local", ".internal", ".localhost", ".lan", ".home.arpa"]).Any(end => url.Host.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when it may be posted to; otherwise a sentence.</summary>
    public static string? Problem(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps ? "It has to be an address that begins with https://."
        : url.UserInfo.Length > 0 ? "It may hold no user name or password."
        : !CouldBePublic(url) ? "It has to be on the internet, not on this computer or a private network."
        : null;

    /// <summary>As <see cref="Problem"/>, with what a test allows.</summary>
    public string? Refusal(string? address) => allowsLocal ? null : Problem(address);

    /// <summary>True for the refusal of an address that turned out not to be of the internet.</summary>
    public static bool IsNotPublic(Exception failure) => failure is NotPublicException || failure.InnerException is NotPublicException;

    /// <summary>Throws only <see cref="OperationCanceledException"/>, when the caller cancels.</summary>
    public async Task<SafePost> Post(string address, byte[] json, IReadOnlyDictionary<string, string> headers, CancellationToken cancel)
    {
        if (!allowsLocal && Problem(address) is { } problem)
        {
            return new SafePost.Failed(problem);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return new SafePost.Answered((int)response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            return new SafePost.Failed(e.InnerException is NotPublicException ? e.InnerException.Message : $"No answer came ({e.HttpRequestError}).");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SafePost.Failed("No answer came within ten seconds.");
        }
    }

    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Handler(bool allowsLocal, ResolveName? resolve) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16,
        ConnectCallback = async (context, cancel) =>
            await PublicInternet.Connect(context.DnsEndPoint, allowsLocal, cancel, resolve) ?? throw new NotPublicException(),
    };

    private sealed class NotPublicException() : IOException("The address leads to this computer or a private network, where nothing is posted to.");
}
