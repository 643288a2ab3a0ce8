using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Campaigns;

/// <summary>Where a campaign stands, as stored and as the API says it.</summary>
internal static class CampaignState
{
    public const string Draft = "draft";

    /// <summary>Its audience is being read and checked, row by row.</summary>
    public const string Checking = "checking";
    public const string Checked = "checked";

    /// <summary>Started, and its time has not come.</summary>
    public const string Scheduled = "scheduled";
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Done = "done";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> All { get; } = [Draft, Checking, Checked, Scheduled, Running, Paused, Done, Cancelled];

    public static bool IsOpen(string state) => state is Draft or Checked;
}

/// <summary>Where a recipient's value comes from.</summary>
/// <param name="From">column (of the file), field (of the contact: name, phone, or one of the business's own) or constant.</param>
/// <param name="Name">The column's or the field's.</param>
/// <param name="Value">The words themselves, for constant.</param>
/// <param name="Otherwise">What stands in for an empty value; null skips the recipient then.</param>
internal sealed record CampaignVariable(string From, string? Name = null, string? Value = null, string? Otherwise = null);

/// <summary>What is said.</summary>
/// <param name="Name">Of an approved template of the number's account.</param>
/// <param name="Languages">In which it may go, the first for whoever speaks none of them.</param>
/// <param name="Variables">By the template's fields: <c>body.1</c>, <c>header.1</c>, <c>buttons[0]</c>.</param>
internal sealed record CampaignTemplate(string Name, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, CampaignVariable> Variables)
{
    public OutboundContent.Media? HeaderMedia { get; init; }

    public OutboundContent.Location? HeaderLocation { get; init; }
}

/// <summary>Who gets it.</summary>
/// <param name="Kind">all, segment, contacts (named one by one) or csv.</param>
/// <param name="SegmentId">Of a segment.</param>
/// <param name="ContactIds">Of contacts, 1000 at most.</param>
internal sealed record CampaignAudience(string Kind, long? SegmentId = null, IReadOnlyList<long>? ContactIds = null)
{
    public const string All = "all";
    public const string Segment = "segment";
    public const string Contacts = "contacts";
    public const string Csv = "csv";
    public const int MostContacts = 1000;
}

/// <summary>When it leaves.</summary>
/// <param name="At">At this instant; null with no local time: at once.</param>
/// <param name="LocalAt">At this hour in each customer's time zone: 2026-05-04T10:00.</param>
internal sealed record CampaignSchedule(DateTimeOffset? At = null, string? LocalAt = null);

/// <summary>Why nothing of a running campaign leaves at the moment.</summary>
/// <param name="Code">tier_used_up, other_zones or last_on_their_way.</param>
/// <param name="Reason">The same as a sentence.</param>
internal sealed record CampaignWait(string Code, string Reason)
{
    public static CampaignWait OtherZones { get; } = new("other_zones", "Waits for the hour in the other customers' time zones.");

    public static CampaignWait LastOnTheirWay { get; } = new("last_on_their_way", "All are queued; the last of them are on their way.");

    public static CampaignWait Tier(long customers) => new(
        "tier_used_up", $"This number may write to {customers} customers a day first, and has. It goes on by itself.");
}

/// <summary>A campaign as stored; instants are microseconds UTC.</summary>
internal sealed class Campaign
{
    /// <summary>Messages a minute when nobody says otherwise: ten a second.</summary>
    public const int UsualPace = 600;

    /// <summary>A campaign at work is looked at again by then, unless it waits for an hour of the day.</summary>
    public const long LongestRest = 2 * Instants.Minute;

    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    public long InboxId { get; init; }

    public string State { get; init; } = CampaignState.Draft;

    public string Template { get; init; } = "";

    public string Audience { get; init; } = "";

    public string Schedule { get; init; } = "";

    public long Pace { get; init; }

    public long HoldOut { get; init; }

    public long Seed { get; init; }

    public long? FillCursor { get; init; }

    public long StartsAfter { get; init; }

    public long PacedUntil { get; init; }

    public long? NextAt { get; init; }

    public long Sweep { get; init; }

    public string? WaitCode { get; init; }

    public string? WaitReason { get; init; }

    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    public long? UploadId { get; init; }

    public string? UploadColumns { get; init; }

    public long Total { get; init; }

    public long Waiting { get; init; }

    public long Taken { get; init; }

    public long Skipped { get; init; }

    public long HeldOut { get; init; }

    public long AgentId { get; init; }

    public long? StartedBy { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? EndedAt { get; init; }

    /// <summary>True when it is to be looked at, also when what it waits for is further off than it ever is: then the clock was set back.</summary>
    public bool IsDue(long now) => NextAt is { } at
        && (at <= now || (at > now + LongestRest && (Sweep == 1 || State is CampaignState.Checking or CampaignState.Running)));

    public CampaignTemplate ReadTemplate() => Read<CampaignTemplate>(Template);

    public CampaignAudience ReadAudience() => Read<CampaignAudience>(Audience);

    public CampaignSchedule ReadSchedule() => Read<CampaignSchedule>(Schedule);

    /// <summary>Header of the file; none without one.</summary>
    public IReadOnlyList<string> Columns => UploadColumns is null ? [] : Read<List<string>>(UploadColumns);

    public static T Read<T>(string stored) => JsonSerializer.Deserialize<T>(stored, ContentJson.Options)!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, ContentJson.Options);
}
