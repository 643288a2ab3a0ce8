using Relais.Foundation;
using Relais.Storage;

namespace Relais.Templates;

/// <summary>
/// Keeps templates in step with the providers: at start, every hour, and when somebody asks for it. One node looks at an
/// account at a time (its lane is claimed); a failed look is tried again with growing pauses.
/// </summary>
internal sealed class TemplateSyncWorker(
    Database database, WorkQueue queue, HeldLeases held, TemplateAccounts accounts, TemplateSync sync, Signals signals,
    ILogger<TemplateSyncWorker> log) : Worker(log)
{
    private static readonly TimeSpan Often = TimeSpan.FromHours(1);

    /// <summary>Twilio tells nobody when WhatsApp has decided; it takes minutes as a rule.</summary>
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMinutes(2);

    /// <summary>The first pause after a failure; each further one is four times as long, an hour at most.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    private readonly HashSet<long> woken = [];

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        await WakeNew(stopping);
        var leases = await database.Write(Scope.Pipeline, tx => queue.Claim(tx, LaneKind.Templates, 1), stopping);
        if (leases.Count == 0)
        {
            return false;
        }

        var lease = leases[0];
        held.Add(lease);
        var result = new LaneResult(lease, TimeSpan.Zero, LaneEnd.Untouched);
        try
        {
            result = await Look(lease, stopping);
        }
        finally
        {
            held.Remove(lease);
            await database.Write(Scope.Pipeline, tx => queue.Complete(tx, [result]), CancellationToken.None);
        }

        return true;
    }

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Templates).Wait(TimeSpan.FromSeconds(5), stopping);

    /// <summary>Accounts this process has not seen yet are due at once: all of them at start, others when they are connected.</summary>
    private async Task WakeNew(CancellationToken stopping)
    {
        var fresh = accounts.All.Where(a => !woken.Contains(a.Inbox.Id)).ToList();
        if (fresh.Count > 0)
        {
            await database.Write(Scope.Pipeline, tx => queue.Wake(tx, fresh.ConvertAll(a => Lane(a))), stopping);
            fresh.ForEach(a => woken.Add(a.Inbox.Id));
        }
    }

    public static LaneWake Lane(TemplateAccount account, TimeSpan delay = default) =>
        new(LaneKind.Templates, account.Inbox.Id, account.TenantId, delay);

    private async Task<LaneResult> Look(Lease lease, CancellationToken stopping)
    {
        // The lane of an inbox that is gone, or is no longer its account's first, ends here.
        if (accounts.OfInbox(lease.TenantId, lease.Key) is not { } account || account.Inbox.Id != lease.Key)
        {
            return new LaneResult(lease);
        }

        var result = await sync.Run(account, stopping);
        if (result.Problem is { } problem)
        {
            var pause = TimeSpan.FromTicks(Math.Min(Often.Ticks, FirstPause.Ticks << (2 * Math.Min(lease.Failures, 10))));
            Log.LogWarning("The templates of inbox {Inbox} could not be looked at: {Problem} Next try in {Seconds} s", lease.Key, problem, (long)pause.TotalSeconds);
            return new LaneResult(lease, pause, LaneEnd.Failed);
        }

        return new LaneResult(lease, result.Waiting > 0 && account.Inbox.IsTwilio ? WhileWaiting : Often);
    }
}
