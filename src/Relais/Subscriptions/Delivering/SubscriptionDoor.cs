using System.Net.Http.Headers;
using System.Text;
using Relais.Foundation;

namespace Relais.Subscriptions.Delivering;

/// <summary>How a post of an event ended.</summary>
internal abstract record PostEnd
{
    /// <param name="Status">HTTP.</param>
    /// <param name="Text">The first 500 characters of the answer.</param>
    internal sealed record Answered(int Status, string Text) : PostEnd
    {
        public bool IsTaken => Status is >= 200 and < 300;
    }

    /// <param name="Reason">One sentence.</param>
    internal sealed record Failed(string Reason) : PostEnd;
}

/// <summary>
/// Posts to the business's address over the one safe fetcher: https, looked at where it connects, no redirect is followed. In the demo,
/// which serves this computer alone, this computer may be posted to.
/// </summary>
internal sealed class SubscriptionDoor : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int MostText = 500;

    /// <summary>As many characters, of up to four bytes.</summary>
    private const int MostBytes = 4 * MostText;

    private readonly SafeHttp http;
    private readonly SafeHttp? own;
    private readonly HttpClient client;
    private readonly HttpClient? ownClient;

    public SubscriptionDoor(SafeHttp http, bool allowsThisComputer)
    {
        this.http = http;
        client = Patient(http);
        own = allowsThisComputer ? new SafeHttp(allowsLocal: true) : null;
        ownClient = own is null ? null : Patient(own);
    }

    /// <summary>Null when it may be posted to; otherwise a sentence.</summary>
    public string? Refusal(string? address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") ? "It has to be an address that begins with https://."
        : IsOwn(url) ? null
        : http.Refusal(address);

    /// <summary>Throws only <see cref="OperationCanceledException"/>, when the caller cancels.</summary>
    public async Task<PostEnd> Post(string address, byte[] json, IReadOnlyDictionary<string, string> headers, CancellationToken cancel)
    {
        if (Refusal(address) is { } refusal)
        {
            return new PostEnd.Failed(refusal);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("User-Agent", "Relais");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await (IsOwn(new Uri(address)) ? ownClient! : client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new PostEnd.Answered((int)response.StatusCode, await Read(response, patience.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PostEnd.Failed("No answer came within 15 seconds.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new PostEnd.Failed(SafeHttp.IsNotPublic(e)
                ? "The address leads to this computer or a private network, where nothing is posted to."
                : e is HttpRequestException asked ? $"No answer came ({asked.HttpRequestError})." : "The answer was cut off.");
        }
    }

    public void Dispose()
    {
        client.Dispose();
        ownClient?.Dispose();
        own?.Dispose();
    }

    /// <summary>Its own patience, for the answer and the beginning of its body together.</summary>
    private static HttpClient Patient(SafeHttp http)
    {
        var made = http.Bounded(MostBytes);
        made.Timeout = Timeout.InfiniteTimeSpan;
        return made;
    }

    private bool IsOwn(Uri url) => own is not null && url.IsLoopback;

    /// <summary>A status counts, whatever becomes of the words after it.</summary>
    private static async Task<string> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        var bytes = new byte[MostBytes];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            while (length < bytes.Length && await body.ReadAsync(bytes.AsMemory(length), cancel) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // What came is shown.
        }

        return ShortText.Fit(CustomerText.Normalise(Encoding.UTF8.GetString(bytes, 0, length)), MostText);
    }
}
