using System.Net;
using System.Net.Sockets;

namespace Relais.Foundation;

/// <summary>The addresses of a name.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancel);

/// <summary>Which addresses are of the public internet: what strangers and people name is connected to only there.</summary>
internal static class PublicInternet
{
    /// <summary>Every range that is not of the public internet, and those that carry an IPv4 address inside are looked into.</summary>
    public static bool IsPublic(IPAddress address)
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
              && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] < 2 || (b[2] == 0x0d && b[3] == 0xb8)))
              && !(b[0] == 0x3f && b[1] == 0xff && b[2] < 0x10);
    }

    /// <summary>
    /// To a host by name, on the very addresses that were looked at; null when one of them is not of the public internet: a name that
    /// leads to both is a trick.
    /// </summary>
    /// <param name="host">As asked for.</param>
    /// <param name="anywhere">True for an address that the operator set: it may be this computer.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="resolve">Asked once for each connection; the system's name servers when left out.</param>
    public static async Task<Stream?> Connect(DnsEndPoint host, bool anywhere, CancellationToken cancel, ResolveName? resolve = null)
    {
        var addresses = await (resolve ?? Dns.GetHostAddressesAsync)(host.Host, cancel);
        return addresses.Length == 0 || (!anywhere && !Array.TrueForAll(addresses, IsPublic)) ? null : await Connect(addresses, host.Port, cancel);
    }

    /// <summary>To the first of them that answers; whoever calls has looked at them.</summary>
    public static async Task<Stream> Connect(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
