using Relais.Engine.Ai;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <summary>What a business has set for hand-offs.</summary>
/// <param name="Business">Its name.</param>
/// <param name="Rules">When.</param>
/// <param name="Hours">When people are there; null: not known.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Messages">What customers are told.</param>
internal sealed record HandoffSettings(string Business, HandoffRules Rules, BusinessHours? Hours, string TimeZone, AutomaticMessages Messages)
{
    /// <summary>Nothing of its own.</summary>
    public static HandoffSettings Usual { get; } = new("", HandoffRules.Usual, null, "UTC", AutomaticMessages.Ours);

    public HoursNow HoursAt(long now) => Hours?.At(TimeZone, now) ?? new HoursNow.Unknown();
}
