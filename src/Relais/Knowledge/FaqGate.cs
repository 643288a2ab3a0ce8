using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge;

/// <summary>A change of one FAQ before it is made.</summary>
/// <param name="Id">The entry; for a new one the id it will have.</param>
/// <param name="Question">As it will be; null: the entry goes, or the question stays.</param>
/// <param name="Answer">The same.</param>
/// <param name="IsRemoval">True: the entry goes.</param>
internal sealed record FaqChange(long Id, string? Question, string? Answer, bool IsRemoval = false);

/// <summary>What a gate says to a change.</summary>
/// <param name="Refusal">Null: it may be made.</param>
/// <param name="Record">To be run in the transaction that makes the change.</param>
internal sealed record GateAnswer(IResult? Refusal, Func<Tx, Task> Record)
{
    public static GateAnswer Open { get; } = new(null, _ => Task.CompletedTask);
}

/// <summary>Asked before what customers are told changes. Implemented where the AI agent is (Engine), which this room may not name.</summary>
internal interface IFaqGate
{
    /// <param name="http">The request; <c>?force=true</c> makes the change all the same.</param>
    /// <param name="who">Who changes it.</param>
    /// <param name="change">What.</param>
    Task<GateAnswer> Look(HttpContext http, SignedIn who, FaqChange change);
}
