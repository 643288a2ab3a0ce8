using System.Net;
using System.Net.Sockets;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>
/// Which addresses files may be fetched from. The address comes out of a webhook or an answer, so it may be anybody's: only the
/// provider's hosts over https, or whatever was configured as the provider (a proxy, the simulator).
/// </summary>
/// <param name="configured">Base of the provider's API.</param>
/// <param name="keyed">Hosts that get the key. A name that begins with a dot means every host under it.</param>
/// <param name="others">Hosts that redirects may lead to, without the key.</param>
internal sealed class MediaHosts(Uri configured, string[] keyed, string[] others)
{
    /// <summary>May the provider's key go along?</summary>
    public bool IsKeyed(Uri url) => IsConfigured(url) || (IsWeb(url) && Array.Exists(keyed, host => IsUnder(url.Host, host)));

    /// <summary>May it be asked at all?</summary>
    public bool IsAllowed(Uri url) => IsKeyed(url) || (IsWeb(url) && Array.Exists(others, host => IsUnder(url.Host, host)));

    /// <summary>A connection only to addresses of the public internet, except to what was configured.</summary>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var target = context.DnsEndPoint;
        var asked = context.InitialRequestMessage.RequestUri;

        // With a proxy in between, the address is the proxy's, which the operator chose, and the proxy looks the name up.
        var isChosen = target.Host == configured.Host || (asked is not null && !string.Equals(asked.IdnHost, target.Host, StringComparison.OrdinalIgnoreCase));
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancel);
        var usable = isChosen ? addresses : Array.FindAll(addresses, PublicInternet.IsPublic);
        if (usable.Length == 0)
        {
            throw new SocketException((int)SocketError.HostUnreachable);
        }

        return await PublicInternet.Connect(usable, target.Port, cancel);
    }

    /// <summary>The same scheme, host and port; two names of this computer are one.</summary>
    private bool IsConfigured(Uri url) => url.Scheme == configured.Scheme && url.Port == configured.Port
        && (string.Equals(url.Host, configured.Host, StringComparison.OrdinalIgnoreCase) || (url.IsLoopback && configured.IsLoopback));

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && url.UserInfo.Length == 0;

    private static bool IsUnder(string host, string name) =>
        name[0] == '.' ? host.EndsWith(name, StringComparison.OrdinalIgnoreCase) : host.Equals(name, StringComparison.OrdinalIgnoreCase);
}
