using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Standing;

namespace Relais.Platform;

/// <summary>Of one limit.</summary>
/// <param name="Used">Now, or this calendar month (UTC).</param>
/// <param name="Limit">Null: none.</param>
/// <param name="Stage">ok, near (80 % and more) or reached.</param>
internal sealed record UsedJson(long Used, long? Limit, string Stage)
{
    public static UsedJson Of(long used, long? limit) => new(used, limit, Months.Stage(used, limit) switch { 0 => "ok", 1 => "near", _ => "reached" });
}

/// <param name="Id">The tenant's.</param>
/// <param name="Name">The business's.</param>
/// <param name="Email">Of its first owner.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="SuspendedAt">ISO-8601 UTC; null: not suspended.</param>
/// <param name="SuspendReason">As it was given.</param>
/// <param name="Numbers">Connected now.</param>
/// <param name="Agents">Who can sign in or is invited.</param>
/// <param name="Messages">Outgoing, this month.</param>
/// <param name="Tokens">Of models, in and out, this month.</param>
/// <param name="Storage">Bytes of files.</param>
/// <param name="Cost">Of models this month, in <c>currency</c>.</param>
/// <param name="Currency">USD.</param>
/// <param name="MessageCharges">What providers charge for its messages this month.</param>
internal sealed record TenantUsageJson(
    long Id, string Name, string? Email, DateTimeOffset CreatedAt, DateTimeOffset? SuspendedAt, string? SuspendReason, UsedJson Numbers, UsedJson Agents,
    UsedJson Messages, UsedJson Tokens, UsedJson Storage, decimal Cost, MessageCharges MessageCharges, string Currency = "USD");

/// <param name="Date">YYYY-MM-DD (UTC).</param>
/// <param name="MessagesIn">From customers.</param>
/// <param name="MessagesOut">To customers.</param>
/// <param name="Tokens">Of models, in and out.</param>
/// <param name="Cost">Of models, in US dollars.</param>
/// <param name="Charged">Delivered messages that Meta said it charges.</param>
internal sealed record TenantDayJson(string Date, long MessagesIn, long MessagesOut, long Tokens, decimal Cost, long Charged);

/// <param name="Usage">This month.</param>
/// <param name="Days">Days with something in them, oldest first.</param>
internal sealed record TenantDaysJson(TenantUsageJson Usage, IReadOnlyList<TenantDayJson> Days);

/// <summary>What tenants use, against their limits: all of them for the platform administrator, one's own for admins.</summary>
internal static class UsageApi
{
    private const int MostDays = 366;

    public static void MapUsage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/admin/usage", List).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("list_tenant_usage")
            .WithSummary("Tenants with what they use against their limits, oldest first").Produces<Page<TenantUsageJson>>().ProducesProblem(400).ProducesProblem(403);
        app.MapGet("/api/admin/tenants/{id:long}/usage", One).RequireAuthorization(Policies.Platform).WithTags("Tenants").WithName("get_tenant_usage")
            .WithSummary("What one tenant uses, day by day").Produces<TenantDaysJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        app.MapGet("/api/usage", Own).RequireAuthorization(Policies.Admin).WithTags("Tenant").WithName("get_usage")
            .WithSummary("What the business uses against its limits, day by day").Produces<TenantDaysJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> List(HttpContext http, Database database, MonthlyMessages months, Clock clock, [AsParameters] PageQuery query)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var now = clock.Micros;
        var month = Months.Of(now);
        var (standings, used, charges) = await database.Read(Scope.Directory, async tx =>
        {
            var page = await StandingStore.Page(tx, after?.Id ?? 0, limit + 1);
            long[] tenants = [.. page.Select(s => s.TenantId)];
            var since = Months.Start(month);
            return (page, (await TenantUsageStore.Of(tx, tenants, month, since)).ToDictionary(u => u.TenantId), await MessageChargeReading.Of(tx, tenants, since));
        }, http.RequestAborted);
        return Results.Json(Page.Of(
            standings, limit, s => new Cursor(s.TenantId, s.TenantId), s => Show(s, used[s.TenantId], months.Used(s.TenantId, now), charges[s.TenantId])), ApiJson.Options);
    }

    private static Task<IResult> One(
        HttpContext http, Database database, MonthlyMessages months, Clock clock, long id, [FromQuery, Description("1 to 366; 30 when left out.")] int days = 30) =>
        Days(http, database, months, clock, id, days);

    private static Task<IResult> Own(
        HttpContext http, SignedIn who, Database database, MonthlyMessages months, Clock clock, [FromQuery, Description("1 to 366; 30 when left out.")] int days = 30) =>
        Days(http, database, months, clock, who.Tenant, days);

    private static async Task<IResult> Days(HttpContext http, Database database, MonthlyMessages months, Clock clock, long id, int days)
    {
        var now = clock.Micros;
        var month = Months.Of(now);
        var since = ((now / Instants.Day) - Math.Clamp(days, 1, MostDays) + 1) * Instants.Day;
        var (standing, used, series) = await database.Read(Scope.Tenant(id), async tx => (
            await StandingStore.Find(tx, id), await TenantUsageStore.Find(tx, id, month, Months.Start(month)),
            await TenantUsageStore.Days(tx, id, since)), http.RequestAborted);
        var charges = await database.Read(Scope.Directory, tx => MessageChargeReading.Of(tx, [id], Months.Start(month)), http.RequestAborted);
        if (standing is null || used is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        return days is < 1 or > MostDays
            ? Problems.Invalid400("days", $"days is a number from 1 to {MostDays}.")
            : Results.Json(new TenantDaysJson(Show(standing, used, months.Used(id, now), charges[id]), series.ConvertAll(Show)), ApiJson.Options);
    }

    private static TenantUsageJson Show(TenantStanding of, TenantUsage used, long counted, MessageCharges charges) => new(
        of.TenantId, of.Name, used.Email, Instants.FromMicros(used.CreatedAt), Instants.FromMicros(of.SuspendedAt), of.SuspendReason,
        UsedJson.Of(used.Numbers, of.NumberLimit), UsedJson.Of(used.Agents, of.AgentLimit),
        UsedJson.Of(Math.Max(used.Messages, counted), of.MessageLimit), UsedJson.Of(used.Tokens, of.TokenLimit),
        UsedJson.Of(used.StorageBytes, of.StorageLimit), used.CostMicros / 1_000_000m, charges);

    private static TenantDayJson Show(UsageDay day) => new(
        DateOnly.FromDayNumber(DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber + (int)day.Day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        day.MessagesIn, day.MessagesOut, day.Tokens, day.CostMicros / 1_000_000m, day.Charged);
}
