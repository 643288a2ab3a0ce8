namespace Relais.Simulator;

/// <summary>One webhook, ready for the wire; posting it again is what a provider's redelivery does.</summary>
/// <param name="PostTo">Where it goes.</param>
/// <param name="Body">The bytes that were signed.</param>
/// <param name="ContentType">Their media type.</param>
/// <param name="SignatureHeader">Name of the signature's header.</param>
/// <param name="Signature">Its value.</param>
/// <param name="MessageId">Provider id of the message it is about; empty for raw bodies.</param>
internal sealed record SignedWebhook(
    Uri PostTo, byte[] Body, string ContentType, string SignatureHeader, string Signature, string MessageId);

/// <summary>Why there is no status code.</summary>
internal enum WebhookFailure
{
    None = 0,
    Unreachable = 1,
    TimedOut = 2,

    /// <summary>Never posted: the business blocked this customer.</summary>
    Withheld = 3,
}

/// <summary>What Relais answered to one webhook.</summary>
/// <param name="Webhook">What was posted.</param>
/// <param name="StatusCode">Null when no answer came.</param>
/// <param name="Answer">The first 16 KB of the answer.</param>
/// <param name="Failure">Why no answer came.</param>
internal sealed record WebhookResult(SignedWebhook Webhook, int? StatusCode, string Answer, WebhookFailure Failure)
{
    /// <summary>Only 200 counts for Meta. Twilio takes any 2xx, Relais promises 200 or 204.</summary>
    public bool Taken => StatusCode is 200 or 204;

    public string MessageId => Webhook.MessageId;
}

/// <summary>
/// Meta repeats what was not answered with 200: first after <paramref name="FirstWait"/>, then twice as long each time, up to
/// <paramref name="LongestWait"/>. The real one goes on for days; a bounded number is enough to see a restart healed.
/// </summary>
internal sealed record RedeliveryPolicy(int Attempts, TimeSpan FirstWait, TimeSpan? LongestWait = null)
{
    public static RedeliveryPolicy Off { get; } = new(0, TimeSpan.Zero);

    /// <summary>1 + 2 + 4 + … + 128 s: a little over four minutes, longer than any restart of Relais.</summary>
    public static RedeliveryPolicy LikeMeta { get; } = new(8, TimeSpan.FromSeconds(1));
}
