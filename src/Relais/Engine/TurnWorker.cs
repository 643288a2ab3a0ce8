using System.Collections.Concurrent;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Ai.Voice;
using Relais.Engine.Drafts;
using Relais.Engine.Flows;
using Relais.Engine.Handoffs;
using Relais.Engine.Why;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine;

/// <summary>
/// In: conversations with unanswered messages. Out: decisions, carried out in one transaction under the conversation's
/// version. No transaction is open while a decision is made, so a model may take its time; a person who takes over meanwhile
/// wins, because the version no longer fits. One transaction commits what was decided and claims what comes next.
/// </summary>
internal sealed class TurnWorker(
    Database database, WorkQueue queue, HeldLeases held, TurnCommitter committer, Wire wire,
    TurnAgent agent, FlowTurns flows, TurnHandoffs handoffs, Drafting drafting, VoiceWait voice,
    InboxDirectory inboxes, Ids ids, Signals signals, Clock clock, RightOfWay way, ILogger<TurnWorker> log) : Worker(log, way)
{
    /// <summary>Turns decided at once. A model turn may hold its place for 25 s; built-in turns hold theirs for microseconds.</summary>
    private const int Slots = 256;

    /// <summary>Decisions a transaction: as many as are ready, up to what one number may have on the wire at once.</summary>
    private const int CommitLimit = SendPacer.MostOnWire;

    private static readonly TimeSpan SuspectPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<DecidedTurn> decided = new();
    private readonly CancellationTokenSource stoppingTurns = new();
    private readonly AnswerLimit answers = new(TimeProvider.System);
    private int deciding;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var done = new List<DecidedTurn>();
        while (done.Count < CommitLimit && decided.TryDequeue(out var next))
        {
            done.Add(next);
        }

        var free = Slots - Volatile.Read(ref deciding);
        List<DueTurn> due = [];
        IReadOnlyList<ReadReceipt> seen = [];
        var departures = wire.Departures(queue);
        try
        {
            var range = await ids.Take(TurnCommitter.IdsNeeded(done), stopping);
            await database.Write(Scope.Pipeline, async tx =>
            {
                range.Rewind();
                seen = await committer.Commit(tx, done, range, departures);
                due = await Claim(tx, free);
            }, CancellationToken.None);
        }
        catch (Exception e) when (e is not (StorageUnavailableException or OperationCanceledException) && done.Count > 1)
        {
            // One of them cannot be committed: each goes alone, and only that one fails.
            Log.LogWarning(e, "A batch of {Count} turns failed and is committed one by one", done.Count);
            await CommitOneByOne(done);
            return true;
        }
        catch
        {
            // Nothing was written: what was decided is kept, or its held lanes would never be given back.
            done.ForEach(decided.Enqueue);
            throw;
        }

        Settled(done, seen, departures);
        if (due.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.TurnClaimed);
        }

        foreach (var turn in due)
        {
            held.Add(turn.Lease);
            Interlocked.Increment(ref deciding);
            _ = Decide(turn);
        }

        return !decided.IsEmpty || (free > 0 && due.Count == free);
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Turn).Wait(TimeSpan.FromSeconds(1), stopping);

    protected override async Task Stopped()
    {
        // A model that is still writing is cut off; the turn is not lost, its lane is given back and claimed anew.
        await stoppingTurns.CancelAsync();
        var until = Environment.TickCount64 + 2000;
        while (Volatile.Read(ref deciding) > 0 && Environment.TickCount64 < until)
        {
            await signals.Of(LaneKind.Turn).Wait(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        var leases = held.All.Where(l => l.Kind == LaneKind.Turn).ToList();
        await database.Write(Scope.Pipeline, tx =>
            queue.Complete(tx, leases.ConvertAll(l => new LaneResult(l, TimeSpan.Zero, LaneEnd.Untouched))));
    }

    /// <summary>A lane that was held at one death less than would give it to people: it is decided with no other of its kind.</summary>
    private static bool IsSuspect(Lease lease) => lease.Kind == LaneKind.Turn && lease.Failures == Router.MostFailures - 1;

    private async Task<List<DueTurn>> Claim(Tx tx, int free)
    {
        if (free <= 0)
        {
            return [];
        }

        var leases = await queue.Claim(tx, LaneKind.Turn, free);
        if (leases.Count == 0)
        {
            return [];
        }

        var (due, waiting) = await TurnStore.Load(tx, leases, ModeOf, clock.Micros);
        var hasSuspect = held.All.Any(IsSuspect);
        foreach (var turn in due)
        {
            if (IsSuspect(turn.Lease) && hasSuspect)
            {
                // Whichever of them took the process down, the next death must be its alone and not its neighbours' too.
                waiting.Add(new LaneResult(turn.Lease, SuspectPause, LaneEnd.Untouched));
                continue;
            }

            var inbox = inboxes.Find(turn.InboxId);
            if (inbox is { IsSuspended: true })
            {
                // Kept, and decided when the tenant is let in again (InboxRefresher wakes it).
                waiting.Add(new LaneResult(turn.Lease, InboxPauses.WhileSuspended, LaneEnd.Untouched));
                continue;
            }

            hasSuspect |= IsSuspect(turn.Lease);
            var route = Router.Route(turn, inbox?.Quiet ?? TimeSpan.Zero, ModeOf(turn.InboxId), clock.Micros);
            if (((route as Route.WaitFor)?.Delay ?? (route is Route.AskAiAgent or Route.Draft ? voice.Of(turn, clock.Micros) : null)) is { } wait)
            {
                waiting.Add(new LaneResult(turn.Lease, wait, LaneEnd.Untouched));
            }
            else if (turn.Turn.Unanswered.Count > 0 && !answers.TryTake(turn.Turn.ConversationId, inbox?.AnswersPerMinute ?? 0, out var minute))
            {
                // Who floods is stored and answered later, all at once: one turn takes up whatever has come by then.
                waiting.Add(new LaneResult(turn.Lease, minute, LaneEnd.Untouched));
            }
        }

        var waits = waiting.Select(w => w.Lease.Key).ToHashSet();
        var idle = leases.Where(l => !waits.Contains(l.Key)).ExceptBy(due.Select(d => d.Lease.Key), l => l.Key).Select(l => new LaneResult(l));
        await queue.Complete(tx, [.. waiting, .. idle]);
        return due.FindAll(d => !waits.Contains(d.Lease.Key));
    }

    private AiMode ModeOf(long inboxId) => inboxes.Find(inboxId)?.Mode ?? AiMode.Answer;

    private async Task Decide(DueTurn due)
    {
        await Task.Yield();
        var since = Telemetry.Now;
        using var span = TraceTrail.Stage("decide turn", System.Diagnostics.ActivityKind.Internal, due.Turn.ConversationId);
        var notes = new TurnNotes();
        due = due with { Turn = due.Turn with { Notes = notes } };
        DecidedTurn result;
        try
        {
            var route = Router.Route(due, TimeSpan.Zero, ModeOf(due.InboxId), clock.Micros);
            notes.Follows(route);
            var decisions = route switch
            {
                Route.ConfirmOptOut => OptOutAnswer(due),
                Route.RunFlow => await flows.Continue(due, stoppingTurns.Token),
                Route.ConfirmOptIn => OptInAnswer(due),
                Route.StaySilent => [],
                Route.GiveUp => HandOffAnswer(due),
                _ when MayStartFlow(due) && await flows.Start(due, stoppingTurns.Token) is { } started => started,
                Route.Draft => await drafting.Decide(due, stoppingTurns.Token),
                Route.LeaveToPeople => [new Decision.HandOff(HandoffReason.AutoRespondOff, "")],
                Route.ShowPage => [new Decision.Send(due.AskedPage!)],
                _ => await agent.Decide(due, stoppingTurns.Token),
            };
            if (due.Session is not null && !decisions.Any(d => d is Decision.RunFlow))
            {
                // Silence was asked for, or it failed again and again: the flow is over.
                decisions = [.. decisions, FlowTurns.Ended(due, route is Route.GiveUp ? new FlowEnd.Failed("error") : new FlowEnd.Abandoned("opted_out"))];
            }

            decisions = await handoffs.Worded(due, decisions, stoppingTurns.Token);
            result = new DecidedTurn(due, decisions, null) { Trace = notes.Of(decisions, due.PromptVersion) };
            CrashPoint.Pass(CrashPoint.TurnDecided);
        }
#pragma warning disable CA1031 // A failed decision is a result: the lane counts it and the third one gives the conversation to people.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!stoppingTurns.IsCancellationRequested)
            {
                Log.LogError(e, "The turn of conversation {Conversation} failed", due.Turn.ConversationId);
            }

            result = new DecidedTurn(due, null, e);
        }

        Telemetry.TurnDecided(result.Outcome, since);
        TraceTrail.Leave(due.Turn.ConversationId, span?.SetTag("relais.outcome", result.Outcome));
        decided.Enqueue(result);
        Interlocked.Decrement(ref deciding);
        signals.Of(LaneKind.Turn).Raise();
    }

    /// <summary>Flows are for customers nobody has yet; whoever is with people stays there.</summary>
    private static bool MayStartFlow(DueTurn due) => due.Assignee == Assignee.AiAgent;

    private async Task CommitOneByOne(List<DecidedTurn> done)
    {
        for (var i = 0; i < done.Count; i++)
        {
            var one = done[i];
            List<DecidedTurn> alone = [one];
            try
            {
                var departures = wire.Departures(queue);
                var range = await ids.Take(TurnCommitter.IdsNeeded(alone));
                IReadOnlyList<ReadReceipt> seen = [];
                await database.Write(Scope.Pipeline, async tx =>
                {
                    range.Rewind();
                    seen = await committer.Commit(tx, alone, range, departures);
                });
                Settled(alone, seen, departures);
            }
            catch (StorageUnavailableException)
            {
                done.Skip(i).ToList().ForEach(decided.Enqueue);
                throw;
            }
            catch (Exception e) when (e is not StorageUnavailableException)
            {
                Log.LogError(e, "The decision for conversation {Conversation} cannot be committed", one.Due.Turn.ConversationId);
                held.Remove(one.Due.Lease);
                await database.Write(Scope.Pipeline, tx =>
                    queue.Complete(tx, [new LaneResult(one.Due.Lease, TimeSpan.FromSeconds(2), LaneEnd.Failed)]));
            }
        }
    }

    private void Settled(List<DecidedTurn> done, IReadOnlyList<ReadReceipt> seen, Departures departures)
    {
        if (done.Count > 0)
        {
            CrashPoint.Pass(CrashPoint.TurnCommitted);
        }

        done.ForEach(d => held.Remove(d.Due.Lease));
        departures.Go();
        committer.Receipts.Send(seen);
    }

    private static IReadOnlyList<Decision> OptOutAnswer(DueTurn due) => [new Decision.Reply(AgentTexts.OptedOut(AiAgent.LanguageOf(due.Turn)))];

    private static IReadOnlyList<Decision> OptInAnswer(DueTurn due) => [new Decision.Reply(AgentTexts.OptedIn(AiAgent.LanguageOf(due.Turn)))];

    private static IReadOnlyList<Decision> HandOffAnswer(DueTurn due) =>
        [new Decision.HandOff(HandoffReason.ModelFailed, AgentTexts.HandOff(AiAgent.LanguageOf(due.Turn), HandoffReason.ModelFailed))];
}

/// <summary>A decision that came back, or the error that came instead.</summary>
internal sealed record DecidedTurn(DueTurn Due, IReadOnlyList<Decision>? Decisions, Exception? Error)
{
    /// <summary>Why; null when nobody noted it.</summary>
    public TurnTrace? Trace { get; init; }

    /// <summary>What a person is shown instead of the customer; null when the turn speaks for itself.</summary>
    public Decision.Suggest? Suggestion => Decisions?.OfType<Decision.Suggest>().FirstOrDefault();

    /// <summary>Where the conversation's flow stands after it; null when it has none.</summary>
    public FlowProgress? Flow => Decisions?.OfType<Decision.RunFlow>().LastOrDefault()?.Progress;

    /// <summary>In the words of docs/operate/metrics.md.</summary>
    public string Outcome => Error is OperationCanceledException ? "cancelled"
        : Decisions is null ? "failed"
        : Suggestion is not null ? "suggested"
        : Decisions.OfType<Decision.HandOff>().Any() ? "handed_off"
        : Decisions.Any(d => d is Decision.Reply or Decision.Send or Decision.Close) ? "replied"
        : "silent";
}
