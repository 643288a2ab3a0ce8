using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Later;

/// <summary>
/// Sends one message for later, in the caller's transaction: the message and the mark that it was sent are one commit, so that it
/// leaves once whatever dies in between.
/// </summary>
internal sealed class ScheduledSends(DeskActions desk, ChangeLog changes, Clock clock)
{
    /// <summary>The change watchers hear of.</summary>
    public const string Updated = "scheduled.updated";

    public static int IdsNeeded(string content) => 1 + DeskActions.IdsNeeded(content);

    /// <summary>The row is held by the caller. With <paramref name="keepsRefusal"/> a refusal is written down, else it is only told.</summary>
    public async Task<DeskResult> Send(Tx tx, ScheduledMessage planned, bool keepsRefusal, IdRange ids)
    {
        var result = await desk.SendPlanned(
            tx, planned.TenantId, planned.ConversationId, new Actor(planned.AgentId, planned.AgentName ?? ""), planned.Saying, planned.AnswersSeq, ids);
        switch (result)
        {
            case DeskResult.Done done:
                await ScheduledStore.Sent(tx, planned.TenantId, planned.Id, done.MessageId, clock.Micros);
                await Tell(tx, planned, ids);
                break;
            case DeskResult.Refused no when keepsRefusal:
                await Refuse(tx, planned, no.ByGate?.Code ?? no.Problem.Code, no.ByGate?.Reason ?? no.Problem.Detail, ids);
                break;
            case DeskResult.Invalid no when keepsRefusal:
                await Refuse(tx, planned, Problems.Invalid.Code, no.Fields[0].Reason, ids);
                break;
        }

        return result;
    }

    public async Task Refuse(Tx tx, ScheduledMessage planned, string code, string problem, IdRange ids)
    {
        await ScheduledStore.Refused(tx, planned.TenantId, planned.Id, code, problem, clock.Micros);
        await Tell(tx, planned, ids);
    }

    /// <summary>The change carries its id where others carry a message's: ids are unique in the installation.</summary>
    public Task Tell(Tx tx, ScheduledMessage planned, IdRange ids) => changes.Append(tx, [new Change(
        ids.Next(), planned.TenantId, Updated, planned.ConversationId, planned.Id, planned.InboxId, clock.Micros)]);
}
