namespace Relais.Outbox;

/// <summary>Nothing is said to a customer whom the business has blocked, by whomever.</summary>
internal static class BlockRule
{
    public const string Code = "contact_blocked";

    /// <param name="blockedAt">When the customer was blocked, or null.</param>
    public static SendDecision.Refused? Refusal(long? blockedAt) => blockedAt is null ? null
        : new SendDecision.Refused(Code, "The business has blocked this customer. Unblock them before writing.");
}
