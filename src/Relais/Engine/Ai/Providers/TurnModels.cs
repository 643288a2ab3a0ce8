using Microsoft.Extensions.AI;
using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// Enters: a turn and its tools. Leaves: the agent's decisions. Promises: without a configured model nothing but the built-in agent is in the way; with one,
/// the budgets are read before the first call and each call is recorded after the last one, best effort: a turn is not lost for its bill.
/// </summary>
internal sealed class TurnModels(
    AiAgent agent, IChatClient builtIn, ModelDirectory directory, TurnPictures pictures, WorkQueue queue, Database database, Ids ids, ErrorLog errors,
    ReadReceipts receipts, Clock clock, ILogger<TurnModels> log)
{
    private const int CallsInFiveMinutes = 20;
    private const int CallsInADay = 200;

    public async Task<IReadOnlyList<Decision>> Decide(DueTurn due, TurnTools tools, CancellationToken cancel)
    {
        if (!directory.IsLoaded)
        {
            await directory.Load(cancel);
        }

        var models = directory.Of(due.Turn.TenantId);
        if (models.Count == 0)
        {
            return await agent.Decide(due.Turn, builtIn, tools, cancel);
        }

        using var chain = new ModelChain(
            models, builtIn, ModelChainLimits.Default, token => Allowance(due, token), TimeProvider.System, log);
        try
        {
            var turn = models.Any(m => m.Setup.ReadsImages && !m.Rests) ? await pictures.Show(due.Turn, cancel) : due.Turn;
            return await agent.Decide(turn, chain, tools, cancel);
        }
        finally
        {
            due.Turn.Notes?.Asked(chain.Calls);
            await Record(due, chain.Calls);
        }
    }

    private async Task<Allowance> Allowance(DueTurn due, CancellationToken cancel)
    {
        var turn = due.Turn;
        var used = await database.Read(
            Scope.Tenant(turn.TenantId), tx => UsageStore.Lately(tx, turn.TenantId, turn.ContactId, turn.ConversationId, clock.Micros), cancel);
        var allowance = new Allowance(
            Math.Min(CallsInFiveMinutes - used.CallsInFiveMinutes, CallsInADay - used.CallsInADay),
            used.DailyCost - used.CostInADay)
        {
            Tokens = Least(used.TokensLeft, used.ConversationTokens - used.TokensInConversation),
        };
        if (allowance.Allows([]) && !due.Turn.IsDraft && due.LastProviderId is { } seen)
        {
            // A model takes seconds: the customer sees that they are read and somebody writes.
            receipts.Send([new ReadReceipt(due.InboxId, seen, Typing: true)]);
        }

        return allowance;
    }

    private static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);

    private async Task Record(DueTurn due, IReadOnlyList<ModelCall> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var (turn, now) = (due.Turn, clock.Micros);
        var lasting = calls.Where(c => c.Failure?.NeedsAPerson == true).Select(c => Entry(due, c, now)).ToList();
        try
        {
            var range = await ids.Take(calls.Count + (lasting.Count * ErrorLog.IdsEach));
            await database.Write(Scope.Pipeline, async tx =>
            {
                range.Rewind();
                foreach (var call in calls)
                {
                    await UsageStore.Insert(tx, new StoredUsage(
                        turn.TenantId, range.Next(), turn.ConversationId, turn.ContactId, call.Setup.Provider, call.Setup.Name, call.TokensIn,
                        call.TokensOut, call.CostMicros, Instants.ToMicros(call.Took), call.Failure?.Word ?? "answered", now));
                }

                await errors.Append(tx, lasting, range);
                if (due.WantsSummary)
                {
                    await queue.Wake(tx, [new LaneWake(LaneKind.Summary, turn.ConversationId, turn.TenantId)]);
                }
            });
        }
        catch (StorageUnavailableException)
        {
            log.LogWarning("The usage of {Count} model calls could not be recorded", calls.Count);
        }
    }

    private static ErrorEntry Entry(DueTurn due, ModelCall call, long now) => new(
        due.Turn.TenantId, null, "model", call.Failure!.Word, null,
        call.Failure is ModelFailure.SpendLimit
            ? $"{call.Setup} has no credit left or reached its spend limit. Raise it at the provider; meanwhile the next model answers."
            : $"{call.Setup} refuses the key, the model's name or the address. Check them; meanwhile the next model answers.")
    {
        ConversationId = due.Turn.ConversationId,
        At = now,
    };
}
