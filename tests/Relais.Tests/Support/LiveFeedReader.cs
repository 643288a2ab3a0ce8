using System.Net.Http.Headers;
using System.Text.Json;

namespace Relais.Tests.Support;

/// <summary>One event of /live.</summary>
internal sealed record LiveEvent(long? Id, string Type, JsonElement Data);

/// <summary>Reads /live as a browser's EventSource would.</summary>
internal sealed class LiveFeedReader : IDisposable
{
    private readonly HttpClient http;
    private readonly StreamReader lines;

    private LiveFeedReader(HttpClient http, Stream stream)
    {
        this.http = http;
        lines = new StreamReader(stream);
    }

    /// <summary>Connected once the feed says that it is ready (or starts over).</summary>
    public static async Task<LiveFeedReader> Open(RelaisHost relais, DeskClient desk, long? lastEventId = null)
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relais.Url, "live"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Token);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString());
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new LiveFeedReader(client, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, or null when the server ended the feed.</summary>
    public async Task<LiveEvent?> Next(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        long? id = null;
        var type = "message";
        JsonElement? data = null;
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0 && data is { } complete)
            {
                return new LiveEvent(id, type, complete);
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = colon < 0 ? "" : line[(colon + 1)..].Trim();
            switch (colon > 0 ? line[..colon] : "")
            {
                case "id":
                    id = long.Parse(value);
                    break;
                case "event":
                    type = value;
                    break;
                case "data":
                    data = JsonDocument.Parse(value).RootElement;
                    break;
            }
        }

        return null;
    }

    /// <summary>Events up to and with the first that is wanted; "ready" is left out.</summary>
    public async Task<List<LiveEvent>> Until(Predicate<LiveEvent> isLast)
    {
        var read = new List<LiveEvent>();
        while (await Next() is { } next)
        {
            if (next.Type != "ready")
            {
                read.Add(next);
            }

            if (isLast(next))
            {
                return read;
            }
        }

        throw new InvalidOperationException($"The feed ended after {read.Count} events.");
    }

    public void Dispose()
    {
        lines.Dispose();
        http.Dispose();
    }
}
