using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Relais.Rig;

/// <summary>A TCP way to a server that a test can cut (open connections die, new ones are refused) and mend.</summary>
internal sealed class CuttableWire : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, byte> open = new();
    private readonly int port;
    private TcpListener? listener;
    private (string Host, int Port) target;

    public CuttableWire()
    {
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The address of the same database by this way.</summary>
    public string Through(string address)
    {
        var uri = new UriBuilder(address);
        target = (uri.Host, uri.Port);
        (uri.Host, uri.Port) = ("127.0.0.1", port);
        _ = Accept(listener!);
        return uri.Uri.ToString();
    }

    public void Cut()
    {
        listener?.Dispose();
        listener = null;
        foreach (var client in open.Keys)
        {
            client.Dispose();
        }

        open.Clear();
    }

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = Accept(listener);
    }

    public void Dispose() => Cut();

    private async Task Accept(TcpListener here)
    {
        try
        {
            while (true)
            {
                _ = Forward(await here.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task Forward(TcpClient near)
    {
        using var far = new TcpClient();
        open[near] = open[far] = 0;
        try
        {
            await far.ConnectAsync(target.Host, target.Port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One side left.
        }

        near.Dispose();
        open.TryRemove(near, out _);
        open.TryRemove(far, out _);
    }
}
