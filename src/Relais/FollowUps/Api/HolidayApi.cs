using System.Globalization;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.FollowUps.Api;

/// <param name="Date">Such as 2026-12-25.</param>
/// <param name="Name">At most 100 characters.</param>
internal sealed record HolidayJson(string? Date, string? Name);

/// <param name="Days">The business's own; at most 200.</param>
/// <param name="Country">Whether holidays of the customer's country that fall on the same day each year count, too; true when left out.</param>
internal sealed record HolidaysJson(IReadOnlyList<HolidayJson>? Days, bool? Country);

/// <summary>Days on which nobody is followed up.</summary>
internal static class HolidayApi
{
    private const int Most = 200;
    private const int LongestName = 100;

    public static void MapHolidays(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/follow-ups/holidays", Get).WithTags("Follow-ups").RequireAuthorization(Policies.Agent).WithName("get_follow_up_holidays")
            .WithSummary("Days on which nobody is followed up.").Produces<HolidaysJson>();
        app.MapPut("/api/follow-ups/holidays", Put).WithTags("Follow-ups").RequireAuthorization(Policies.Admin).WithName("put_follow_up_holidays")
            .WithSummary("Say on which days nobody is followed up.").Accepts<HolidaysJson>("application/json").Produces<HolidaysJson>()
            .ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, asked) = await ApiBody.Read<HolidaysJson>(http.Request);
        var days = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var day in asked.Days ?? [])
        {
            if (!DateOnly.TryParseExact(day.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) || days.Count >= Most)
            {
                return Problems.Invalid400("days", $"days are at most {Most} dates such as 2026-12-25.");
            }

            var name = CustomerText.Normalise(day.Name ?? "").Trim();
            if (name.Length > LongestName)
            {
                return Problems.Invalid400("days", $"A name has at most {LongestName} characters.");
            }

            days[day.Date!] = name;
        }

        return await idempotency.Once(http, who, "PUT /api/follow-ups/holidays", bytes, async tx =>
        {
            await HolidayStore.Replace(tx, who.Tenant, [.. days.Select(d => new Holiday { Day = d.Key, Name = d.Value })], asked.Country ?? true);
            return (200, await Read(tx, who.Tenant));
        });
    }

    private static async Task<HolidaysJson> Read(Tx tx, long tenantId) => new(
        (await HolidayStore.All(tx, tenantId)).ConvertAll(h => new HolidayJson(h.Day, h.Name)), await HolidayStore.CountsCountry(tx, tenantId));
}
