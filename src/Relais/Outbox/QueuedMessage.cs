using Relais.Channels;

namespace Relais.Outbox;

/// <summary>A message the gate put into the outbox (or kept as refused).</summary>
internal sealed record QueuedMessage(
    long TenantId, long MessageId, long ConversationId, long InboxId, long Seq, SendRequest Request, OutboundContent Content, long AnswerId,
    SendDecision Decision, long Now)
{
    /// <summary>True when it goes on the wire with the transaction that queues it.</summary>
    public bool LeavesAtOnce { get; set; }

    /// <summary>Why the number sends nothing now; null while it does.</summary>
    public string? NumberPaused { get; init; }

    /// <summary>Why it waits, for a person; null when it does not.</summary>
    public string? Reason => Decision is SendDecision.Wait wait ? wait.Reason : NumberPaused;

    public SendPurpose Purpose => Decision switch
    {
        SendDecision.UseTemplate template => template.Purpose,
        SendDecision.Wait wait => wait.Purpose,
        _ => Request.Purpose,
    };

    /// <summary>Nothing else of the conversation waits behind what is unasked or put off.</summary>
    public bool IsUnasked => Request.Unasked || Decision is SendDecision.Wait;

    /// <summary>Microseconds until it is due; 0 for now.</summary>
    public long Delay => Decision is SendDecision.Wait wait ? Math.Max(0, wait.Until - Now) : 0;
}
