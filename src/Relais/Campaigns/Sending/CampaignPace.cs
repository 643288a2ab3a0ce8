using Relais.Foundation;

namespace Relais.Campaigns.Sending;

/// <summary>How many recipients may be taken now, and when to look again. Pure.</summary>
/// <param name="Count">Recipients; 0: none yet.</param>
/// <param name="PacedUntil">Up to when the pace is used up once they are taken, microseconds UTC.</param>
/// <param name="Wait">Until the next look.</param>
internal readonly record struct CampaignPace(int Count, long PacedUntil, TimeSpan Wait)
{
    /// <summary>Most of one transaction: a lease is held no longer than a second for it, and memory stays flat.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Answers to customers share the number: a campaign leaves a fifth of its rate to them.</summary>
    private const double Share = 0.8;

    /// <summary>How often the worker looks at a campaign that runs; a slow one is looked at when its next message is due.</summary>
    private const long Beat = Instants.Second / 4;

    /// <summary>
    /// A token bucket without a clock of its own: each message uses up 1/rate of a second from <paramref name="pacedUntil"/> on. What was
    /// not used is lost after one beat, so that a pause is not made up for by a burst.
    /// </summary>
    /// <param name="pacedUntil">As kept with the campaign.</param>
    /// <param name="now">Microseconds UTC.</param>
    /// <param name="perMinute">What the campaign asks for.</param>
    /// <param name="numberRate">Messages a second the number may send; 0 for no limit.</param>
    public static CampaignPace Next(long pacedUntil, long now, long perMinute, double numberRate)
    {
        var asked = perMinute / 60.0;
        var rate = numberRate > 0 ? Math.Min(asked, numberRate * Share) : asked;
        var step = Instants.Second / rate;

        // A clock that was set back must not stop a campaign for as long.
        var from = Math.Min(Math.Max(pacedUntil, now - Beat), now + Math.Max(Beat, (long)step));
        var count = Math.Min(MostAtOnce, (int)Math.Floor(((now - from) / step) + 1));
        if (count <= 0)
        {
            return new CampaignPace(0, pacedUntil, TimeSpan.FromMicroseconds(Math.Max(1000, from - now)));
        }

        var until = from + (long)(count * step);
        return new CampaignPace(count, until, TimeSpan.FromMicroseconds(Math.Max(1000, Math.Max(until - now, Beat / 2))));
    }
}
