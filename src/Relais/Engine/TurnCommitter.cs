using System.Collections.Concurrent;
using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Teams;
using Relais.Engine.Drafts;
using Relais.Engine.Flows;
using Relais.Engine.Why;
using Relais.Errors;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>
/// Carries out decisions: settles the conversation under its version, hands the words to the send gate, gives the lane back.
/// A decision whose version is gone, or that newer messages have overtaken, is discarded.
/// </summary>
internal sealed class TurnCommitter(
    WorkQueue queue, SendGate gate, ChangeLog changes, ConversationEvents events, ErrorLog errors, ReadReceipts receipts, Clock clock)
{
    /// <summary>Times a turn starts over because the customer kept writing; then it answers what it saw.</summary>
    private const int MostRestarts = 2;

    /// <summary>No restart later than this after the first unanswered message.</summary>
    private const long RestartTime = 10 * Instants.Second;

    private readonly ConcurrentDictionary<long, int> restarts = new();

    private readonly DraftCommitter drafts = new(queue, changes, events, clock);

    public ReadReceipts Receipts { get; } = receipts;

    public static int IdsNeeded(IReadOnlyList<DecidedTurn> done) =>
        done.Sum(d => (d.Decisions ?? []).Sum(x => x switch
        {
            Decision.Reply reply => SendGate.IdsNeeded(reply.Text),
            Decision.Send send => SendGate.IdsNeeded(send.Content),
            Decision.HandOff handOff => 3 + ErrorLog.IdsEach + SendGate.IdsNeeded(handOff.CustomerText),
            Decision.Suggest => DraftCommitter.IdsEach,
            Decision.Close close => 2 + SendGate.IdsNeeded(close.CustomerText),
            Decision.RunFlow => 2,
            _ => 0,
        }));

    /// <summary>Commits decisions in the caller's transaction; returns what may be shown to the customers as read.</summary>
    public async Task<IReadOnlyList<ReadReceipt>> Commit(Tx tx, List<DecidedTurn> done, IdRange ids, Departures departures)
    {
        if (done.Count == 0)
        {
            return [];
        }

        using var span = TraceTrail.Stage("commit turns", System.Diagnostics.ActivityKind.Internal, done.Select(d => d.Due.Turn.ConversationId));
        var good = done.FindAll(d => d.Decisions is not null);

        // A flow takes messages up one by one: what came meanwhile is its next answer.
        var overtaken = await Overtaken(tx, good.FindAll(d => d.Due.Session is null));
        var results = new List<LaneResult>();
        foreach (var turn in done)
        {
            if (turn.Decisions is null)
            {
                results.Add(turn.Error is OperationCanceledException
                    ? new LaneResult(turn.Due.Lease, TimeSpan.Zero, LaneEnd.Untouched)
                    : new LaneResult(turn.Due.Lease, TimeSpan.FromSeconds(Math.Pow(2, turn.Due.Lease.Failures)), LaneEnd.Failed));
            }
            else if (overtaken.Contains(turn.Due.Turn.ConversationId))
            {
                results.Add(new LaneResult(turn.Due.Lease, TimeSpan.Zero, LaneEnd.Untouched));
            }
        }

        var settling = good.FindAll(d => !overtaken.Contains(d.Due.Turn.ConversationId));
        var kept = await queue.Complete(tx, [.. results, .. settling.Select(d => new LaneResult(d.Due.Lease))]);
        settling = settling.FindAll(d => kept.Contains(d.Due.Lease.Key));
        await drafts.Commit(tx, settling.FindAll(d => d.Suggestion is not null), ids);
        settling.RemoveAll(d => d.Suggestion is not null);
        var settled = (await TurnStore.Settle(tx, settling.ConvertAll(ToSettlement))).ToDictionary(s => s.ConversationId);
        settling = settling.FindAll(d => settled.ContainsKey(d.Due.Turn.ConversationId));

        await SaveFlows(tx, settling, ids);
        await TraceStore.Add(tx, settling.Select(d => Placed(d)).OfType<PlacedTrace>().ToList());
        await gate.Enqueue(tx, settling.SelectMany(d => Requests(d, settled[d.Due.Turn.ConversationId].Version)).ToList(), ids, departures);
        await HandOffs(tx, settling, ids);
        await Closings(tx, settling.FindAll(d => settled[d.Due.Turn.ConversationId].IsClosed), ids);
        await queue.Wake(tx, [.. settling.Select(d => (Turn: d, Next: NextOf(d, settled[d.Due.Turn.ConversationId]))).Where(d => d.Next is not null)
            .Select(d => new LaneWake(LaneKind.Turn, d.Turn.Due.Turn.ConversationId, d.Turn.Due.Turn.TenantId, d.Next!.Value))]);
        CrashPoint.Pass(CrashPoint.TurnCommitting);
        settling.ForEach(d => TraceTrail.Leave(d.Due.Turn.ConversationId, span));
        return settling.Where(d => d.Due.LastProviderId is not null)
            .Select(d => new ReadReceipt(d.Due.InboxId, d.Due.LastProviderId!)).ToList();
    }

    /// <summary>When the conversation has something to do again; null: with the next message.</summary>
    private TimeSpan? NextOf(DecidedTurn turn, SettledTurn settled)
    {
        var flow = turn.Flow;
        return settled.LastInboundSeq > SeenBy(turn) && flow is not { IsOver: false, Session.State.Wait: FlowWait.Call } ? TimeSpan.Zero : flow?.Next(clock.Micros);
    }

    private static long SeenBy(DecidedTurn turn) => turn.Flow?.SeenSeq ?? turn.Due.SeenSeq;

    private async Task SaveFlows(Tx tx, List<DecidedTurn> settling, IdRange ids)
    {
        var now = clock.Micros;
        var flows = settling.SelectMany(d => d.Decisions!.OfType<Decision.RunFlow>().Select(f => (Turn: d, f.Progress))).ToList();
        if (flows.Count == 0)
        {
            return;
        }

        await FlowSessionStore.Save(tx, flows.ConvertAll(f => new FlowSessionStore.Placed(f.Turn.Due.Turn.TenantId, f.Turn.Due.Turn.ConversationId, f.Progress, now)));
        foreach (var (turn, progress) in flows)
        {
            var at = turn.Due.Turn;
            await FlowContacts.Keep(tx, at.TenantId, at.ContactId, progress.Kept, now);
            if (progress.IsNew || progress.IsOver)
            {
                // Who has it has changed: the desk's lists and the history say so.
                await events.Add(tx, new ConversationEvent(
                    at.TenantId, ids.Next(), at.ConversationId, progress.IsOver ? "flow_ended" : "flow_started", null, FlowWord(progress), now));
                await changes.Append(tx, [new Change(ids.Next(), at.TenantId, "conversation.updated", at.ConversationId, null, turn.Due.InboxId, now)]);
            }
        }
    }

    private static string FlowWord(FlowProgress progress) => progress.End is { } end ? end.Why ?? end.Word : progress.Session.Trigger;

    private async Task<HashSet<long>> Overtaken(Tx tx, List<DecidedTurn> good)
    {
        var now = clock.Micros;
        var newer = await TurnStore.WithNewer(tx, good.ConvertAll(d => d.Due));
        foreach (var turn in good)
        {
            var id = turn.Due.Turn.ConversationId;
            var next = restarts.GetValueOrDefault(id) + 1;
            if (newer.Contains(id) && next <= MostRestarts && now - turn.Due.FirstUnansweredAt <= RestartTime)
            {
                tx.AfterCommit(() => restarts[id] = next);
            }
            else
            {
                newer.Remove(id);
                tx.AfterCommit(() => restarts.TryRemove(id, out _));
            }
        }

        return newer;
    }

    private async Task HandOffs(Tx tx, List<DecidedTurn> settling, IdRange ids)
    {
        var now = clock.Micros;
        var failed = new List<ErrorEntry>();
        foreach (var turn in settling)
        {
            if (turn.Decisions!.OfType<Decision.HandOff>().FirstOrDefault() is { } handOff)
            {
                var at = turn.Due.Turn;
                await events.Add(tx, new ConversationEvent(
                    at.TenantId, ids.Next(), at.ConversationId, "handed_off", null, ReasonWord(handOff), now));
                await Assign(tx, events, turn, handOff.Reason, ids, now);
                await changes.Append(tx, [new Change(ids.Next(), at.TenantId, "conversation.updated", at.ConversationId, null, turn.Due.InboxId, now)]);
                if (handOff.Reason == HandoffReason.ModelFailed)
                {
                    failed.Add(new ErrorEntry(at.TenantId, turn.Due.InboxId, "model", "turn_failed", null,
                        "The AI agent could not answer; people have the conversation. The log says why.")
                    {
                        ConversationId = at.ConversationId,
                        MessageId = at.Unanswered[^1].Id,
                        At = now,
                    });
                }
            }
        }

        await errors.Append(tx, failed, ids);
    }

    /// <summary>To the team it is for, and to a member who is there. A program at the other end takes nobody's place.</summary>
    public static async Task Assign(Tx tx, ConversationEvents events, DecidedTurn turn, HandoffReason reason, IdRange ids, long now)
    {
        var at = turn.Due.Turn;
        var language = turn.Decisions!.OfType<Decision.SpeakLanguage>().LastOrDefault()?.Language ?? at.Language;
        if (reason != HandoffReason.AutomaticReplies && await HandoffAssignment.Assign(
            tx, at.TenantId, at.ConversationId, ReasonWord(reason), at.Unanswered.Select(m => m.Text), language, now) is { } assigned)
        {
            await events.Add(tx, new ConversationEvent(
                at.TenantId, ids.Next(), at.ConversationId, "assigned", assigned.AgentId, assigned.Team.Name, now));
        }
    }

    private async Task Closings(Tx tx, List<DecidedTurn> closed, IdRange ids)
    {
        foreach (var (at, inboxId) in closed.Select(t => (t.Due.Turn, t.Due.InboxId)))
        {
            await events.Add(tx, new ConversationEvent(at.TenantId, ids.Next(), at.ConversationId, "closed", null, "ai_agent", clock.Micros));
            await changes.Append(tx, [new Change(ids.Next(), at.TenantId, "conversation.updated", at.ConversationId, null, inboxId, clock.Micros)]);
        }
    }

    private IEnumerable<SendRequest> Requests(DecidedTurn turn, long version)
    {
        var due = turn.Due;
        var optsOut = due.OptedOutAt is not null && due.OptedOutAt == due.LastInboundAt;
        foreach (var decision in turn.Decisions!)
        {
            OutboundContent? content = decision switch
            {
                Decision.Reply { Text.Length: > 0 } reply => new OutboundContent.Text(reply.Text),
                Decision.HandOff { CustomerText.Length: > 0 } handOff => new OutboundContent.Text(handOff.CustomerText),
                Decision.Close { CustomerText.Length: > 0 } close => new OutboundContent.Text(close.CustomerText),
                Decision.Send { Content: OutboundContent.Choices { Language: null } choices } => choices with { Language = due.Turn.Language },
                Decision.Send send => send.Content,
                _ => null,
            };
            if (content is not null)
            {
                yield return new SendRequest(
                    due.Turn.TenantId, due.Turn.ConversationId, due.InboxId, version, due.LastInboundAt, due.OptedOutAt,
                    IsByFlow(turn, decision) ? Author.Flow : Author.AiAgent, null, content)
                {
                    To = due.Contact,
                    Answers = due.Turn.Unanswered is [.., var last] ? last.Id : null,
                    ConfirmsOptOut = optsOut,
                };
            }
        }
    }

    /// <summary>Only of a turn that said something: a trace is read from a message.</summary>
    private PlacedTrace? Placed(DecidedTurn turn) =>
        turn.Trace is { } trace && turn.Due.Turn.Unanswered.Count > 0 && turn.Flow is null && turn.Decisions!.Any(d => d is Decision.Reply or Decision.Send or Decision.Close or Decision.HandOff { CustomerText.Length: > 0 })
            ? new PlacedTrace(turn.Due.Turn.TenantId, turn.Due.Turn.Unanswered[^1].Id, TraceKind.Answer, trace, clock.Micros) : null;

    private TurnSettlement ToSettlement(DecidedTurn turn) => new(
        turn.Due,
        turn.Decisions!.OfType<Decision.SpeakLanguage>().LastOrDefault()?.Language,
        turn.Decisions!.OfType<Decision.HandOff>().FirstOrDefault() is { } handOff ? ReasonWord(handOff) : null,
        turn.Decisions!.OfType<Decision.Close>().Any() ? clock.Micros : null)
    {
        Seen = SeenBy(turn),
        Owner = turn.Flow is not { } flow ? null : flow.IsOver ? Assignee.AiAgent : Assignee.Flow,
    };

    private static bool IsByFlow(DecidedTurn turn, Decision decision) => decision switch
    {
        Decision.Send send => send.ByFlow,
        Decision.Reply reply => reply.ByFlow,
        Decision.HandOff { Reason: HandoffReason.FlowRequested or HandoffReason.FlowFailed } => turn.Flow is not null,
        _ => false,
    };

    private static string ReasonWord(Decision.HandOff handOff) => handOff.Word ?? ReasonWord(handOff.Reason);

    /// <summary>The word under which a reason is stored and counted, e.g. customer_asked.</summary>
    public static string ReasonWord(HandoffReason reason) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
