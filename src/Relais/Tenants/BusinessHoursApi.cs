using System.Globalization;
using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants;

/// <summary>A week, each day with two periods at most; a day left out is closed.</summary>
internal sealed record WeekJson(
    IReadOnlyList<OpenPeriod>? Monday = null, IReadOnlyList<OpenPeriod>? Tuesday = null, IReadOnlyList<OpenPeriod>? Wednesday = null,
    IReadOnlyList<OpenPeriod>? Thursday = null, IReadOnlyList<OpenPeriod>? Friday = null, IReadOnlyList<OpenPeriod>? Saturday = null,
    IReadOnlyList<OpenPeriod>? Sunday = null)
{
    public IReadOnlyList<(string Name, IReadOnlyList<OpenPeriod> Periods)> Days() =>
    [
        ("monday", Monday ?? []), ("tuesday", Tuesday ?? []), ("wednesday", Wednesday ?? []), ("thursday", Thursday ?? []),
        ("friday", Friday ?? []), ("saturday", Saturday ?? []), ("sunday", Sunday ?? []),
    ];
}

/// <param name="Weekly">Null: not known, and customers are promised no time.</param>
/// <param name="ClosedDates">Days without people, such as 2026-12-25; at most 200.</param>
/// <param name="TimeZone">The tenant's (PATCH /api/tenant); ignored in a request.</param>
internal sealed record BusinessHoursJson(WeekJson? Weekly = null, IReadOnlyList<string>? ClosedDates = null, string? TimeZone = null)
{
    public const int MostPeriods = 2;
    public const int MostDates = 200;

    /// <summary>As stored; null when the business has not told.</summary>
    public static BusinessHours? Read(string? stored) =>
        stored is null ? null : JsonSerializer.Deserialize<BusinessHoursJson>(stored, ApiJson.Options)!.Hours(out _);

    /// <summary>Null when nothing is told, or something is wrong.</summary>
    public BusinessHours? Hours(out (string Field, string Sentence)? wrong)
    {
        wrong = null;
        if (Weekly is null)
        {
            return null;
        }

        var week = new List<IReadOnlyList<(TimeOnly, TimeOnly)>>();
        foreach (var (name, periods) in Weekly.Days())
        {
            var day = new List<(TimeOnly, TimeOnly)>();
            foreach (var period in periods)
            {
                if (Time(period?.From) is not { } from || Time(period?.Until) is not { } until || from == until)
                {
                    wrong = ($"weekly.{name}", "A period has from and until, two different times such as 09:00 and 18:00.");
                    return null;
                }

                day.Add((from, until));
            }

            if (day.Count > MostPeriods)
            {
                wrong = ($"weekly.{name}", $"A day has at most {MostPeriods} periods.");
                return null;
            }

            week.Add(day);
        }

        var closed = new HashSet<DateOnly>();
        foreach (var date in ClosedDates ?? [])
        {
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || closed.Count >= MostDates)
            {
                wrong = ("closed_dates", $"closed_dates are at most {MostDates} days such as 2026-12-25.");
                return null;
            }

            closed.Add(day);
        }

        return new BusinessHours(week, closed);
    }

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
}

/// <summary>When people of the business are there: what a hand-off may honestly promise.</summary>
internal static class BusinessHoursApi
{
    public static void MapBusinessHours(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/business-hours", Get).WithTags("Tenant").RequireAuthorization(Policies.Agent).WithName("get_business_hours")
            .WithSummary("When people are there.").Produces<BusinessHoursJson>();
        app.MapPut("/api/business-hours", Put).WithTags("Tenant").RequireAuthorization(Policies.Admin).WithName("put_business_hours")
            .WithSummary("Say when people are there, in the tenant's time zone.").WithDescription("An empty object: not known. Takes an Idempotency-Key.")
            .Accepts<BusinessHoursJson>("application/json").Produces<BusinessHoursJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, asked) = await ApiBody.Read<BusinessHoursJson>(http.Request);
        var hours = asked.Hours(out var wrong);
        if (wrong is var (field, sentence) && field is not null)
        {
            return Problems.Invalid400(field, sentence);
        }

        return await idempotency.Once(http, who, "PUT /api/business-hours", bytes, async tx =>
        {
            await TenantStore.SetBusinessHours(
                tx, who.Tenant, hours is null ? null : JsonSerializer.Serialize(asked with { TimeZone = null }, ApiJson.Options));
            await AiRevision.Grow(tx, who.Tenant);
            return (200, await Read(tx, who.Tenant));
        });
    }

    private static async Task<BusinessHoursJson> Read(Tx tx, long tenantId)
    {
        var tenant = (await TenantStore.Find(tx, tenantId))!;
        var stored = tenant.BusinessHours is null ? new BusinessHoursJson() : JsonSerializer.Deserialize<BusinessHoursJson>(tenant.BusinessHours, ApiJson.Options)!;
        return stored with { ClosedDates = stored.ClosedDates ?? [], TimeZone = tenant.TimeZone };
    }
}
