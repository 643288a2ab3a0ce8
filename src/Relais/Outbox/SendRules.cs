using Relais.Conversations;

namespace Relais.Outbox;

/// <summary>What the rules of sending look at.</summary>
/// <param name="LastInboundAt">When the customer last wrote, microseconds UTC.</param>
/// <param name="OptedOutAt">When the customer opted out of everything, or null.</param>
/// <param name="ConfirmsOptOut">True for the sentence that confirms it.</param>
internal readonly record struct SendFacts(long? LastInboundAt, long? OptedOutAt, bool ConfirmsOptOut)
{
    /// <summary>A template passes a closed window.</summary>
    public bool IsTemplate { get; init; }

    public SendPurpose Purpose { get; init; }

    public bool Unasked { get; init; }

    /// <summary>When the customer opted out of promotions, or null.</summary>
    public long? MarketingOptedOutAt { get; init; }

    /// <summary>When the customer opted out of news of their orders, or null.</summary>
    public long? UtilityOptedOutAt { get; init; }
}

/// <summary>The rules that hold at the gate and again just before the bytes leave. Pure.</summary>
internal static class SendRules
{
    public const string WindowClosed = "window_closed";
    public const string OptedOut = "opted_out";
    public const string MarketingOptedOut = "marketing_opted_out";
    public const string UtilityOptedOut = "utility_opted_out";

    private static readonly SendDecision.Refused SilencedRefusal = new(
        OptedOut, "The customer asked to get no more messages. They can be answered once they write again.");

    private static readonly SendDecision.Refused MarketingRefusal = new(
        MarketingOptedOut, "The customer asked to get no more promotions. Answers and news of their orders may still go.");

    private static readonly SendDecision.Refused UtilityRefusal = new(
        UtilityOptedOut, "The customer asked to get no more notices of this kind. They can be answered when they write.");

    private static readonly SendDecision.Refused WindowRefusal = new(
        WindowClosed, "More than 24 hours have passed since the customer's last message: WhatsApp takes only an approved template now.");

    /// <summary>Why it must not go, or null.</summary>
    public static SendDecision.Refused? Check(in SendFacts facts, long now)
    {
        var isOpen = ServiceWindow.IsOpen(facts.LastInboundAt, now);
        if (facts.OptedOutAt is { } optedOut && !facts.ConfirmsOptOut && facts.Purpose != SendPurpose.Authentication
            && ((facts.LastInboundAt ?? 0) <= optedOut || facts.Unasked || facts.Purpose == SendPurpose.Marketing || (facts.IsTemplate && !isOpen)))
        {
            return SilencedRefusal;
        }

        return facts.Purpose == SendPurpose.Marketing && facts.MarketingOptedOutAt is not null ? MarketingRefusal
            : facts.Purpose == SendPurpose.Utility && facts.UtilityOptedOutAt is not null ? UtilityRefusal
            : facts.IsTemplate || isOpen ? null
            : WindowRefusal;
    }
}
