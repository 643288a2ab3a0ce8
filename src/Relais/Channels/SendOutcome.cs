namespace Relais.Channels;

/// <summary>How one attempt to send ended. Sending is never repeated blindly: only <see cref="RetryLater"/> may be tried again.</summary>
internal abstract record SendOutcome
{
    /// <summary>For measurements: accepted, retry, rejected or unknown.</summary>
    public string Word => this switch
    {
        Accepted => "accepted",
        RetryLater => "retry",
        Rejected => "rejected",
        _ => "unknown",
    };

    /// <summary>The provider's own words on a failure, or null.</summary>
    public string? Details { get; init; }

    /// <summary>The provider's name for the request that failed (fbtrace_id, Twilio-Request-Id): what its support asks for.</summary>
    public string? Reference { get; init; }

    /// <summary>The provider has it.</summary>
    internal sealed record Accepted(string ProviderId) : SendOutcome;

    /// <summary>
    /// It surely did not go out: no connection was made, or the provider's own readable error allows another try.
    /// </summary>
    /// <param name="After">The provider's Retry-After, or the wait its code prescribes; null leaves it to the back-off.</param>
    /// <param name="Scope">What has to wait.</param>
    /// <param name="Code">The provider's code; 0 when no answer came because no connection was made.</param>
    /// <param name="Reason">One sentence for a person.</param>
    internal sealed record RetryLater(TimeSpan? After, RetryScope Scope, int Code, string Reason) : SendOutcome
    {
        /// <summary>
        /// True when the number is to be shown as paused (a token, a limit of the day): its messages wait for as long as it takes,
        /// and one is tried every <see cref="After"/>.
        /// </summary>
        public bool Pauses { get; init; }

        /// <summary>True when it may take hours: the message lets the others of its conversation go before it.</summary>
        public bool PutsOff { get; init; }
    }

    /// <summary>The provider will never take this one.</summary>
    /// <param name="Code">The provider's code.</param>
    /// <param name="Reason">One sentence for a person, saying how to mend it where one can.</param>
    /// <param name="StopsInbox">True when every further message of this number would fail the same way (token, payment, ban).</param>
    /// <param name="OptedOut">True when the code says that the customer opted out.</param>
    internal sealed record Rejected(int Code, string Reason, bool StopsInbox = false, bool OptedOut = false) : SendOutcome
    {
        /// <summary>True when they opted out of promotions alone.</summary>
        public bool MarketingOnly { get; init; }
    }

    /// <summary>No readable answer came back: it may or may not have gone out. Only a status or a person settles it.</summary>
    internal sealed record Unknown(string Reason) : SendOutcome;
}

/// <summary>How far a refusal to take messages for now reaches.</summary>
internal enum RetryScope
{
    /// <summary>This message only.</summary>
    Message = 0,

    /// <summary>This customer on this number (131056).</summary>
    Recipient = 1,

    /// <summary>Every message of this number.</summary>
    Inbox = 2,
}
