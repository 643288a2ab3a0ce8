using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Relais.Engine.Flows;

/// <summary>
/// The 17 conditions of split-based-on as Studio evaluates them: upper and lower case are the same, blanks around both sides do not count
/// (Twilio's page on split-based-on), a value may hold Liquid. Never throws.
/// </summary>
internal static class FlowConditions
{
    private const int KeptExpressions = 512;
    private const RegexOptions AsStudio = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly ConcurrentDictionary<string, Regex?> Expressions = new(StringComparer.Ordinal);

    /// <summary>In the order of Twilio's page.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "equal_to", "not_equal_to", "matches_any_of", "does_not_match_any_of", "is_blank", "is_not_blank", "regex", "contains",
        "does_not_contain", "starts_with", "does_not_start_with", "less_than", "greater_than", "is_before_time", "is_after_time",
        "is_before_date", "is_after_date",
    ];

    /// <summary>Whether a match transition is taken: all its conditions hold. One without conditions never is.</summary>
    /// <param name="input">What is looked at when a condition names no argument; already rendered.</param>
    /// <param name="render">Liquid of a text in the run's context.</param>
    /// <param name="zone">For "now" in dates and times: today, 14:30 …</param>
    public static bool Hold(FlowTransition match, string input, Func<string, string> render, DateTimeOffset now, TimeZoneInfo zone)
    {
        foreach (var condition in match.Conditions)
        {
            var subject = condition.Arguments is [{ Length: > 0 } argument, ..] ? render(argument) : input;
            if (!Holds(condition.Type, subject.Trim(), render(condition.Value).Trim(), TimeZoneInfo.ConvertTime(now, zone)))
            {
                return false;
            }
        }

        return match.Conditions.Count > 0;
    }

    private static bool Holds(string type, string subject, string value, DateTimeOffset now) => type switch
    {
        "equal_to" => AreSame(subject, value),
        "not_equal_to" => !AreSame(subject, value),
        "matches_any_of" => IsAnyOf(subject, value),
        "does_not_match_any_of" => !IsAnyOf(subject, value),
        "is_blank" => subject.Length == 0,
        "is_not_blank" => subject.Length > 0,
        "regex" => Fits(subject, value),
        "contains" => subject.Contains(value, StringComparison.OrdinalIgnoreCase),
        "does_not_contain" => !subject.Contains(value, StringComparison.OrdinalIgnoreCase),
        "starts_with" => subject.StartsWith(value, StringComparison.OrdinalIgnoreCase),
        "does_not_start_with" => !subject.StartsWith(value, StringComparison.OrdinalIgnoreCase),
        "less_than" => Number(subject) is { } a && Number(value) is { } b && a < b,
        "greater_than" => Number(subject) is { } a && Number(value) is { } b && a > b,
        "is_before_time" => Time(subject, now) is { } a && Time(value, now) is { } b && a < b,
        "is_after_time" => Time(subject, now) is { } a && Time(value, now) is { } b && a > b,
        "is_before_date" => Date(subject, now) is { } a && Date(value, now) is { } b && a < b,
        "is_after_date" => Date(subject, now) is { } a && Date(value, now) is { } b && a > b,
        _ => false,
    };

    private static bool AreSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsAnyOf(string subject, string list) => list.Split(',').Any(entry => AreSame(subject, entry.Trim()));

    /// <summary>The whole text has to fit; an expression that cannot be read, or takes too long, does not.</summary>
    private static bool Fits(string subject, string expression)
    {
        if (!Expressions.TryGetValue(expression, out var regex))
        {
            try
            {
                regex = new Regex($@"\A(?:{expression})\z", AsStudio, Patience);
            }
            catch (ArgumentException)
            {
                regex = null;
            }

            if (Expressions.Count >= KeptExpressions)
            {
                Expressions.Clear();
            }

            Expressions[expression] = regex;
        }

        try
        {
            return regex is not null && regex.IsMatch(subject);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>YYYY-MM-DD, also at the head of a longer moment; "now" and "today" are today.</summary>
    private static DateOnly? Date(string text, DateTimeOffset now) =>
        text is "now" or "today" ? DateOnly.FromDateTime(now.DateTime)
        : DateOnly.TryParseExact(text.Length > 10 && text[10] is 'T' or ' ' ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var date) ? date
        : null;

    /// <summary>HH:MM of 24 hours, with or without seconds; "now" is the time where the tenant is, a moment with a zone is taken there.</summary>
    private static TimeOnly? Time(string text, DateTimeOffset now) =>
        text == "now" ? TimeOnly.FromDateTime(now.DateTime)
        : TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : text.Length >= 16 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? TimeOnly.FromDateTime(moment.ToOffset(now.Offset).DateTime)
        : null;
}
