using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Providers;

/// <param name="Id">Ours; null for a new one.</param>
/// <param name="Provider">openai, anthropic, gemini or openai_compatible.</param>
/// <param name="Model">The provider's name of it; left out: our suggestion for that provider.</param>
/// <param name="BaseUrl">https address of a server of your own; needed for openai_compatible.</param>
/// <param name="Key">Write-only. Left out: the one that is stored stays, as long as provider and address do.</param>
/// <param name="Temperature">0 to 2; left out: the model's own, which current ones want.</param>
/// <param name="PriceIn">US dollars for a million tokens in; left out: the price known here, else 0.</param>
/// <param name="PriceOut">US dollars for a million tokens out.</param>
/// <param name="ReadsImages">Whether it is shown customers' pictures; left out: as is known of the model, else not.</param>
internal sealed record ModelRequest(
    long? Id, string? Provider, string? Model, string? BaseUrl, string? Key, decimal? Temperature, decimal? PriceIn, decimal? PriceOut, bool? ReadsImages);

/// <param name="Models">All of them, in the order they are tried, at most five; none: the installation's.</param>
/// <param name="DailyCostLimit">US dollars in 24 hours, at which conversations go to people; null: no limit.</param>
/// <param name="DailyTokenLimit">Tokens in and out in 24 hours, the same; null: no limit.</param>
/// <param name="ConversationTokenLimit">Tokens in and out in one conversation, the same; null: no limit.</param>
internal sealed record ModelsRequest(
    IReadOnlyList<ModelRequest>? Models, decimal? DailyCostLimit, long? DailyTokenLimit = null, long? ConversationTokenLimit = null);

/// <param name="Id">Ours.</param>
/// <param name="Provider">openai, anthropic, gemini or openai_compatible.</param>
/// <param name="Model">The provider's name of it.</param>
/// <param name="BaseUrl">A server of your own, or null.</param>
/// <param name="HasKey">Whether a key is stored; it is never shown.</param>
/// <param name="Temperature">Null: the model's own.</param>
/// <param name="PriceIn">US dollars for a million tokens in.</param>
/// <param name="PriceOut">US dollars for a million tokens out.</param>
/// <param name="ReadsImages">Whether it is shown customers' pictures.</param>
internal sealed record ModelJson(
    long Id, string Provider, string Model, string? BaseUrl, bool HasKey, decimal? Temperature, decimal PriceIn, decimal PriceOut, bool ReadsImages);

/// <param name="Models">In the order they are tried; behind them the built-in agent.</param>
/// <param name="DailyCostLimit">US dollars in 24 hours, or null.</param>
/// <param name="Currency">USD.</param>
/// <param name="DailyTokenLimit">Tokens in and out in 24 hours, or null.</param>
/// <param name="ConversationTokenLimit">Tokens in and out in one conversation, or null.</param>
internal sealed record ModelsJson(
    IReadOnlyList<ModelJson> Models, decimal? DailyCostLimit, string Currency, long? DailyTokenLimit, long? ConversationTokenLimit);

/// <summary>Which models answer the signed-in tenant's customers.</summary>
internal static class ModelApi
{
    public static void MapModelSettings(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/ai/models").WithTags("AI agent").RequireAuthorization(Policies.Admin);
        models.MapGet("/", Get).WithName("get_models").WithSummary("The models that answer, in their order")
            .Produces<ModelsJson>().ProducesProblem(401).ProducesProblem(403);
        models.MapPut("/", Put).WithName("put_models").WithSummary("Replace the models that answer")
            .WithDescription("Each fails over to the next, the last one to the built-in agent. Keys are sealed and never shown. Takes an Idempotency-Key.")
            .Accepts<ModelsRequest>("application/json").Produces<ModelsJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .ProducesProblem(404);
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database) =>
        Results.Json(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), http.RequestAborted), ApiJson.Options);

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Ids ids, Secrets secrets, ModelDirectory directory)
    {
        var (bytes, request) = await ApiBody.Read<ModelsRequest>(http.Request);
        var asked = request.Models ?? [];
        var known = await database.Read(Scope.Tenant(who.Tenant), tx => ModelStore.All(tx, who.Tenant), http.RequestAborted);
        if (asked.Any(m => m?.Id is { } id && known.TrueForAll(k => k.Id != id)))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (ModelCheck.Wrong(request, known) is { } refusal)
        {
            return refusal;
        }

        var fresh = await ids.Take(Math.Max(1, asked.Count), http.RequestAborted);
        return await idempotency.Once(http, who, "PUT /api/ai/models", bytes, async tx =>
        {
            fresh.Rewind();
            var stored = (await ModelStore.All(tx, who.Tenant)).ToDictionary(m => m.Id);
            var models = asked.Select((m, place) => Model(who.Tenant, m, place, m.Id ?? fresh.Next(), stored, secrets)).ToList();
            await ModelStore.Replace(tx, who.Tenant, models);
            await ModelStore.SetBudget(tx, who.Tenant, new ModelBudget
            {
                DailyCostMicros = Micros(request.DailyCostLimit),
                DailyTokens = request.DailyTokenLimit,
                ConversationTokens = request.ConversationTokenLimit,
            });
            tx.AfterCommit(directory.Changed.Raise);
            return (200, await Read(tx, who.Tenant));
        });
    }

    private static StoredModel Model(
        long tenantId, ModelRequest asked, int place, long id, Dictionary<long, StoredModel> stored, Secrets secrets)
    {
        var name = asked.Model?.Trim() is { Length: > 0 } given ? given : ModelCatalogue.DefaultModel(asked.Provider!)!;
        var (priceIn, priceOut) = ModelCatalogue.Price(name);
        return new StoredModel
        {
            TenantId = tenantId,
            Id = id,
            Position = place,
            Provider = asked.Provider!,
            Model = name,
            BaseUrl = ModelCheck.Address(asked.BaseUrl),
            Key = asked.Key is { Length: > 0 } key ? secrets.Seal(key.Trim(), ModelStore.KeyPlace(tenantId, id))
                : ModelCheck.KeepsKey(asked, stored.GetValueOrDefault(id)) ? stored[id].Key : null,
            TemperatureMilli = (long?)(asked.Temperature * 1000),
            PriceIn = Micros(asked.PriceIn) ?? priceIn,
            PriceOut = Micros(asked.PriceOut) ?? priceOut,
            ReadsImages = asked.ReadsImages is { } reads ? (reads ? 1 : 0) : null,
        };
    }

    private static async Task<ModelsJson> Read(Tx tx, long tenantId)
    {
        var budget = await ModelStore.Budget(tx, tenantId);
        return new ModelsJson(
            (await ModelStore.All(tx, tenantId)).ConvertAll(m => new ModelJson(
                m.Id, m.Provider, m.Model, m.BaseUrl, m.Key is not null, m.TemperatureMilli / 1000m, m.PriceIn / 1_000_000m, m.PriceOut / 1_000_000m,
                ModelDirectory.ReadsImages(m))),
            budget.DailyCostMicros / 1_000_000m, "USD", budget.DailyTokens, budget.ConversationTokens);
    }

    private static long? Micros(decimal? dollars) => (long?)(dollars * 1_000_000m);
}
