using System.Diagnostics;
using System.Net.Http.Headers;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>
/// One request to a provider, for the call log. Made by whoever asks (<see cref="ProviderCallLog.Begin"/>), filled in by
/// <see cref="ProviderHttp"/>; bytes are kept as they are, so that nothing is decoded on the path of a message.
/// </summary>
/// <param name="log">Where it goes once it has ended.</param>
/// <param name="inboxId">The number it was made for.</param>
/// <param name="operation">send, mark_read, block, upload, …</param>
/// <param name="phone">The customer, E.164 or user id, or null.</param>
/// <param name="messageId">Our message, or null.</param>
internal sealed class ProviderCall(ProviderCallLog log, long inboxId, string operation, string? phone, long? messageId)
{
    /// <summary>Bytes kept of each direction; more than is ever shown, less than a batch of them could hurt.</summary>
    public const int MostBytes = 16 * 1024;

    private long since;
    private HttpMethod? method;
    private Uri? url;

    public long InboxId => inboxId;

    public string Operation => operation;

    public string? Phone => phone;

    public long? MessageId => messageId;

    /// <summary>Method and address without user and query, which may hold a token.</summary>
    public string Request => $"{method?.Method} {url?.Scheme}://{url?.Authority}{url?.AbsolutePath}";

    public string? ContentType { get; private set; }

    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Length before it was cut to <see cref="MostBytes"/>.</summary>
    public int PayloadLength { get; private set; }

    /// <summary>HTTP; null when no answer came.</summary>
    public int? Status { get; private set; }

    public ReadOnlyMemory<byte> Response { get; private set; }

    /// <summary>Why no answer came, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>accepted, refused, unreachable (nothing left) or unanswered.</summary>
    public string Outcome { get; private set; } = "";

    public long At { get; private set; }

    public long DurationMicros { get; private set; }

    public bool IsAccepted => Status is >= 200 and < 300;

    public void Starts(HttpMethod by, Uri to, ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type, TimeProvider time)
    {
        method = by;
        url = to;
        ContentType = type?.MediaType;
        Payload = Kept(body);
        PayloadLength = body.Length;
        At = Instants.ToMicros(time.GetUtcNow());
        since = Stopwatch.GetTimestamp();
    }

    public void Ended(ProviderAnswer answer)
    {
        DurationMicros = Stopwatch.GetElapsedTime(since).Ticks / 10;
        switch (answer)
        {
            case ProviderAnswer.Answered answered:
                Status = answered.Status;
                Response = Kept(answered.Body);
                Outcome = IsAccepted ? "accepted" : "refused";
                break;
            case ProviderAnswer.NeverSent never:
                Failure = never.Reason;
                Outcome = "unreachable";
                break;
            case ProviderAnswer.Lost lost:
                Failure = lost.Reason;
                Outcome = "unanswered";
                break;
            default:
                throw new UnreachableException();
        }

        log.Add(this);
    }

    private static ReadOnlyMemory<byte> Kept(ReadOnlyMemory<byte> bytes) => bytes.Length <= MostBytes ? bytes : bytes[..MostBytes].ToArray();
}
