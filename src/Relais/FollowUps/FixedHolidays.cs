using System.Collections.Frozen;

namespace Relais.FollowUps;

/// <summary>
/// Public holidays that fall on the same day each year, by the country of a phone number. Those that move (Easter, the Eids) are for the
/// business's own list: nobody here knows the moon.
/// </summary>
internal static class FixedHolidays
{
    private static readonly (string Prefix, FrozenSet<(int, int)> Days)[] Countries =
    [
        ("+33", Of((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))),
        ("+212", Of((1, 1), (1, 11), (1, 14), (5, 1), (7, 30), (8, 14), (8, 20), (8, 21), (10, 31), (11, 6), (11, 18))),
        ("+213", Of((1, 1), (1, 12), (5, 1), (7, 5), (11, 1))),
        ("+216", Of((1, 1), (1, 14), (3, 20), (4, 9), (5, 1), (7, 25), (8, 13), (10, 15), (12, 17))),
        ("+32", Of((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))),
        ("+41", Of((1, 1), (8, 1), (12, 25))),
        ("+44", Of((1, 1), (12, 25), (12, 26))),
    ];

    public static IReadOnlySet<(int Month, int Day)> None { get; } = new HashSet<(int, int)>();

    /// <param name="phone">E.164, or null.</param>
    public static IReadOnlySet<(int Month, int Day)> Of(string? phone) =>
        Array.Find(Countries, c => phone?.StartsWith(c.Prefix, StringComparison.Ordinal) == true).Days ?? None;

    private static FrozenSet<(int, int)> Of(params (int, int)[] days) => days.ToFrozenSet();
}
