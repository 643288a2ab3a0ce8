namespace Relais.Simulator;

/// <summary>What goes wrong. The first group is about the answer to a send, the second about its statuses.</summary>
internal enum FaultKind
{
    /// <summary>HTTP 429, with Retry-After when the fault says so.</summary>
    TooManyRequests = 1,

    /// <summary>Meta 130429 over HTTP 400, Twilio 63018 over 429: the number's throughput.</summary>
    ThroughputReached = 2,

    /// <summary>Meta 131056 over HTTP 400, Twilio 63018: this customer gets too many.</summary>
    PairRateReached = 3,

    /// <summary>Meta 190, Twilio 20003, HTTP 401.</summary>
    TokenExpired = 4,

    /// <summary>Meta 131026, Twilio 63003: not on WhatsApp.</summary>
    Undeliverable = 5,

    /// <summary>HTTP 500 with the provider's error.</summary>
    ServerError = 6,

    /// <summary>HTTP 503 with the provider's error.</summary>
    Unavailable = 7,

    /// <summary>HTTP 502 with a proxy's HTML page.</summary>
    BadGatewayHtml = 8,

    /// <summary>HTTP 200 whose body is no JSON. The message is accepted.</summary>
    GarbageAnswer = 9,

    /// <summary>HTTP 200 whose JSON ends half way. The message is accepted.</summary>
    TruncatedAnswer = 10,

    /// <summary>The normal answer after <see cref="Fault.Delay"/>.</summary>
    Slow = 11,

    /// <summary>No answer until the client goes away. Not accepted.</summary>
    Hang = 12,

    /// <summary>The connection is reset in the middle of a 200. The message is accepted.</summary>
    ResetMidBody = 13,

    /// <summary>The message is accepted and its statuses come, but the connection is reset before any answer.</summary>
    AcceptThenLose = 14,

    /// <summary>503 to every call, sends or not.</summary>
    Down = 15,

    /// <summary>The refusal given by <see cref="Fault.Code"/> and <see cref="Fault.HttpStatus"/>.</summary>
    Refused = 16,

    StatusesOutOfOrder = 101,
    StatusesDoubled = 102,

    /// <summary>All statuses arrive before the answer to the send.</summary>
    StatusesBeforeAnswer = 103,

    /// <summary>The send is accepted, then a status says that it failed with <see cref="Fault.Code"/>.</summary>
    StatusFailed = 104,

    /// <summary>No status ever comes.</summary>
    StatusesLost = 105,
}

/// <summary>One programmed fault.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How many calls it hits; null until cleared.</param>
/// <param name="Number">Only this business number (its address); null for all.</param>
/// <param name="To">Only this customer (E.164 or business-scoped user id); null for all.</param>
/// <param name="Every">Hits each n-th matching call: 1 is every one.</param>
/// <param name="Delay">For <see cref="FaultKind.Slow"/>; 5 s when null.</param>
/// <param name="RetryAfter">Seconds in the Retry-After header; null sends none.</param>
/// <param name="Code">The provider's code for <see cref="FaultKind.Refused"/> and <see cref="FaultKind.StatusFailed"/>.</param>
/// <param name="HttpStatus">For <see cref="FaultKind.Refused"/>; 400 when null.</param>
/// <param name="Accepted">Overrides whether the provider takes the message although it answers like this.</param>
internal sealed record Fault(
    FaultKind Kind,
    int? Times = null,
    string? Number = null,
    string? To = null,
    int Every = 1,
    TimeSpan? Delay = null,
    int? RetryAfter = null,
    int? Code = null,
    int? HttpStatus = null,
    bool? Accepted = null)
{
    public bool IsAboutStatuses => (int)Kind > 100;

    /// <summary>Whether the message is out there although the client cannot read so.</summary>
    public bool Accepts => Accepted ?? Kind is FaultKind.GarbageAnswer or FaultKind.TruncatedAnswer
        or FaultKind.Slow or FaultKind.ResetMidBody or FaultKind.AcceptThenLose;
}
