using System.Net;
using System.Net.Sockets;

namespace Relais.Rig;

/// <summary>Ports for servers that are started a moment later.</summary>
internal static class Ports
{
    // Below what systems give to outgoing connections (32768 on Linux): one of those must not take the port before the server does.
    private const int First = 15_000;
    private const int Last = 32_000;

    /// <summary>Processes that run tests side by side begin at different places, and none gives a port twice in a row.</summary>
    private static int next = First + Random.Shared.Next(Last - First);

    /// <summary>One of this machine that nobody listens on.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < Last - First; tries++)
        {
            var port = First + ((Interlocked.Increment(ref next) - First) % (Last - First));
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's: the next one.
            }
        }

        throw new InvalidOperationException($"No port is free between {First} and {Last}.");
    }
}
