using NodaTime;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>Runs that began in one quarter of an hour and stand alike.</summary>
internal sealed class FlowSessionCount
{
    /// <summary>Quarters of an hour since 1970: every time zone's midnight is the beginning of one.</summary>
    public long Quarter { get; init; }

    public long Status { get; init; }

    public long Count { get; init; }

    /// <summary>Of those that ended, microseconds in all.</summary>
    public long Took { get; init; }
}

/// <summary>How often a step was left by one event.</summary>
internal sealed class FlowStepCount
{
    public string Step { get; init; } = "";

    public string Event { get; init; } = "";

    public long Count { get; init; }

    public long Entered { get; init; }

    public long Stopped { get; init; }

    public long Waiting { get; init; }

    public long Took { get; init; }

    public long Timed { get; init; }
}

/// <summary>How often something was said.</summary>
internal sealed class FlowWordCount
{
    public string Step { get; init; } = "";

    public string Word { get; init; } = "";

    public long Count { get; init; }
}

/// <summary>Events by which a step was left.</summary>
internal sealed record FlowLeftJson(string Event, long Count);

/// <param name="Step">Name of the widget.</param>
/// <param name="Entered">How often runs came to it.</param>
/// <param name="Left">By which events they went on; "match#2" is the second match. Runs that ended here count as transferred, abandoned or failed.</param>
/// <param name="Stopped">Runs whose last step this was, and which were abandoned or failed.</param>
/// <param name="Waiting">Runs that stand here now.</param>
/// <param name="AverageSeconds">How long they stood here; null when nobody has left.</param>
internal sealed record FlowStepFigures(string Step, long Entered, IReadOnlyList<FlowLeftJson> Left, long Stopped, long Waiting, double? AverageSeconds);

/// <param name="Answer">A choice's title, or words that were said.</param>
internal sealed record FlowAnswerJson(string Step, string Answer, long Count);

/// <param name="Reason">Why people got the conversation.</param>
internal sealed record FlowTransferJson(string Reason, long Count);

/// <param name="Day">Of the tenant's time zone, 2026-05-31.</param>
internal sealed record FlowDayJson(string Day, long Started, long Completed, long Transferred, long Abandoned);

/// <summary>Figures of a flow over some days. Runs count on the day they began; test phones' drafts count only when asked for (version=0).</summary>
/// <param name="AverageSeconds">From start to end, of those that ended; null without any.</param>
internal sealed record FlowStatistics(
    long Started, long Active, long Completed, long Abandoned, long Transferred, long Failed, double? AverageSeconds,
    IReadOnlyList<FlowStepFigures> Steps, IReadOnlyList<FlowAnswerJson> Answers, IReadOnlyList<FlowTransferJson> Transfers, IReadOnlyList<FlowDayJson> Days)
{
    private const long Quarter = 15 * Instants.Minute;

    public static FlowStatistics Of(
        FlowDays days, IReadOnlyList<FlowSessionCount> sessions, IReadOnlyList<FlowStepCount> steps, IReadOnlyList<FlowWordCount> answers,
        IReadOnlyList<FlowWordCount> transfers)
    {
        var byDay = sessions.ToLookup(s => days.DayOf(s.Quarter * Quarter));
        var ended = Sum(sessions, 3, 4, 5, 6);
        return new FlowStatistics(
            sessions.Sum(s => s.Count), Sum(sessions, 1, 2), Sum(sessions, 3), Sum(sessions, 5), Sum(sessions, 4), Sum(sessions, 6),
            Seconds(sessions.Sum(s => s.Took), ended),
            [.. steps.GroupBy(s => s.Step).Select(Figures).OrderByDescending(s => s.Entered).ThenBy(s => s.Step, StringComparer.Ordinal)],
            [.. answers.Select(a => new FlowAnswerJson(a.Step, a.Word, a.Count))], [.. transfers.Select(t => new FlowTransferJson(t.Word, t.Count))],
            [.. days.All.Select(d => new FlowDayJson(
                d.ToString("uuuu-MM-dd", null), byDay[d].Sum(s => s.Count), Sum(byDay[d], 3), Sum(byDay[d], 4), Sum(byDay[d], 5)))]);
    }

    private static FlowStepFigures Figures(IGrouping<string, FlowStepCount> step) => new(
        step.Key, step.Sum(s => s.Entered),
        [.. step.Where(s => s.Event.Length > 0).OrderByDescending(s => s.Count).ThenBy(s => s.Event, StringComparer.Ordinal).Select(s => new FlowLeftJson(s.Event, s.Count))],
        step.Sum(s => s.Stopped), step.Sum(s => s.Waiting), Seconds(step.Sum(s => s.Took), step.Sum(s => s.Timed)));

    private static long Sum(IEnumerable<FlowSessionCount> sessions, params long[] statuses) => sessions.Where(s => statuses.Contains(s.Status)).Sum(s => s.Count);

    private static double? Seconds(long micros, long count) => count == 0 ? null : Math.Round((double)micros / count / Instants.Second, 1);
}

/// <summary>The days that figures are asked for, in the tenant's time zone.</summary>
internal sealed class FlowDays(LocalDate first, LocalDate last, DateTimeZone zone)
{
    public const int Most = 400;

    public long From { get; } = Micros(zone.AtStartOfDay(first));

    /// <summary>The midnight after the last one.</summary>
    public long Until { get; } = Micros(zone.AtStartOfDay(last.PlusDays(1)));

    public IEnumerable<LocalDate> All
    {
        get
        {
            for (var day = first; day <= last; day = day.PlusDays(1))
            {
                yield return day;
            }
        }
    }

    public LocalDate DayOf(long micros) => Instant.FromUnixTimeTicks(micros * 10).InZone(zone).Date;

    /// <summary>Null, with the parameter and a sentence, when they are no days. Unless told, the last thirty.</summary>
    public static FlowDays? Read(string? from, string? to, string timeZone, long now, out (string Field, string Sentence) wrong)
    {
        var zone = Zones.Of(timeZone);
        var today = Instant.FromUnixTimeTicks(now * 10).InZone(zone).Date;
        var last = string.IsNullOrEmpty(to) ? today : Day(to, zone);
        var first = string.IsNullOrEmpty(from) ? last?.PlusDays(-29) : Day(from, zone);
        wrong = last is null ? ("to", "to is a day such as 2026-05-31.")
            : first is null ? ("from", "from is a day such as 2026-05-01.")
            : first > last || Period.DaysBetween(first.Value, last.Value) >= Most ? ("from", $"from is a day before to, at most {Most} days.")
            : default;
        return wrong.Field is null ? new FlowDays(first!.Value, last!.Value, zone) : null;
    }

    private static LocalDate? Day(string text, DateTimeZone zone) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && day.Year is > 1970 and < 2200 ? LocalDate.FromDateOnly(day)
        : text.Length > 10 && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            && at.Year is > 1970 and < 2200 ? Instant.FromDateTimeOffset(at).InZone(zone).Date
        : null;

    private static long Micros(ZonedDateTime at) => at.ToInstant().ToUnixTimeTicks() / 10;
}
