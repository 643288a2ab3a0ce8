using NodaTime;
using NodaTime.Text;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Campaigns;

/// <summary>Sets when a checked campaign leaves, in each time zone of its recipients.</summary>
internal sealed class CampaignStart
{
    private static readonly LocalDateTimePattern Written = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>The local time as people write it; null when it is none.</summary>
    public static LocalDateTime? ReadLocal(string? text) =>
        text is not null && Written.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>Microseconds UTC. A time that a zone skips in spring is the first one after it; one that comes twice its first.</summary>
    public static long DueIn(CampaignSchedule schedule, string zone, long now)
    {
        if (ReadLocal(schedule.LocalAt) is { } local)
        {
            var place = Zones.Of(zone);
            return local.InZoneLeniently(place).ToInstant().ToUnixTimeTicks() / 10;
        }

        return schedule.At is { } at ? Instants.ToMicros(at) : now;
    }

    /// <summary>The campaign is held by the caller, and checked.</summary>
    public async Task<string> Begin(Tx tx, Campaign campaign, long? by, long now)
    {
        var (tenantId, id, schedule) = (campaign.TenantId, campaign.Id, campaign.ReadSchedule());
        var first = DueIn(schedule, "UTC", now);
        foreach (var (zone, i) in (await RecipientStore.Zones(tx, tenantId, id)).Select((z, i) => (z.Zone, i)))
        {
            var dueAt = DueIn(schedule, zone, now);
            first = i == 0 ? dueAt : Math.Min(first, dueAt);

            // At once is at once, also when the clock is set back to before it.
            await RecipientStore.SetDue(tx, tenantId, id, zone, schedule is { At: null, LocalAt: null } ? 0 : dueAt);
        }

        await CampaignStore.Started(tx, tenantId, id, by);
        var state = first > now ? CampaignState.Scheduled : CampaignState.Running;
        await CampaignStore.Move(tx, tenantId, id, state, Math.Max(first, now), now);
        return state;
    }
}
