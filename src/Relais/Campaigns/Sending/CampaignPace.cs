using Relais.Foundation;

namespace Relais.Campaigns.Sending;

/// <summary>How many recipients may be taken now, and when to look again. Pure.</summary>
/// <param name="Count">Recipients; 0: none yet.</param>
/// <param name="From">Up to when the pace is used up, microseconds UTC.</param>
/// <param name="Step">Microseconds that each message uses up.</param>
/// <param name="Wait">Until the next look.</param>
internal readonly record struct CampaignPace(int Count, long From, double Step, TimeSpan Wait)
{
    /// <summary>Most of one transaction: a lease is held no longer than a second for it, and memory stays flat.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Answers to customers share the number: a campaign leaves a fifth of its rate to them.</summary>
    public const double Share = 0.8;

    /// <summary>What was not used of the pace is lost after this, so that a pause is not made up for by a burst.</summary>
    public const long Credit = Instants.Second;

    /// <summary>How often the worker looks at a campaign that runs; a slow one is looked at when its next message is due.</summary>
    private const long Beat = Instants.Second / 8;

    /// <summary>A token bucket without a clock of its own: each message uses up 1/rate of a second from <paramref name="pacedUntil"/> on.</summary>
    /// <param name="pacedUntil">As kept with the campaign.</param>
    /// <param name="now">Microseconds UTC.</param>
    /// <param name="perMinute">What the campaign asks for.</param>
    /// <param name="numberRate">Messages a second the number may send; 0 for no limit.</param>
    public static CampaignPace Next(long pacedUntil, long now, long perMinute, double numberRate)
    {
        var asked = perMinute / 60.0;
        var step = Instants.Second / (numberRate > 0 ? Math.Min(asked, numberRate * Share) : asked);

        // A clock that was set back must not stop a campaign for as long.
        var from = Math.Min(Math.Max(pacedUntil, now - Credit), now + Math.Max(Credit, (long)step));
        var count = Math.Clamp((int)Math.Floor(((now - from) / step) + 1), 0, MostAtOnce);
        var next = count == 0 ? from : from + (long)(count * step);
        return new CampaignPace(count, from, step, TimeSpan.FromMicroseconds(Math.Max(Beat, next - now)));
    }

    /// <summary>Up to when the pace is used up once so many are taken.</summary>
    public long Until(int taken) => From + (long)(taken * Step);
}
