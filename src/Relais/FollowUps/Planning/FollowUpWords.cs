using System.Globalization;
using System.Text.RegularExpressions;

namespace Relais.FollowUps.Planning;

/// <summary>What stands for placeholders in a follow-up's words. A value is put in as it is and never read as a placeholder again.</summary>
/// <param name="Name">The customer's, or null.</param>
/// <param name="Order">Number of the order it is about, or null.</param>
/// <param name="Business">The business's name.</param>
/// <param name="Date">ISO date of the appointment, or null.</param>
internal sealed partial record FollowUpWords(string? Name, string? Order, string Business, string? Date)
{
    public static IReadOnlyList<string> Placeholders { get; } = ["contact.name", "order.number", "business.name", "appointment.date"];

    private static readonly string[] French =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] English =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] Arabic =
        ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

    public string Fill(string text, string language) => Placeholder().Replace(text, match => match.Groups["name"].Value switch
    {
        "contact.name" => Name is { Length: > 0 } name ? name : language switch { "ar" => "عميلنا العزيز", "en" => "dear customer", _ => "cher client" },
        "order.number" => Order ?? "",
        "business.name" => Business,
        "appointment.date" => Date is { } date ? Written(date, language) : "",
        _ => match.Value,
    });

    /// <summary>Placeholders that nothing stands for, so that a typing error is found when it is written.</summary>
    public static IReadOnlyList<string> Unknown(string text) =>
        [.. Placeholder().Matches(text).Select(m => m.Groups["name"].Value).Where(n => !Placeholders.Contains(n)).Distinct(StringComparer.Ordinal)];

    private static string Written(string iso, string language) =>
        !DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? iso : language switch
        {
            "ar" => $"{day.Day} {Arabic[day.Month - 1]} {day.Year}",
            "en" => $"{day.Day} {English[day.Month - 1]} {day.Year}",
            _ => $"{(day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {French[day.Month - 1]} {day.Year}",
        };

    [GeneratedRegex(@"\{\{\s*(?<name>[\w.]{1,40})\s*\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Placeholder();
}
