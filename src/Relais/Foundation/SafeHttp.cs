using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

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
internal sealed class SafeHttp(bool allowsLocal = false) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = (context, cancel) => Connect(context.DnsEndPoint, allowsLocal, cancel),
        },
        disposeHandler: true)
    {
        Timeout = Patience,
    };

    /// <summary>False for what is surely not of the internet, as far as the address itself tells.</summary>
    public static bool CouldBePublic(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)
            ? IsPublic(address)
            : !url.IsLoopback && url.Host.Contains('.', StringComparison.Ordinal)
              && !((string[])[".local", ".internal", ".localhost", ".lan", ".home.arpa"]).Any(end => url.Host.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when it may be posted to; otherwise a sentence.</summary>
    public static string? Problem(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps ? "It has to be an address that begins with https://."
        : url.UserInfo.Length > 0 ? "It may hold no user name or password."
        : !CouldBePublic(url) ? "It has to be on the internet, not on this computer or a private network."
        : null;

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

    /// <summary>Every range that is not of the public internet, and those that carry an IPv4 address inside are looked into.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return b[0] switch
            {
                0 or 10 or 127 or >= 224 => false,
                100 => b[1] is < 64 or > 127,
                169 => b[1] != 254,
                172 => b[1] is < 16 or > 31,
                192 => !(b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2)),
                198 => !(b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)),
                203 => !(b[1] == 0 && b[2] == 113),
                _ => true,
            };
        }

        return address.IsIPv4MappedToIPv6 ? IsPublic(address.MapToIPv4())
            : b.AsSpan(0, 12).SequenceEqual((byte[])[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) ? IsPublic(new IPAddress(b.AsSpan(12)))
            : (b[0] & 0xE0) == 0x20
              && !(b[0] == 0x20 && b[1] == 0x02)
              && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] < 2 || (b[2] == 0x0d && b[3] == 0xb8)));
    }

    private static async ValueTask<Stream> Connect(DnsEndPoint host, bool allowsLocal, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancel);
        if (addresses.Length == 0 || (!allowsLocal && !Array.TrueForAll(addresses, IsPublic)))
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException() : IOException("The address leads to this computer or a private network, where nothing is posted to.");
}
