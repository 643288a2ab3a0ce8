using System.Collections.Concurrent;
using Relais.Simulator;

namespace Relais.Load;

/// <summary>Connections to the server: a free one is used again, a new one is opened up to the limit, then callers wait.</summary>
internal sealed class Connections(Uri server, int limit) : IDisposable
{
    /// <summary>Twilio's documented patience; Meta publishes none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentStack<HttpConnection> free = new();
    private readonly SemaphoreSlim places = new(limit);

    /// <returns>The status code, -1 for none.</returns>
    public async Task<int> Post(ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        var connection = free.TryPop(out var used) ? used : new HttpConnection(server);
        try
        {
            return await connection.Send(request, Patience, cancel);
        }
        finally
        {
            free.Push(connection);
            places.Release();
        }
    }

    public void Dispose()
    {
        while (free.TryPop(out var connection))
        {
            connection.Dispose();
        }

        places.Dispose();
    }

    /// <summary>The bytes of the whole request.</summary>
    public static byte[] Bytes(SignedWebhook webhook)
    {
        var head = System.Text.Encoding.ASCII.GetBytes(
            $"POST {webhook.PostTo.PathAndQuery} HTTP/1.1\r\nHost: {webhook.PostTo.Authority}\r\nUser-Agent: relais-load\r\n"
            + $"Content-Type: {webhook.ContentType}\r\nContent-Length: {webhook.Body.Length}\r\n{webhook.SignatureHeader}: {webhook.Signature}\r\n\r\n");
        return [.. head, .. webhook.Body];
    }
}
