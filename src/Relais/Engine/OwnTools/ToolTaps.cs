using System.Text.Json;
using Relais.Changes;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>
/// Taps on the question before a tool's effect. The question is spent in one transaction, the tool runs outside of any, how it ended
/// is stored in a second one. Promise: one question, one effect: what died in between is called again under the same
/// Idempotency-Key, or, where the other side knows no keys, not at all (ADR 0030).
/// </summary>
internal sealed class ToolTaps(Database database, Ids ids, ConversationEvents events, ChangeLog changes, Clock clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static bool IsTap(TurnMessage message) => ToolButton.Read(message.ChoiceId) is not null;

    /// <param name="due">Whose turn.</param>
    /// <param name="message">The tap.</param>
    /// <param name="find">The tool as it is now; null when it is gone or switched off.</param>
    /// <param name="language">fr, ar or en.</param>
    /// <param name="cancel">The server stops.</param>
    public async Task<IReadOnlyList<Decision>> Answer(
        DueTurn due, TurnMessage message, Func<string, CancellationToken, Task<OwnTool?>> find, string language, CancellationToken cancel)
    {
        var turn = due.Turn;
        var button = ToolButton.Read(message.ChoiceId)!.Value;
        var (state, asked) = await Spend(turn, message.Id, button, cancel);
        CrashPoint.Pass(CrashPoint.ToolSpent);
        switch (state)
        {
            case SpentState.Overtaken:
                return [];
            case SpentState.Stale:
                return [new Decision.Reply(ToolQuestion.TooLate(language))];
            case SpentState.ByAnother when turn.Unanswered.Any(m => m.Id == asked!.UsedByMessage):
                return [];
            case SpentState.ByAnother:
                return [new Decision.Reply(ToolQuestion.Already(language))];
            case SpentState.Now or SpentState.Before when asked!.Outcome is null:
                asked = await Run(due, asked, state == SpentState.Before, find, language, cancel);
                break;
        }

        return asked!.Outcome switch
        {
            ToolOutcome.Kept => [new Decision.Reply(ToolQuestion.Kept(language))],
            ToolOutcome.Done => [new Decision.Reply(ToolQuestion.Done(language, asked.Title, asked.Answer))],
            _ => [new Decision.HandOff(HandoffReason.ToolFailed, ToolQuestion.Failed(language))],
        };
    }

    private async Task<(SpentState State, ToolConfirmation? Asked)> Spend(Turn turn, long messageId, ToolButton button, CancellationToken cancel)
    {
        (SpentState, ToolConfirmation?) answer = (SpentState.Stale, null);
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            answer = (SpentState.Stale, null);
            var asked = await ToolConfirmationStore.Find(tx, turn.TenantId, button.Nonce);
            if (asked is null || asked.ContactId != turn.ContactId || asked.ConversationId != turn.ConversationId)
            {
                return;
            }

            if (asked.UsedAt is null && (await ConversationStore.Find(tx, turn.TenantId, turn.ConversationId))?.Version != turn.Version)
            {
                // A person took over meanwhile: they see the tap and decide.
                answer = (SpentState.Overtaken, asked);
                return;
            }

            var isMine = await ToolConfirmationStore.Spend(tx, asked, button.Choice, messageId, clock.Micros);
            asked = (await ToolConfirmationStore.Find(tx, turn.TenantId, button.Nonce))!;
            answer = (isMine ? SpentState.Now
                : asked.UsedAt is null ? SpentState.Stale
                : asked.UsedByMessage == messageId ? SpentState.Before : SpentState.ByAnother, asked);
        }, cancel);
        return answer;
    }

    private async Task<ToolConfirmation> Run(
        DueTurn due, ToolConfirmation asked, bool isAgain, Func<string, CancellationToken, Task<OwnTool?>> find, string language, CancellationToken cancel)
    {
        var tool = await find(asked.Tool, cancel);
        var (outcome, answer) = (ToolOutcome.Failed, (string?)null);
        if (isAgain && tool is not null && !tool.IsRepeatable)
        {
            outcome = ToolOutcome.Unknown;
        }
        else if (tool is not null)
        {
            var arguments = JsonSerializer.Deserialize<Dictionary<string, string>>(asked.Arguments)!;
            var reply = await tool.Run(new OwnCall(arguments, ToolFacts.Of(due, language), asked.Nonce, Patience), cancel);
            (outcome, answer) = reply.Error is null ? (ToolOutcome.Done, reply.Message()) : (ToolOutcome.Failed, null);
        }

        CrashPoint.Pass(CrashPoint.ToolRan);
        var range = await ids.Take(2, cancel);
        var turn = due.Turn;
        ToolConfirmation settled = asked;
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            range.Rewind();
            if (await ToolConfirmationStore.Settle(tx, asked, outcome, answer))
            {
                await events.Add(tx, new ConversationEvent(
                    turn.TenantId, range.Next(), turn.ConversationId, "tool_" + outcome, null, asked.Tool, clock.Micros));
                await changes.Append(tx, [new Change(
                    range.Next(), turn.TenantId, "conversation.updated", turn.ConversationId, null, due.InboxId, clock.Micros)]);
            }

            settled = (await ToolConfirmationStore.Find(tx, turn.TenantId, asked.Nonce))!;
        }, cancel);
        CrashPoint.Pass(CrashPoint.ToolSettled);
        return settled;
    }

    private enum SpentState
    {
        /// <summary>This tap took it.</summary>
        Now,

        /// <summary>This tap had taken it before; the process died after that, or the turn is decided again.</summary>
        Before,

        ByAnother,

        /// <summary>Too late, or never asked of this customer here.</summary>
        Stale,

        /// <summary>The conversation is no longer the agent's; nothing was done.</summary>
        Overtaken,
    }
}
