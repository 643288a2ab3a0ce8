using Relais.Campaigns.Audience;
using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns.Sending;

/// <summary>
/// After a pause or an end: takes back, a page in the caller's transaction, what of the campaign waits in the outbox. Those recipients
/// wait again; of a cancelled campaign they and all who still wait are skipped. At an end the rows of the file go.
/// </summary>
internal sealed class CampaignSweep(ChangeLog changes, Clock clock)
{
    private const int AtOnce = 500;
    private const int SkippedAtOnce = 5000;

    /// <summary>A change for each message that is taken back.</summary>
    public const int IdsNeeded = AtOnce;

    public async Task Page(Tx tx, Campaign campaign, IdRange ids)
    {
        var (tenantId, id, now) = (campaign.TenantId, campaign.Id, clock.Micros);
        var isOver = campaign.State == CampaignState.Cancelled;
        var (back, isMore) = await TakeBackStore.TakeBack(tx, tenantId, id, campaign.InboxId,
            isOver ? "The campaign was cancelled before this left." : "The campaign was paused before this left.", AtOnce);
        await changes.Append(tx, back.ConvertAll(b => new Change(ids.Next(), tenantId, "message.updated", b.ConversationId, b.MessageId, campaign.InboxId, now)));
        await CampaignStore.Count(tx, tenantId, id, back.Count, -back.Count, 0, 0);
        if (isOver && !isMore)
        {
            var skipped = await RecipientStore.SkipWaiting(tx, tenantId, id, SkipCode.Cancelled, "The campaign was cancelled first.", SkippedAtOnce, now);
            await CampaignStore.Count(tx, tenantId, id, -skipped, 0, skipped, 0);
            isMore = skipped == SkippedAtOnce;
        }

        // What the file held of people is needed no more.
        if (!isMore && campaign.State is CampaignState.Done or CampaignState.Cancelled)
        {
            isMore = await CampaignRowStore.ClearOthers(tx, tenantId, id, 0, SkippedAtOnce) == SkippedAtOnce;
        }

        // Whoever let it go on in the meantime finds it waiting.
        await CampaignStore.Swept(tx, tenantId, id, isMore, isMore || campaign.State is CampaignState.Running or CampaignState.Scheduled ? now : null);
    }
}
