using Relais.Foundation;

namespace Relais.Campaigns;

/// <param name="Id">Ours.</param>
/// <param name="Name">As people know it.</param>
/// <param name="InboxId">The number it goes out from.</param>
/// <param name="State">draft, checking, checked, scheduled, running, paused, done or cancelled.</param>
/// <param name="Template">What is said.</param>
/// <param name="Audience">Who gets it.</param>
/// <param name="Schedule">When it leaves.</param>
/// <param name="PacePerSecond">Messages a second at most.</param>
/// <param name="HoldOutPercent">So many get nothing.</param>
/// <param name="Columns">Header of the file, when there is one.</param>
/// <param name="Total">Recipients found; the sum of the four that follow.</param>
/// <param name="Waiting">Of those: not yet queued.</param>
/// <param name="Queued">Of those: handed to the number, whatever became of it.</param>
/// <param name="Skipped">Of those: get nothing, each with a reason.</param>
/// <param name="HeldOut">Of those: drawn to get nothing.</param>
/// <param name="WaitCode">Running: why nothing leaves at the moment (tier_used_up, other_zones, last_on_their_way); null while it does.</param>
/// <param name="WaitReason">The same as a sentence.</param>
/// <param name="ReasonCode">Paused, or back to draft: why.</param>
/// <param name="Reason">The same as a sentence.</param>
/// <param name="TakingBack">True while what had not left is being taken back.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
/// <param name="StartedAt">ISO-8601 UTC, or null.</param>
/// <param name="EndedAt">ISO-8601 UTC, or null.</param>
internal sealed record CampaignJson(
    long Id, string Name, long InboxId, string State, CampaignTemplate Template, CampaignAudience Audience, CampaignSchedule Schedule,
    double PacePerSecond, long HoldOutPercent, IReadOnlyList<string> Columns, long Total, long Waiting, long Queued, long Skipped, long HeldOut,
    string? WaitCode, string? WaitReason, string? ReasonCode, string? Reason, bool TakingBack, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public static CampaignJson Of(Campaign c) => new(
        c.Id, c.Name, c.InboxId, c.State, c.ReadTemplate(), c.ReadAudience(), c.ReadSchedule(), Math.Round(c.Pace / 60.0, 3), c.HoldOut, c.Columns,
        c.Total, c.Waiting, c.Taken, c.Skipped, c.HeldOut, c.WaitCode, c.WaitReason, c.ReasonCode, c.Reason, c.Sweep == 1,
        Instants.FromMicros(c.CreatedAt), Instants.FromMicros(c.UpdatedAt), Instants.FromMicros(c.StartedAt), Instants.FromMicros(c.EndedAt));
}
