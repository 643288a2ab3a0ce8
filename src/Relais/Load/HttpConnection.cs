using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Relais.Load;

/// <summary>
/// One HTTP/1.1 connection kept open, a request at a time. Written by hand because the generator shares its core with the
/// provider: HttpClient costs five times as much for each webhook, and would be what is measured.
/// </summary>
internal sealed class HttpConnection(Uri server) : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly byte[] buffer = new byte[LongestAnswer];
    private Socket? socket;

    /// <summary>Posts ready bytes.</summary>
    /// <returns>The status code; -1 when the connection broke or nothing came in time.</returns>
    public async Task<int> Send(ReadOnlyMemory<byte> request, TimeSpan patience, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(patience);
        try
        {
            socket ??= await Connect(limit.Token);
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request[sent..], limit.Token);
            }

            return await ReadAnswer(socket, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            Close();
            return -1;
        }
    }

    public void Dispose() => Close();

    private async Task<Socket> Connect(CancellationToken cancel)
    {
        var created = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await created.ConnectAsync(server.Host.Trim('[', ']'), server.Port, cancel);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    private async Task<int> ReadAnswer(Socket from, CancellationToken cancel)
    {
        var length = 0;
        while (true)
        {
            var count = await from.ReceiveAsync(buffer.AsMemory(length), cancel);
            if (count == 0)
            {
                throw new IOException("The server closed the connection before its answer was whole.");
            }

            length += count;
            if (HttpAnswer.TryRead(buffer.AsSpan(0, length)) is { } answer)
            {
                if (answer.Closes)
                {
                    Close();
                }

                return answer.Status;
            }

            if (length == buffer.Length)
            {
                throw new IOException("The answer is longer than 64 KB.");
            }
        }
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }
}

/// <summary>What of an answer matters here: its status, and whether all of it has come.</summary>
/// <param name="Status">Its code.</param>
/// <param name="Closes">Whether the connection ends with it.</param>
internal readonly record struct HttpAnswer(int Status, bool Closes)
{
    /// <summary>Null while bytes are missing.</summary>
    public static HttpAnswer? TryRead(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0 || bytes.Length < 12)
        {
            return null;
        }

        var head = Encoding.ASCII.GetString(bytes[..end]);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var closes = head.Contains("connection: close", StringComparison.OrdinalIgnoreCase);
        var body = bytes[(end + 4)..];
        var whole = status is 204 or 304
            || (head.Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase)
                ? body.EndsWith("0\r\n\r\n"u8)
                : body.Length >= ContentLength(head));
        return whole ? new HttpAnswer(status, closes) : null;
    }

    private static int ContentLength(string head)
    {
        const string name = "content-length:";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 0;
        }

        var value = head.AsSpan(at + name.Length);
        var end = value.IndexOf('\r');
        return int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}
