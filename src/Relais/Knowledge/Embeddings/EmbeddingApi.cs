using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Embeddings;

/// <param name="Model">The provider's name of it; null or left out: no embeddings, words alone.</param>
/// <param name="BaseUrl">https address of an OpenAI-compatible server; left out: OpenAI's, or where the operator has it.</param>
/// <param name="Key">Write-only. Left out: the one that is stored stays, as long as the address does.</param>
/// <param name="Floor">0 to 1: the cosine under which a likeness counts for nothing; left out: 0.45. Models differ: look at what yours gives to strangers.</param>
internal sealed record EmbeddingRequest(string? Model, string? BaseUrl, string? Key, decimal? Floor);

/// <param name="Model">Null: none.</param>
/// <param name="BaseUrl">A server of your own, or null.</param>
/// <param name="HasKey">Whether a key is stored; it is never shown.</param>
/// <param name="Floor">The cosine under which a likeness counts for nothing.</param>
/// <param name="Problem">What went wrong last, until it works again.</param>
internal sealed record EmbeddingJson(string? Model, string? BaseUrl, bool HasKey, decimal Floor, string? Problem);

/// <summary>Which model, if any, compares meanings for the signed-in tenant.</summary>
internal static class EmbeddingApi
{
    public static void MapEmbeddings(this IEndpointRouteBuilder app)
    {
        var embeddings = app.MapGroup("/api/knowledge/embeddings").WithTags("Knowledge").RequireAuthorization(Policies.Admin);
        embeddings.MapGet("", Get).WithName("get_embeddings").WithSummary("The model that compares meanings").Produces<EmbeddingJson>().ProducesProblem(403);
        embeddings.MapPut("", Put).WithName("put_embeddings").WithSummary("Choose the model that compares meanings, or none")
            .WithDescription("Texts and customers' questions are sent to it. Keys are sealed and never shown. Takes an Idempotency-Key.")
            .Accepts<EmbeddingRequest>("application/json").Produces<EmbeddingJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(Show(await database.Read(Scope.Tenant(who.Tenant), tx => EmbeddingStore.Find(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency, Secrets secrets)
    {
        var (bytes, request) = await ApiBody.Read<EmbeddingRequest>(http.Request);
        if (Wrong(request) is { } refusal)
        {
            return refusal;
        }

        return await idempotency.Once(http, who, "PUT /api/knowledge/embeddings", bytes, async tx =>
        {
            if (request.Model is null)
            {
                await EmbeddingStore.Remove(tx, who.Tenant);
                return (200, Show(null));
            }

            // A stored key goes only where it went before: who may change an address must not have it sent to themselves.
            var old = await EmbeddingStore.Find(tx, who.Tenant);
            var baseUrl = string.IsNullOrWhiteSpace(request.BaseUrl) ? null : request.BaseUrl.Trim();
            await EmbeddingStore.Set(tx, new EmbeddingSetup
            {
                TenantId = who.Tenant,
                BaseUrl = baseUrl,
                Model = request.Model.Trim(),
                Key = request.Key is { Length: > 0 } key ? secrets.Seal(key.Trim(), EmbeddingSetup.KeyPlace(who.Tenant)) : old?.BaseUrl == baseUrl ? old?.Key : null,
                FloorMilli = (long)((request.Floor ?? EmbeddingSetup.UsualFloorMilli / 1000m) * 1000),
            });
            return (200, Show(await EmbeddingStore.Find(tx, who.Tenant)));
        });
    }

    private static IResult? Wrong(EmbeddingRequest request) =>
        request.Model is { } model && model.Trim().Length is 0 or > 200 ? Problems.Invalid400("model", "model is the provider's name of it, of at most 200 characters, or null.")
        : !string.IsNullOrWhiteSpace(request.BaseUrl) && SafeHttp.Problem(request.BaseUrl.Trim()) is { } problem ? Problems.Invalid400("base_url", problem)
        : request.Key is { } key && (key.Length > 1000 || key.Any(c => c is < '!' or > '~')) ? Problems.Invalid400("key", "key is a line of visible characters, as the provider shows it.")
        : request.Floor is < 0 or > 1 ? Problems.Invalid400("floor", "floor is a number from 0 to 1.")
        : null;

    private static EmbeddingJson Show(EmbeddingSetup? setup) => new(
        setup?.Model, setup?.BaseUrl, setup?.Key is not null, (setup?.FloorMilli ?? EmbeddingSetup.UsualFloorMilli) / 1000m, setup?.Problem);
}
