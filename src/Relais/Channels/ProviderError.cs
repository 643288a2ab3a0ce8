using System.Diagnostics;

namespace Relais.Channels;

/// <summary>What a provider's error code asks of us.</summary>
internal enum ErrorAction
{
    /// <summary>The same request may go out later.</summary>
    Retry,

    /// <summary>This customer on this number has to wait.</summary>
    HoldRecipient,

    /// <summary>The whole number has to wait; its messages stay queued.</summary>
    HoldInbox,

    /// <summary>
    /// The whole number is paused and says so; a message is tried now and then, and one that goes out ends it (a token put right,
    /// a limit of the day that is over).
    /// </summary>
    ProbeInbox,

    /// <summary>This message may go in some hours; nothing else of its conversation waits for it.</summary>
    PutOff,

    /// <summary>This message will never be taken.</summary>
    Reject,

    /// <summary>Nothing from this number will be taken until a person mends it.</summary>
    StopInbox,

    /// <summary>This message will never be taken, because the customer opted out.</summary>
    OptedOut,

    /// <summary>This message will never be taken, because the customer opted out of promotions.</summary>
    MarketingOptedOut,

    /// <summary>The provider failed in the middle: it may have gone out.</summary>
    Unsure,
}

/// <summary>One line of a provider's error table.</summary>
/// <param name="Action">What the code asks of us.</param>
/// <param name="Sentence">For a person, with the way to mend it.</param>
/// <param name="Wait">How long to wait where the code prescribes it; the provider's own Retry-After goes before it.</param>
internal sealed record ErrorRule(ErrorAction Action, string Sentence, TimeSpan? Wait = null)
{
    /// <summary>The provider's details may quote a whole request; the outbox shows one line.</summary>
    private const int LongestDetails = 300;

    public SendOutcome ToOutcome(int code, string? details, TimeSpan? retryAfter)
    {
        var reason = Describe(code, details);
        var wait = retryAfter ?? Wait;
        return Action switch
        {
            ErrorAction.Retry => new SendOutcome.RetryLater(wait, RetryScope.Message, code, reason),
            ErrorAction.HoldRecipient => new SendOutcome.RetryLater(wait, RetryScope.Recipient, code, reason),
            ErrorAction.HoldInbox => new SendOutcome.RetryLater(wait, RetryScope.Inbox, code, reason),
            ErrorAction.ProbeInbox => new SendOutcome.RetryLater(wait, RetryScope.Inbox, code, reason) { Pauses = true },
            ErrorAction.PutOff => new SendOutcome.RetryLater(wait, RetryScope.Message, code, reason) { PutsOff = true },
            ErrorAction.Reject => new SendOutcome.Rejected(code, reason),
            ErrorAction.StopInbox => new SendOutcome.Rejected(code, reason, StopsInbox: true),
            ErrorAction.OptedOut => new SendOutcome.Rejected(code, reason, OptedOut: true),
            ErrorAction.MarketingOptedOut => new SendOutcome.Rejected(code, reason, OptedOut: true) { MarketingOnly = true },
            ErrorAction.Unsure => new SendOutcome.Unknown(reason),
            _ => throw new UnreachableException(),
        };
    }

    private string Describe(int code, string? details)
    {
        if (string.IsNullOrEmpty(details))
        {
            return $"{Sentence} (code {code})";
        }

        var words = details.Length > LongestDetails ? string.Concat(details.AsSpan(0, LongestDetails), "…") : details;
        return $"{Sentence} (code {code}: {words})";
    }
}
