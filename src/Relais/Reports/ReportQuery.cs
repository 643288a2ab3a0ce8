using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;

namespace Relais.Reports;

/// <summary>What every report takes.</summary>
internal sealed record ReportQuery
{
    /// <summary>today, 7d, 30d, 90d or custom.</summary>
    [FromQuery(Name = "range"), Description("today, 7d (unless told), 30d, 90d or custom.")]
    public string? Range { get; init; }

    /// <summary>custom: its first day or instant.</summary>
    [FromQuery(Name = "from"), Description("custom: 2026-05-01, a day of the tenant's time zone, or an instant.")]
    public string? From { get; init; }

    /// <summary>custom: its last day, or the instant it ends at.</summary>
    [FromQuery(Name = "until"), Description("custom: the last day, or the instant before which it ends.")]
    public string? Until { get; init; }

    /// <summary>Only this number.</summary>
    [FromQuery(Name = "inbox"), Description("Only this number.")]
    public string? Inbox { get; init; }

    /// <summary>Only what this person did.</summary>
    [FromQuery(Name = "agent"), Description("Only what this person did.")]
    public string? Agent { get; init; }

    /// <summary>Only conversations that bear this label now.</summary>
    [FromQuery(Name = "label"), Description("Only conversations that bear this label now.")]
    public string? Label { get; init; }

    /// <summary>auto, hour, day, week or month: how long a point of a chart is.</summary>
    [FromQuery(Name = "bucket"), Description("auto, hour, day, week or month: how long a point is.")]
    public string? Bucket { get; init; }

    /// <summary>Null when it can be used; otherwise the refusal that names the parameter.</summary>
    public IResult? Read(ReportPlace place, long now, out ReportRange range, out ReportSlice slice)
    {
        slice = new ReportSlice(place.TenantId, 0, 0, null, null, null);
        if (ReportRange.Read(this, place, now, out range) is { } wrong)
        {
            return wrong;
        }

        var wrongInbox = IdQuery.Read(Inbox, "inbox", out var inbox);
        var wrongAgent = IdQuery.Read(Agent, "agent", out var agent);
        var wrongLabel = IdQuery.Read(Label, "label", out var label);
        slice = new ReportSlice(place.TenantId, range.From, range.Until, inbox, agent, label);
        return wrongInbox ?? wrongAgent ?? wrongLabel;
    }
}

/// <summary>Which figures are meant.</summary>
/// <param name="From">Start of the first bucket, microseconds UTC.</param>
/// <param name="Until">End of the last.</param>
internal sealed record ReportSlice(long TenantId, long From, long Until, long? InboxId, long? AgentId, long? LabelId);

/// <summary>What reports need to know of a tenant.</summary>
internal sealed class ReportPlace
{
    public long TenantId { get; init; }

    public string TimeZone { get; init; } = "UTC";

    /// <summary>Of a bucket, microseconds; 0 before the worker has looked at a new tenant.</summary>
    public long Width { get; init; }

    /// <summary>Not null while figures are still being counted from the tables.</summary>
    public long? CountBefore { get; init; }

    public bool IsComplete => Width > 0 && CountBefore is null;

    public long UsedWidth => Width > 0 ? Width : BucketWidth.Of(TimeZone);
}
