using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;

namespace Relais.Reports;

/// <summary>What every report takes.</summary>
/// <param name="Range">today, 7d, 30d, 90d or custom.</param>
/// <param name="From">custom: its first day or instant.</param>
/// <param name="Until">custom: its last day, or the instant it ends at.</param>
/// <param name="Inbox">Only this number.</param>
/// <param name="Agent">Only what this person did.</param>
/// <param name="Label">Only conversations that bear this label now.</param>
/// <param name="Bucket">auto, hour, day, week or month: how long a point of a chart is.</param>
internal sealed record ReportQuery(
    [property: FromQuery(Name = "range"), Description("today, 7d (unless told), 30d, 90d or custom.")] string? Range,
    [property: FromQuery(Name = "from"), Description("custom: 2026-05-01, a day of the tenant's time zone, or an instant.")] string? From,
    [property: FromQuery(Name = "until"), Description("custom: the last day, or the instant before which it ends.")] string? Until,
    [property: FromQuery(Name = "inbox"), Description("Only this number.")] string? Inbox,
    [property: FromQuery(Name = "agent"), Description("Only what this person did.")] string? Agent,
    [property: FromQuery(Name = "label"), Description("Only conversations that bear this label now.")] string? Label,
    [property: FromQuery(Name = "bucket"), Description("auto, hour, day, week or month: how long a point is.")] string? Bucket)
{
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
