using System.Globalization;

namespace Relais.Channels;

/// <summary>What a person reads of a place: its name and address, else its coordinates.</summary>
internal static class PlaceWords
{
    public static string Of(InboundContent.Location place) => (place.Name, place.Address) switch
    {
        ({ } name, { } address) => $"{name}, {address}",
        ({ } name, null) => name,
        (null, { } address) => address,
        _ => place is { Latitude: { } latitude, Longitude: { } longitude }
            ? string.Create(CultureInfo.InvariantCulture, $"{latitude}, {longitude}")
            : string.Empty,
    };
}
