using System.Globalization;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Providers;

/// <param name="Day">UTC day, like 2026-05-04.</param>
/// <param name="Provider">Whose model.</param>
/// <param name="Model">Its name.</param>
/// <param name="Calls">Times it was asked.</param>
/// <param name="Failed">Of those, how many gave no usable answer.</param>
/// <param name="InputTokens">As the provider counts them.</param>
/// <param name="OutputTokens">As the provider counts them.</param>
/// <param name="Cost">US dollars at the configured prices of that moment.</param>
/// <param name="AverageMs">Of a call.</param>
internal sealed record UsageJson(
    DateOnly Day, string Provider, string Model, long Calls, long Failed, long InputTokens, long OutputTokens, decimal Cost, long AverageMs);

/// <param name="Days">Today and the days before.</param>
/// <param name="Cost">Of all, in US dollars.</param>
/// <param name="Currency">USD.</param>
/// <param name="Items">Newest day first.</param>
internal sealed record UsagesJson(int Days, decimal Cost, string Currency, IReadOnlyList<UsageJson> Items);

/// <summary>What models used and cost.</summary>
internal static class UsageApi
{
    public static void MapUsage(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/ai/usage", Get).WithTags("AI agent").RequireAuthorization(Policies.Admin).WithName("get_ai_usage")
            .WithSummary("Calls, tokens and cost of the models, by day").Produces<UsagesJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    /// <param name="days">1 to 366; 30 when left out.</param>
    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, Clock clock, string? days = null)
    {
        if (!int.TryParse(days ?? "30", NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 366)
        {
            return Problems.Invalid400("days", "days is a number from 1 to 366.");
        }

        var since = ((clock.Micros / Instants.Day) - count + 1) * Instants.Day;
        var sums = await database.Read(Scope.Tenant(who.Tenant), tx => UsageStore.Sums(tx, who.Tenant, since), http.RequestAborted);
        return Results.Json(
            new UsagesJson(count, sums.Sum(s => s.CostMicros) / 1_000_000m, "USD", sums.ConvertAll(s => new UsageJson(
                DateOnly.FromDateTime(Instants.FromMicros(s.Day * Instants.Day).UtcDateTime), s.Provider, s.Model, s.Calls, s.Failed, s.TokensIn,
                s.TokensOut, s.CostMicros / 1_000_000m, s.DurationMicros / 1000 / Math.Max(1, s.Calls)))),
            ApiJson.Options);
    }
}
