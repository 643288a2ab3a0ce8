using System.Collections.Concurrent;

namespace Relais.Chaos;

/// <summary>
/// The way of every webhook to the server, redelivered ones and statuses included. What is answered 200 is in the ledger before
/// the provider sees the answer. With several nodes it is also the load balancer.
/// </summary>
internal sealed class RecordingWire : DelegatingHandler
{
    private readonly LedgerFile ledger;
    private readonly ConcurrentDictionary<string, int> answers = new(StringComparer.Ordinal);

    public RecordingWire(LedgerFile ledger)
        : base(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 256,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
    {
        this.ledger = ledger;
    }

    /// <summary>Which node takes the next webhook; null leaves it where it is addressed to.</summary>
    public Func<Uri>? Node { get; set; }

    /// <summary>How many webhooks were answered how since the last call, e.g. <c>Twilio 200</c>; <c>-</c> is no answer.</summary>
    public SortedDictionary<string, int> TakeAnswers()
    {
        var taken = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in answers.Keys.ToList())
        {
            if (answers.TryRemove(key, out var count))
            {
                taken[key] = count;
            }
        }

        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var channel = request.Headers.Contains("X-Twilio-Signature") ? "Twilio" : "Meta";
        if (Node is { } node)
        {
            request.RequestUri = new Uri(node(), request.RequestUri!.PathAndQuery);
        }

        var status = "-";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if ((int)response.StatusCode is 200 or 204)
            {
                ledger.Acknowledged(body);
            }

            return response;
        }
        finally
        {
            answers.AddOrUpdate($"{channel} {status}", 1, (_, n) => n + 1);
        }
    }
}
