using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Audit;

namespace Relais.Desk.Privacy;

/// <summary>GET and PUT /api/retention: how long what is kept.</summary>
internal static class RetentionApi
{
    public static void MapRetention(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/retention").WithTags("Tenant").RequireAuthorization(Policies.Admin);
        group.MapGet("", Get).WithName("get_retention").WithSummary("How many days each kind of thing is kept; null: for ever").Produces<RetentionDays>();
        group.MapPut("", Put).WithName("put_retention").WithSummary("Say how many days each kind of thing is kept")
            .WithDescription("What is left out or null is kept for ever, and webhooks and logs for the usual 30 days. What is removed does not come back.")
            .Accepts<RetentionDays>("application/json").Produces<RetentionDays>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => RetentionStore.Read(tx, who.Tenant), cancel), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, asked) = await ApiBody.Read<RetentionDays>(http.Request);
        if (asked.Wrong() is var (field, reason))
        {
            return Problems.Invalid400(field, reason);
        }

        foreach (var (kind, days) in ((string, long?)[])[("conversations", asked.Conversations), ("media", asked.Media), ("audit", asked.Audit)])
        {
            http.Audit()?.With(kind, days ?? 0);
        }

        var now = clock.Micros;
        return await idempotency.Once(http, who, "PUT /api/retention", bytes, async tx =>
        {
            await RetentionStore.Write(tx, who.Tenant, asked, now);
            return (200, await RetentionStore.Read(tx, who.Tenant));
        });
    }
}
