using Relais.Errors;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Subscriptions.Delivering;

/// <summary>
/// In: how one attempt ended, and the lane it ran in. Out, in one transaction: the delivery's outcome, when its stream goes on, how the
/// subscription stands, and what the team is told of it. A lease that was lost records nothing: somebody else has the lane.
/// </summary>
internal sealed class DeliveryRecorder(WorkQueue queue, ErrorLog errors, Clock clock)
{
    /// <summary>Two entries at most.</summary>
    public const int IdsNeeded = 2 * ErrorLog.IdsEach;

    /// <summary>After an outage of so long everything that waits goes at once; an event that alone is refused does not hurry itself.</summary>
    private const long Outage = Instants.Hour;

    public async Task Record(Tx tx, Lease lease, Subscription subscription, Delivery delivery, PostEnd end, IdRange ids)
    {
        if ((await queue.Complete(tx, [new LaneResult(lease)])).Count == 0)
        {
            return;
        }

        await DeliveryStore.HoldStream(tx, delivery.TenantId, delivery.StreamId);
        var now = clock.Micros;
        var answered = end as PostEnd.Answered;
        var problem = end switch
        {
            PostEnd.Answered { IsTaken: true } => null,
            PostEnd.Answered { Status: >= 300 and < 400 } => "It answers with a redirect, which is not followed: enter the address it leads to.",
            PostEnd.Answered other => $"It answers with status {other.Status}.",
            PostEnd.Failed failed => failed.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var isOver = problem is not null && RetrySchedule.IsOver(delivery.FirstAt, now);
        var state = problem is null ? DeliveryState.Taken : isOver ? DeliveryState.GivenUp : DeliveryState.Waiting;
        if (!await DeliveryStore.Record(tx, delivery, state, answered?.Status, answered?.Text, problem, now))
        {
            return;
        }

        tx.AfterCommit(() => Telemetry.Posted(state switch { DeliveryState.Taken => "taken", DeliveryState.GivenUp => "given_up", _ => "failed" }));
        long? next = state == DeliveryState.Waiting ? now + RetrySchedule.Pause(delivery.Attempts + 1, Random.Shared.NextDouble()) : null;
        await DeliveryStore.SetDue(tx, delivery.TenantId, delivery.StreamId, next, now);
        if (problem is null)
        {
            await Took(tx, subscription, now);
        }
        else
        {
            await Failed(tx, subscription, delivery, problem, answered?.Status == 410, isOver, ids, now);
        }
    }

    private static async Task Took(Tx tx, Subscription s, long now)
    {
        if (s.FailingSince is { } since && now - since >= Outage)
        {
            await DeliveryStore.Hurry(tx, s.TenantId, s.Id, now);
        }

        if (s.FailingSince is not null || s.TakenAt is null || now - s.TakenAt >= Instants.Minute)
        {
            await SubscriptionStore.Took(tx, s.TenantId, s.Id, now);
        }
    }

    private async Task Failed(Tx tx, Subscription s, Delivery delivery, string problem, bool isGone, bool isOver, IdRange ids, long now)
    {
        // As it stands now: another of its events may have been taken while this one was on its way.
        var since = await SubscriptionStore.Failed(tx, s.TenantId, s.Id, problem, now);
        if (isGone || RetrySchedule.IsOver(since, now))
        {
            var why = isGone ? "It answered 410, which says that it wants no more." : $"It took nothing for three days. {problem}";
            if (await SubscriptionStore.Retire(tx, s.TenantId, s.Id, why, now))
            {
                tx.AfterCommit(() => Telemetry.SubscriptionsRetired.Add(1));
                await errors.Append(tx, [new ErrorEntry(s.TenantId, null, "webhook", "subscription_retired", null,
                    $"The webhook to {s.Host} was ended. {why} Mend it, turn the webhook on again and replay what it missed.") { IsCritical = true, At = now }], ids);
            }
        }
        else if (isOver)
        {
            await errors.Append(tx, [new ErrorEntry(s.TenantId, null, "webhook", "event_given_up", null,
                $"The event {SignedPost.WebhookId(delivery.Id)} ({delivery.Type}) was given up: {s.Host} refused it for three days. {problem} Replay it once that is mended.") { At = now }], ids);
        }
    }
}
