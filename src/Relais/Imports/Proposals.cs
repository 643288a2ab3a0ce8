using NodaTime.TimeZones;
using Relais.Foundation;

namespace Relais.Imports;

/// <summary>What the columns of a file are taken to be until a person says otherwise. Pure.</summary>
internal static class Proposals
{
    /// <summary>Each target once, by the words of its header; exact words go before words that are only part of one.</summary>
    public static IReadOnlyList<string?> Columns(IReadOnlyList<string> header, IReadOnlyList<ImportTarget> targets)
    {
        var folded = header.Select(TextFolding.FoldWords).ToList();
        var proposed = new string?[header.Count];
        var free = targets.ToList();
        foreach (var isWhole in new[] { true, false })
        {
            foreach (var target in free.ToList())
            {
                var words = target.Words.Append(target.Name.Split(':')[^1]).Select(TextFolding.FoldWords).Where(w => w.Length > 0).ToList();
                var place = folded.FindIndex(h => proposed[folded.IndexOf(h)] is null && h.Length > 0
                    && words.Exists(w => isWhole ? h == w : $" {h} ".Contains($" {w} ", StringComparison.Ordinal)));
                if (place >= 0)
                {
                    proposed[place] = target.Name;
                    free.Remove(target);
                }
            }
        }

        return proposed;
    }

    /// <summary>ISO 3166 of a time zone, null where it says none we know numbers of.</summary>
    public static string? CountryOf(string timeZone) =>
        TzdbDateTimeZoneSource.Default.ZoneLocations?.FirstOrDefault(z => z.ZoneId == timeZone)?.CountryCode is { } country && NationalNumbers.IsKnown(country)
            ? country : null;
}
