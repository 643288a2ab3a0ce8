using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Relais.Tests.Support;

/// <summary>A provider on a loopback socket that answers with the very bytes a test gives: also none, half of them, or a reset.</summary>
internal sealed class FakeProvider : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<int, Answer> script;

    /// <param name="script">The answer to the n-th request, from 1.</param>
    public FakeProvider(Func<int, Answer> script)
    {
        this.script = script;
        listener.Start();
        _ = Accept();
    }

    public FakeProvider(Answer always)
        : this(_ => always)
    {
    }

    public ConcurrentQueue<Request> Requests { get; } = new();

    public int Connections { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public static Uri Unused()
    {
        using var probe = new FakeProvider(Answer.Silence);
        return probe.Url;
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                Connections++;
                _ = Serve(socket);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                while (await Receive(socket) is { } request)
                {
                    Requests.Enqueue(request);
                    var answer = script(Requests.Count);
                    switch (answer.Kind)
                    {
                        case AnswerKind.Reset:
                            socket.LingerState = new LingerOption(true, 0);
                            return;
                        case AnswerKind.Silence:
                            await Task.Delay(Timeout.Infinite, stop.Token);
                            return;
                        default:
                            await socket.SendAsync(Encoding.UTF8.GetBytes(answer.Bytes));
                            if (!answer.KeepAlive)
                            {
                                return;
                            }

                            break;
                    }
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client or the test left.
            }
        }
    }

    private async Task<Request?> Receive(Socket socket)
    {
        var received = new List<byte>();
        var buffer = new byte[65536];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, stop.Token);
            if (count == 0)
            {
                return null;
            }

            received.AddRange(buffer.AsSpan(0, count));
            var text = Encoding.UTF8.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            var lines = text[..end].Split("\r\n");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var length = headers.TryGetValue("Content-Length", out var stated) ? int.Parse(stated) : 0;
            if (received.Count >= end + 4 + length)
            {
                var start = lines[0].Split(' ');
                return new Request(start[0], start[1], headers, text[(end + 4)..]);
            }
        }
    }
}

internal enum AnswerKind
{
    Bytes,
    Reset,
    Silence,
}

internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

internal sealed record Answer(AnswerKind Kind, string Bytes = "", bool KeepAlive = false)
{
    public static readonly Answer Reset = new(AnswerKind.Reset);
    public static readonly Answer Silence = new(AnswerKind.Silence);

    public static Answer Json(int status, string body, string headers = "") => Http(status, "application/json", body, headers);

    public static Answer Html(int status) => Http(status, "text/html", "<html><body>Bad gateway</body></html>");

    public static Answer Http(int status, string type, string body, string headers = "", int missing = 0, bool keepAlive = false) => new(
        AnswerKind.Bytes,
        $"HTTP/1.1 {status} Said\r\nContent-Type: {type}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body) + missing}\r\n"
        + $"{(keepAlive ? string.Empty : "Connection: close\r\n")}\r\n{body}",
        keepAlive);
}
