using Relais.Changes;
using Relais.Conversations;
using Relais.Engine.Why;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Drafts;

/// <summary>
/// Carries suggestions out, in the transaction of the turns: on the message, with the trace, and the conversation to people. One that
/// comes too late, because a person answered or the conversation was closed, is dropped; who has it by now does not matter.
/// </summary>
internal sealed class DraftCommitter(WorkQueue queue, ChangeLog changes, ConversationEvents events, Clock clock)
{
    /// <summary>Two events and two changes.</summary>
    public const int IdsEach = 4;

    public async Task Commit(Tx tx, IReadOnlyList<DecidedTurn> drafts, IdRange ids)
    {
        foreach (var draft in drafts)
        {
            var turn = draft.Due.Turn;
            var suggestion = draft.Suggestion!;
            var language = draft.Decisions!.OfType<Decision.SpeakLanguage>().LastOrDefault()?.Language;
            if (await DraftStore.Settle(tx, turn, draft.Due.SeenSeq, language) is not { } lastInbound)
            {
                continue;
            }

            await Put(tx, draft.Due, suggestion, draft.Trace, ids);
            if (!draft.Due.IsWithPeople && await DraftStore.HandOver(tx, turn, TurnCommitter.ReasonWord(suggestion.Reason)))
            {
                var now = clock.Micros;
                await events.Add(tx, new ConversationEvent(
                    turn.TenantId, ids.Next(), turn.ConversationId, "handed_off", null, TurnCommitter.ReasonWord(suggestion.Reason), now));
                await TurnCommitter.Assign(tx, events, draft, suggestion.Reason, ids, now);
                await changes.Append(tx, [new Change(
                    ids.Next(), turn.TenantId, "conversation.updated", turn.ConversationId, null, draft.Due.InboxId, now)]);
            }

            if (lastInbound > draft.Due.SeenSeq)
            {
                await queue.Wake(tx, [new LaneWake(LaneKind.Turn, turn.ConversationId, turn.TenantId)]);
            }
        }
    }

    /// <summary>The suggestion on its message, its trace, and the change that watchers see. Takes one id.</summary>
    public async Task Put(Tx tx, DueTurn due, Decision.Suggest suggestion, TurnTrace? trace, IdRange ids)
    {
        var turn = due.Turn;
        var (messageId, now) = (turn.Unanswered[^1].Id, clock.Micros);
        await DraftStore.Put(tx, turn, suggestion.Text);
        if (trace is not null)
        {
            await TraceStore.Add(tx, [new PlacedTrace(turn.TenantId, messageId, TraceKind.Suggestion, trace, now)]);
        }

        await changes.Append(tx, [new Change(
            ids.Next(), turn.TenantId, "message.updated", turn.ConversationId, messageId, due.InboxId, now)]);
    }
}
