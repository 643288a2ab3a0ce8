namespace Relais.Outbox;

/// <summary>Why a message that nobody asked for may be sent.</summary>
/// <param name="Kind">One of the constants here.</param>
/// <param name="SourceId">The campaign, the plan or the order it comes from; null when none.</param>
/// <param name="Basis">What allowed it, in words a person reads later, such as "campaign Autumn, started by Amina".</param>
internal sealed record UnaskedWhy(string Kind, long? SourceId, string Basis)
{
    public const string Campaign = "campaign";
    public const string FollowUp = "follow_up";
    public const string OrderNotice = "order_notice";
    public const string OrderReminder = "order_reminder";

    /// <summary>True when the tenant's frequency cap counts it: news of somebody's own order does not wear them out.</summary>
    public bool IsCapped => Kind is Campaign or FollowUp;
}
