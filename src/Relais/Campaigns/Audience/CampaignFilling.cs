using Relais.Channels;
using Relais.Conversations;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns.Audience;

/// <summary>
/// Fills the list of recipients, a page in the caller's transaction: the page, the counts and the mark up to where it was read are one
/// commit, so that a process may die anywhere and nobody is listed twice or left out. Memory holds one page.
/// </summary>
internal sealed class CampaignFilling(WorkQueue queue, CampaignStart start, Clock clock)
{
    public const int PageSize = 500;

    /// <summary>For each row at most a contact.</summary>
    public const int IdsNeeded = PageSize + 16;

    private const int ClearedAtOnce = 5000;

    /// <summary>One page of a campaign that is held and being checked.</summary>
    public async Task Page(Tx tx, Campaign campaign, IdRange ids)
    {
        var (tenantId, id, now) = (campaign.TenantId, campaign.Id, clock.Micros);
        if (campaign.FillCursor < 0)
        {
            await Clear(tx, campaign, now);
            return;
        }

        var wanted = campaign.ReadTemplate();
        var templates = await CampaignTemplates.Load(tx, tenantId, campaign.InboxId, wanted);
        if (templates.Code is { } code)
        {
            await CampaignStore.Move(tx, tenantId, id, CampaignState.Draft, null, now, code, templates.Problem);
            return;
        }

        var plan = new RecipientPlan(wanted, templates.ByLanguage, campaign.Columns, campaign.HoldOut, campaign.Seed);
        var (page, next) = campaign.ReadAudience() is { Kind: CampaignAudience.Csv }
            ? await FromFile(tx, campaign, plan, ids, now)
            : await FromContacts(tx, campaign, plan, now);
        await Keep(tx, campaign, page);
        if (next is { } cursor)
        {
            await CampaignStore.Filled(tx, tenantId, id, cursor, now);
        }
        else
        {
            await Finish(tx, campaign, now);
        }
    }

    private static async Task Clear(Tx tx, Campaign campaign, long now)
    {
        var (tenantId, id) = (campaign.TenantId, campaign.Id);
        var isDone = await RecipientStore.Clear(tx, tenantId, id, ClearedAtOnce) < ClearedAtOnce
            && await CampaignRowStore.ClearOthers(tx, tenantId, id, campaign.UploadId ?? 0, ClearedAtOnce) < ClearedAtOnce;
        if (isDone)
        {
            await RecipientStore.ClearZones(tx, tenantId, id);
        }

        await CampaignStore.Filled(tx, tenantId, id, isDone ? 0 : -1, now);
    }

    private static async Task<(List<Recipient> Page, long? Next)> FromContacts(Tx tx, Campaign campaign, RecipientPlan plan, long now)
    {
        var after = campaign.FillCursor ?? 0;
        var audience = campaign.ReadAudience();
        var found = await PageOf(tx, campaign.TenantId, audience, after, now);
        var contacts = await CampaignContactStore.Some(tx, campaign.TenantId, found, plan.NeedsFields);
        List<Recipient> page = [.. found.Where(contacts.ContainsKey).Select(id => plan.Of(id, contacts[id], null, now))];
        return (page, found.Count < PageSize ? null : found[^1]);
    }

    /// <summary>A page of the audience, in the order of the contacts' ids; nobody of a segment that is gone.</summary>
    private static async Task<List<long>> PageOf(Tx tx, long tenantId, CampaignAudience audience, long after, long now)
    {
        switch (audience)
        {
            case { Kind: CampaignAudience.Contacts, ContactIds: { } named }:
                return [.. named.Where(id => id > after).Distinct().Order().Take(PageSize)];
            case { Kind: CampaignAudience.Segment, SegmentId: { } segment }:
                return await SegmentStore.Find(tx, tenantId, segment) is { } found
                    ? await SegmentStore.PageOfContacts(tx, tenantId, SegmentRules.Stored(found.Rules), after, PageSize, now) : [];
            default:
                return await CampaignContactStore.PageOfAll(tx, tenantId, after, PageSize);
        }
    }

    private static async Task<(List<Recipient> Page, long? Next)> FromFile(Tx tx, Campaign campaign, RecipientPlan plan, IdRange ids, long now)
    {
        var (tenantId, after) = (campaign.TenantId, campaign.FillCursor ?? 0);
        var rows = await CampaignRowStore.Page(tx, tenantId, campaign.Id, campaign.UploadId ?? 0, after, PageSize);
        var numbers = rows.Select(r => (Row: r, Number: PhoneNumbers.ToE164(r.Phone))).ToList();
        var seen = numbers.Where(n => n.Number is not null)
            .ToDictionary(n => n.Row.RowNo, n => new SeenContact(tenantId, null, n.Number, null, null));
        if (seen.Count > 0)
        {
            await ContactStore.Resolve(tx, [.. seen.Values], ids, now);
        }

        var contacts = await CampaignContactStore.Some(tx, tenantId, [.. seen.Values.Select(s => s.ContactId)], plan.NeedsFields);
        var (zone, language) = ("UTC", plan.Template.Languages[0]);
        var page = new List<Recipient>(rows.Count);
        foreach (var (row, number) in numbers)
        {
            page.Add(number is not null && contacts.TryGetValue(seen[row.RowNo].ContactId, out var contact)
                ? plan.Of(row.RowNo, contact, row.Cells, now) with { Phone = Shown(row.Phone) }
                : new Recipient(row.RowNo, null, Shown(row.Phone), zone, language, new Dictionary<string, string>(StringComparer.Ordinal), RecipientState.Skipped,
                    SkipCode.WrongNumber, row.Phone.Trim().Length == 0 ? "The row has no phone number." : "This is no phone number with its country code."));
        }

        return (page, rows.Count < PageSize ? null : rows[^1].RowNo);
    }

    /// <summary>Whoever stands in the list already, on this page or before, is reported as a double.</summary>
    private static async Task Keep(Tx tx, Campaign campaign, List<Recipient> page)
    {
        var (tenantId, id) = (campaign.TenantId, campaign.Id);
        var first = page.Where(r => r.ContactId is null).Concat(page.Where(r => r.ContactId is not null).DistinctBy(r => r.ContactId)).ToList();
        var kept = await RecipientStore.Insert(tx, tenantId, id, first);
        var doubles = page.Where(r => !kept.Contains(r.Position)).Select(r => (r with { ContactId = null })
            .Skip(SkipCode.Duplicate, "This customer stands in the list already: nobody gets a campaign twice.")).ToList();
        await RecipientStore.Insert(tx, tenantId, id, doubles);
        var all = first.Where(r => kept.Contains(r.Position)).Concat(doubles).ToList();
        await CampaignStore.Count(tx, tenantId, id, all.Count(r => r.State == RecipientState.Waiting), 0,
            all.Count(r => r.State == RecipientState.Skipped), all.Count(r => r.State == RecipientState.HeldOut));
    }

    private async Task Finish(Tx tx, Campaign campaign, long now)
    {
        await CampaignStore.Move(tx, campaign.TenantId, campaign.Id, CampaignState.Checked, null, now);
        if (campaign.StartsAfter == 1)
        {
            var full = (await CampaignStore.Find(tx, campaign.TenantId, campaign.Id))!;
            await start.Begin(tx, full, campaign.StartedBy, now);
            await queue.Wake(tx, [new LaneWake(LaneKind.Campaign, campaign.Id, campaign.TenantId)]);
        }
    }

    private static string Shown(string phone) => ShortText.Fit(phone.Trim(), 40);
}
