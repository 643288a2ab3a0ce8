using NodaTime;

namespace Relais.Foundation;

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    /// <summary>UTC for a name that is not known: a setting from elsewhere must not stop what it is asked for.</summary>
    public static DateTimeZone Of(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc;
}
