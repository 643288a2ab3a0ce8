using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <summary>A step on the calendar.</summary>
/// <param name="PlanState">As the plan stands.</param>
/// <param name="State">waiting, sent or refused.</param>
internal sealed record CalendarStep(
    long PlanId, long Step, DateTimeOffset DueAt, string State, string PlanState, string Rule, long ContactId, string? ContactName, string Text);

/// <param name="Items">In the order of their times, 1000 at most.</param>
/// <param name="Holidays">Days of the business's own within.</param>
internal sealed record CalendarJson(IReadOnlyList<CalendarStep> Items, IReadOnlyList<HolidayJson> Holidays);

/// <summary>What a rule brought, against those who were left alone.</summary>
/// <param name="Rule">One of the rules, or all.</param>
/// <param name="Followed">Customers to whom something was sent.</param>
/// <param name="AnsweredRate">Percent of them; null for none.</param>
/// <param name="HeldOut">Customers who were left alone.</param>
/// <param name="AnsweredLift">Percentage points above those; null without any.</param>
internal sealed record RuleResult(
    string Rule, long Followed, long Answered, long Converted, long OptedOut, double? AnsweredRate, double? ConvertedRate,
    long HeldOut, long HeldOutAnswered, long HeldOutConverted, double? AnsweredLift, double? ConvertedLift)
{
    public static RuleResult Of(string rule, IReadOnlyCollection<ResultRow> rows)
    {
        var (sent, left) = (rows.Where(r => r.HeldOut == 0).ToList(), rows.Where(r => r.HeldOut == 1).ToList());
        var (followed, held) = (sent.Sum(r => r.Plans), left.Sum(r => r.Plans));
        var (answered, converted) = (sent.Sum(r => r.Answered), sent.Sum(r => r.Converted));
        var (heldAnswered, heldConverted) = (left.Sum(r => r.Answered), left.Sum(r => r.Converted));
        return new RuleResult(
            rule, followed, answered, converted, sent.Sum(r => r.OptedOut), Rate(answered, followed), Rate(converted, followed), held, heldAnswered, heldConverted,
            Lift(answered, followed, heldAnswered, held), Lift(converted, followed, heldConverted, held));
    }

    private static double? Rate(long part, long all) => all == 0 ? null : Math.Round(100.0 * part / all, 1);

    private static double? Lift(long part, long all, long otherPart, long others) =>
        all == 0 || others == 0 ? null : Math.Round((100.0 * part / all) - (100.0 * otherPart / others), 1);
}

/// <param name="Days">Over how many days plans were counted.</param>
/// <param name="Total">All rules together.</param>
internal sealed record ResultsJson(int Days, RuleResult Total, IReadOnlyList<RuleResult> Items);

/// <summary>Plans of a rule, summed.</summary>
internal sealed class ResultRow
{
    public string Rule { get; init; } = "";

    public long HeldOut { get; init; }

    public long Plans { get; init; }

    public long Answered { get; init; }

    public long Converted { get; init; }

    public long OptedOut { get; init; }
}

/// <summary>When what leaves, and what came of it.</summary>
internal static class FigureApi
{
    private const int MostDays = 62;
    private const int MostSteps = 1_000;

    public static void MapFollowUpFigures(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/follow-ups/calendar", Calendar).WithTags("Follow-ups").RequireAuthorization(Policies.Agent).WithName("follow_up_calendar")
            .WithSummary("What leaves when: steps due from one time to another, 62 days at most.").Produces<CalendarJson>().ProducesProblem(400);
        app.MapGet("/api/follow-ups/results", Results).WithTags("Follow-ups").RequireAuthorization(Policies.Agent).WithName("follow_up_results")
            .WithSummary("What follow-ups brought, against those who were left alone.").Produces<ResultsJson>().ProducesProblem(400);
    }

    private static async Task<IResult> Calendar(SignedIn who, Database database, string? from, string? to, CancellationToken cancel)
    {
        if (!DateTimeOffset.TryParse(from, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var start))
        {
            return Problems.Invalid400("from", "from is a time such as 2026-05-01T00:00:00Z.");
        }

        if (!DateTimeOffset.TryParse(to, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var end)
            || end <= start || end - start > TimeSpan.FromDays(MostDays))
        {
            return Problems.Invalid400("to", $"to is a time after from, {MostDays} days later at most.");
        }

        var calendar = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var rows = await tx.Query<CalendarRow>("""
                SELECT s.plan_id AS "PlanId", s.step AS "Step", s.due_at AS "DueAt", s.state AS "State", s.text AS "Text", p.state AS "PlanState", p.rule AS "Rule",
                  p.contact_id AS "ContactId", k.name AS "ContactName"
                FROM follow_up_step s JOIN follow_up_plan p ON p.tenant_id = s.tenant_id AND p.id = s.plan_id
                JOIN contact k ON k.tenant_id = p.tenant_id AND k.id = p.contact_id
                WHERE s.tenant_id = @Tenant AND s.due_at >= @start AND s.due_at < @end AND (s.state = 1 OR p.state IN ('proposed', 'approved', 'running'))
                ORDER BY s.due_at, s.plan_id LIMIT @most
                """, new { who.Tenant, start = Instants.ToMicros(start), end = Instants.ToMicros(end), most = MostSteps });
            var holidays = await HolidayStore.All(tx, who.Tenant);
            return new CalendarJson(
                rows.ConvertAll(r => new CalendarStep(
                    r.PlanId, r.Step, Instants.FromMicros(r.DueAt), r.State switch { StepState.Sent => "sent", StepState.Refused => "refused", _ => "waiting" },
                    r.PlanState, r.Rule, r.ContactId, r.ContactName, r.Text)),
                [.. holidays.Where(h => string.CompareOrdinal(h.Day, $"{start:yyyy-MM-dd}") >= 0 && string.CompareOrdinal(h.Day, $"{end:yyyy-MM-dd}") <= 0)
                    .Select(h => new HolidayJson(h.Day, h.Name))]);
        }, cancel);
        return Microsoft.AspNetCore.Http.Results.Json(calendar, ApiJson.Options);
    }

    private static async Task<IResult> Results(SignedIn who, Database database, Clock clock, string? days, CancellationToken cancel)
    {
        var asked = 30;
        if (!string.IsNullOrEmpty(days) && (!int.TryParse(days, out asked) || asked is < 1 or > 365))
        {
            return Problems.Invalid400("days", "days is a number from 1 to 365.");
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), tx => tx.Query<ResultRow>("""
            SELECT rule AS "Rule", held_out AS "HeldOut", count(*) AS "Plans", count(answered_at) AS "Answered", count(converted_at) AS "Converted",
              count(opted_out_at) AS "OptedOut"
            FROM follow_up_plan WHERE tenant_id = @Tenant AND created_at >= @since AND (sent_at IS NOT NULL OR held_out = 1) GROUP BY rule, held_out
            """, new { who.Tenant, since = clock.Micros - (asked * Instants.Day) }), cancel);
        return Microsoft.AspNetCore.Http.Results.Json(new ResultsJson(
            asked, RuleResult.Of("all", rows), [.. RuleKinds.All.Select(kind => RuleResult.Of(kind, rows.FindAll(r => r.Rule == kind)))]), ApiJson.Options);
    }

    private sealed class CalendarRow
    {
        public long PlanId { get; init; }

        public long Step { get; init; }

        public long DueAt { get; init; }

        public StepState State { get; init; }

        public string Text { get; init; } = "";

        public string PlanState { get; init; } = "";

        public string Rule { get; init; } = "";

        public long ContactId { get; init; }

        public string? ContactName { get; init; }
    }
}
