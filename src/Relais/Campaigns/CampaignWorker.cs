using Relais.Campaigns.Audience;
using Relais.Campaigns.Sending;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns;

/// <summary>
/// In: campaigns at which it is time to look, a lane each. Out: their lists filled, their messages in the outbox, what was stopped taken
/// back; a page or a batch with its mark in one commit. Campaigns are looked for once a second by their row, so neither a restart nor
/// a clock that was set forgets one.
/// </summary>
internal sealed class CampaignWorker(
    Database database, WorkQueue queue, CampaignFilling filling, CampaignSending sending, CampaignSweep sweep, CampaignNews news, Ids ids, Signals signals, Clock clock,
    ILogger<CampaignWorker> log) : Worker(log)
{
    /// <summary>Campaigns at a time.</summary>
    private const int Most = 8;

    /// <summary>One that ends this process's work so often is left to people.</summary>
    private const int MostFailures = 5;

    private static readonly int Needed = 1 + Math.Max(CampaignFilling.IdsNeeded, Math.Max(CampaignSending.IdsNeeded, CampaignSweep.IdsNeeded));

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Read(Scope.Pipeline, tx => CampaignStore.Due(tx, clock.Micros, Most), stopping);
        var leases = await database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, due.ConvertAll(d => new LaneWake(LaneKind.Campaign, d.Id, d.TenantId)));
            return await queue.Claim(tx, LaneKind.Campaign, Most);
        }, CancellationToken.None);
        var again = await Task.WhenAll(leases.Select(Carry));
        return again.Any(soon => soon);
    }

    /// <summary>A lane's signal comes when it is due; the row is looked for at the latest after a second.</summary>
    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Campaign).Wait(TimeSpan.FromSeconds(1), stopping);

    /// <summary>True when there is more to do at once.</summary>
    private async Task<bool> Carry(Lease lease)
    {
        var range = await ids.Take(Needed, CancellationToken.None);
        var (soon, point) = await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            var campaign = await CampaignStore.Hold(tx, lease.TenantId, lease.Key, clock.Micros);
            var passed = campaign?.IsDue(clock.Micros) == true ? await Step(tx, campaign, lease, range) : null;
            var after = await CampaignStore.Find(tx, lease.TenantId, lease.Key);
            var next = after?.NextAt - clock.Micros;
            if (campaign is not null && after is not null)
            {
                await news.Tell(tx, campaign, after, range, clock.Micros);
            }

            await queue.Complete(tx, [new LaneResult(lease, next < Instants.Minute ? TimeSpan.FromMicroseconds(Math.Max(0, next.Value)) : null)]);
            if (passed is not null)
            {
                CrashPoint.Pass(passed == CrashPoint.CampaignFilled ? CrashPoint.CampaignFilling : CrashPoint.CampaignSending);
            }

            return (next <= 0, passed);
        }, CancellationToken.None);
        if (point is not null)
        {
            CrashPoint.Pass(point);
        }

        return soon;
    }

    /// <summary>What is done to it now, and the crash point after it.</summary>
    private async Task<string?> Step(Tx tx, Campaign campaign, Lease lease, IdRange range)
    {
        if (lease.Failures >= MostFailures && campaign.State is CampaignState.Checking or CampaignState.Scheduled or CampaignState.Running)
        {
            await CampaignStore.Move(tx, campaign.TenantId, campaign.Id, campaign.State == CampaignState.Checking ? CampaignState.Draft : CampaignState.Paused,
                null, clock.Micros, SkipCode.Failed, "Relais failed several times while working on this campaign. The log has the details.");
            return null;
        }

        if (campaign.Sweep == 1)
        {
            await sweep.Page(tx, campaign, range);
            return CrashPoint.CampaignSent;
        }

        switch (campaign.State)
        {
            case CampaignState.Checking:
                await filling.Page(tx, campaign, range);
                return CrashPoint.CampaignFilled;
            case CampaignState.Scheduled or CampaignState.Running:
                await sending.Batch(tx, campaign, range);
                return CrashPoint.CampaignSent;
            default:
                await CampaignStore.Swept(tx, campaign.TenantId, campaign.Id, isMore: false, null);
                return null;
        }
    }
}
