using System.Text.Json;
using Relais.Campaigns.Audience;
using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Campaigns.Sending;

/// <summary>
/// Takes the next recipients of a campaign and offers their messages to the gate, in the caller's transaction: messages, recipients'
/// marks and counts are one commit, so that a process may die anywhere and nobody gets it twice or is forgotten.
/// </summary>
internal sealed class CampaignSending(
    SendGate gate, Addressing addressing, InboxDirectory inboxes, CampaignTiers tiers, Settings settings, Clock clock)
{
    /// <summary>For each recipient a conversation, a message and a change.</summary>
    public const int IdsNeeded = CampaignPace.MostAtOnce * 5;

    /// <summary>How long a campaign rests that can do nothing for now.</summary>
    private const long Rest = 30 * Instants.Second;

    /// <summary>How often it is looked whether the last messages have left.</summary>
    private const long LastLook = 2 * Instants.Second;

    /// <summary>One batch of a campaign that is held and runs. </summary>
    public async Task Batch(Tx tx, Campaign campaign, IdRange ids)
    {
        var now = clock.Micros;
        if (campaign.State == CampaignState.Scheduled)
        {
            await CampaignStore.Move(tx, campaign.TenantId, campaign.Id, CampaignState.Running, now, now);
            await RecipientStore.StampHeldOut(tx, campaign.TenantId, campaign.Id, now);
        }
        else if (campaign.PacedUntil == 0)
        {
            await RecipientStore.StampHeldOut(tx, campaign.TenantId, campaign.Id, now);
        }

        var wanted = campaign.ReadTemplate();
        var inbox = inboxes.Find(campaign.InboxId);
        if (await Stops(tx, campaign, inbox, wanted) is { } stop)
        {
            await CampaignStore.Move(tx, campaign.TenantId, campaign.Id, CampaignState.Paused, null, now, stop.Code, stop.Reason);
            return;
        }

        var pace = CampaignPace.Next(campaign.PacedUntil, now, campaign.Pace, NumberLimits.Of(inbox, settings.SendRate).Rate);
        if (pace.Count == 0)
        {
            await CampaignStore.Paced(tx, campaign.TenantId, campaign.Id, pace.From, now + Micros(pace.Wait), Wait(campaign));
            return;
        }

        var free = await tiers.Free(tx, inbox!, now);
        if (free == 0)
        {
            await CampaignStore.Paced(tx, campaign.TenantId, campaign.Id, campaign.PacedUntil, now + Rest,
                CampaignWait.Tier(MessagingTier.Customers(inbox!.Tier) ?? 0));
            return;
        }

        var most = Math.Min(pace.Count, free ?? int.MaxValue);
        var (batch, later) = await Next(tx, campaign, most, now);
        if (batch.Count == 0)
        {
            await Rests(tx, campaign, later, now);
            return;
        }

        var (taken, stopped) = await Offer(tx, campaign, wanted, batch, ids, now);
        await RecipientStore.Take(tx, taken);
        var (queued, skipped) = (taken.Count(t => t.State == RecipientState.Taken), taken.Count(t => t.State == RecipientState.Skipped));
        await CampaignStore.Count(tx, campaign.TenantId, campaign.Id, -queued - skipped, queued, skipped, 0);
        tiers.Took(tx, inbox!, queued);
        tx.AfterCommit(() =>
        {
            Telemetry.CampaignTook("queued", queued);
            Telemetry.CampaignTook("skipped", skipped);
        });
        if (stopped is { } why)
        {
            await CampaignStore.Move(tx, campaign.TenantId, campaign.Id, CampaignState.Paused, null, now, why.Code, why.Reason);
            return;
        }

        // Whoever was skipped used up nothing.
        var wait = queued == pace.Count ? Micros(pace.Wait) : Math.Max(0, pace.Until(queued) - now);
        await CampaignStore.Paced(tx, campaign.TenantId, campaign.Id, pace.Until(queued), now + wait, null);
    }

    /// <summary>What keeps all of it from leaving, whoever comes next.</summary>
    private static async Task<(string Code, string Reason)?> Stops(Tx tx, Campaign campaign, Inbox? inbox, CampaignTemplate wanted)
    {
        if (inbox is null)
        {
            return ("number_missing", "The number of this campaign is not connected any more.");
        }

        if (inbox.Pause is { } pause)
        {
            return ("number_paused", $"The number sends nothing for now: {pause.Reason}");
        }

        return await CampaignTemplates.Load(tx, campaign.TenantId, campaign.InboxId, wanted) is { Code: { } code, Problem: { } problem } ? (code, problem) : null;
    }

    /// <summary>The next recipients whose time has come, and when the next ones' comes.</summary>
    private static async Task<(List<WaitingRecipient> Batch, long? Later)> Next(Tx tx, Campaign campaign, int most, long now)
    {
        var zones = await RecipientStore.Zones(tx, campaign.TenantId, campaign.Id);
        var due = zones.FindAll(z => z.DueAt <= now);
        var batch = due.Count == 0 ? []
            : await RecipientStore.Next(tx, campaign.TenantId, campaign.Id, due.Count == zones.Count ? null : due.ConvertAll(z => z.Zone), most);
        return (batch, zones.Find(z => z.DueAt > now)?.DueAt);
    }

    private static async Task Rests(Tx tx, Campaign campaign, long? later, long now)
    {
        var (tenantId, id) = (campaign.TenantId, campaign.Id);
        if (later is { } next)
        {
            await CampaignStore.Paced(tx, tenantId, id, campaign.PacedUntil, next, CampaignWait.OtherZones);
        }
        else if (await TakeBackStore.IsUnderway(tx, tenantId, id, campaign.InboxId))
        {
            await CampaignStore.Paced(tx, tenantId, id, campaign.PacedUntil, now + LastLook, CampaignWait.LastOnTheirWay);
        }
        else
        {
            await CampaignStore.Move(tx, tenantId, id, CampaignState.Done, now, now);
            await CampaignStore.Swept(tx, tenantId, id, isMore: true, now);
        }
    }

    private async Task<(List<Taken> Taken, (string Code, string Reason)? Stopped)> Offer(
        Tx tx, Campaign campaign, CampaignTemplate wanted, List<WaitingRecipient> batch, IdRange ids, long now)
    {
        var (tenantId, id) = (campaign.TenantId, campaign.Id);
        var templates = await CampaignTemplates.Load(tx, tenantId, campaign.InboxId, wanted);
        var contacts = await CampaignContactStore.Some(tx, tenantId, batch.ConvertAll(r => r.ContactId), withFields: false);
        var (inside, gone) = await Inside(tx, campaign, batch, now);
        if (gone is not null)
        {
            return ([], gone);
        }

        var taken = new List<Taken>(batch.Count);
        var asked = new Dictionary<long, WaitingRecipient>(batch.Count);
        foreach (var recipient in batch)
        {
            // Looked at before a conversation is opened for somebody who gets nothing.
            var contact = contacts.GetValueOrDefault(recipient.ContactId);
            if (contact is null || contact.MergedInto is not null || !contact.HasAddress)
            {
                taken.Add(new Taken(tenantId, id, recipient.Position, RecipientState.Skipped, SkipCode.NoContact, "This contact is gone, or has no number on WhatsApp any more.", null, null, now));
            }
            else if (inside?.Contains(contact.Id) == false)
            {
                taken.Add(new Taken(tenantId, id, recipient.Position, RecipientState.Skipped, SkipCode.LeftSegment, "This customer is not in the segment any more.", null, null, now));
            }
            else if (RecipientPlan.Refusal(contact, templates.ByLanguage[recipient.Language].Category, now) is { } refused)
            {
                taken.Add(new Taken(tenantId, id, recipient.Position, RecipientState.Skipped, refused.Code, refused.Reason, null, null, now));
            }
            else
            {
                asked[recipient.ContactId] = recipient;
            }
        }

        if (asked.Count == 0)
        {
            return (taken, null);
        }

        var places = await addressing.Contacts(tx, tenantId, [.. asked.Keys], campaign.InboxId, ids);
        var why = new UnaskedWhy(UnaskedWhy.Campaign, id, $"campaign {campaign.Name}, started by a person");
        var requests = places.ConvertAll(place => place.Unasked(
            RecipientPlan.Content(wanted, asked[place.ContactId].Language, Values(asked[place.ContactId])), Author.System, why, SendPurpose.Marketing) with
        {
            TierChecked = true,
        });
        var answers = await gate.Offer(tx, requests, ids);
        (string, string)? stopped = null;
        for (var i = 0; i < answers.Count; i++)
        {
            var (place, recipient) = (places[i], asked[places[i].ContactId]);
            switch (answers[i].Decision)
            {
                // The template itself fell away a moment ago, or the platform stops the business: nobody else would get it either, so they wait.
                case SendDecision.Refused { Code: "template_unknown" or "template_not_approved" or "template_not_supported" or MonthlyMessages.Reached or MonthlyMessages.Suspended } no:
                    stopped = (no.Code, no.Reason);
                    break;
                case SendDecision.Refused no:
                    taken.Add(new Taken(tenantId, id, recipient.Position, RecipientState.Skipped, no.Code, no.Reason, null, null, now));
                    break;
                default:
                    taken.Add(new Taken(tenantId, id, recipient.Position, RecipientState.Taken, null, null, place.ConversationId, answers[i].MessageId, now));
                    break;
            }
        }

        return (taken, stopped);
    }

    /// <summary>Of a segment: who of them is still in it, for the list may be days old. Null: the audience is no segment.</summary>
    private static async Task<(HashSet<long>? Contacts, (string Code, string Reason)? Gone)> Inside(Tx tx, Campaign campaign, List<WaitingRecipient> batch, long now)
    {
        if (campaign.ReadAudience() is not { Kind: CampaignAudience.Segment, SegmentId: { } id })
        {
            return (null, null);
        }

        return await SegmentStore.Find(tx, campaign.TenantId, id) is { } segment
            ? (await SegmentStore.Among(tx, campaign.TenantId, SegmentRules.Stored(segment.Rules), batch.ConvertAll(r => r.ContactId), now), null)
            : (null, ("segment_missing", "The segment of this campaign was deleted: nobody can say any more who was meant."));
    }

    private static Dictionary<string, string> Values(WaitingRecipient recipient) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(recipient.Variables, ContentJson.Options)!;

    private static CampaignWait? Wait(Campaign campaign) => campaign is { WaitCode: { } code, WaitReason: { } reason } ? new CampaignWait(code, reason) : null;

    private static long Micros(TimeSpan span) => Instants.ToMicros(span);
}
