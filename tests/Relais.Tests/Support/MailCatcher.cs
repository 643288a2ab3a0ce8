using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Relais.Tests.Support;

/// <summary>A mail as it was handed over.</summary>
internal sealed record CaughtMail(IReadOnlyList<string> To, string Text);

/// <summary>A mail server of a few lines on a loopback socket, which takes everything.</summary>
internal sealed class MailCatcher : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();

    public MailCatcher()
    {
        listener.Start();
        _ = Accept();
    }

    public ConcurrentQueue<CaughtMail> Mails { get; } = new();

    public string Url => $"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

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
                _ = Serve(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            {
                using var reader = new StreamReader(stream, Encoding.ASCII);
                await using var writer = new StreamWriter(stream, new ASCIIEncoding()) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 here");
                var to = new List<string>();
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
                    {
                        to.Add(line["RCPT TO:".Length..].Trim('<', '>'));
                    }

                    if (line == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        var text = new StringBuilder();
                        while (await reader.ReadLineAsync(stop.Token) is { } said and not ".")
                        {
                            text.AppendLine(said);
                        }

                        Mails.Enqueue(new CaughtMail([.. to], text.ToString()));
                    }

                    await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 good");
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client or the test left.
        }
    }
}
