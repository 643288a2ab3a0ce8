using Relais.Engine.Ai.Providers;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Voice;

/// <param name="Model">The provider's name of it; left out: our suggestion.</param>
/// <param name="BaseUrl">https address of a server of your own that speaks OpenAI's API; left out: OpenAI, or where the operator has it.</param>
/// <param name="Key">Write-only. Left out: the one that is stored stays, as long as the address does.</param>
/// <param name="PriceMinute">US dollars for a minute of sound; left out: the price known here, else 0.</param>
internal sealed record TranscriptionRequest(string? Model, string? BaseUrl, string? Key, decimal? PriceMinute);

/// <param name="Source">tenant, installation, or none: voice notes go to people.</param>
/// <param name="Model">The provider's name of it, or null.</param>
/// <param name="BaseUrl">A server of your own, or null.</param>
/// <param name="HasKey">Whether a key of yours is stored; it is never shown.</param>
/// <param name="PriceMinute">US dollars for a minute of sound, or null.</param>
/// <param name="Currency">USD.</param>
internal sealed record TranscriptionJson(string Source, string? Model, string? BaseUrl, bool HasKey, decimal? PriceMinute, string Currency);

/// <summary>Which model writes the signed-in tenant's voice notes down.</summary>
internal static class TranscriptionApi
{
    private const string Route = "/api/ai/transcription";

    public static void MapTranscription(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(Route).WithTags("AI agent").RequireAuthorization(Policies.Admin);
        group.MapGet("", Get).WithName("get_transcription").WithSummary("The model that writes voice notes down")
            .Produces<TranscriptionJson>().ProducesProblem(401).ProducesProblem(403);
        group.MapPut("", Put).WithName("put_transcription").WithSummary("Set the model that writes voice notes down")
            .WithDescription("Keys are sealed and never shown. Takes an Idempotency-Key.")
            .Accepts<TranscriptionRequest>("application/json").Produces<TranscriptionJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        group.MapDelete("", Delete).WithName("delete_transcription").WithSummary("Go back to the installation's, or to none")
            .Produces<TranscriptionJson>().ProducesProblem(401).ProducesProblem(403);
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, TranscriptionDirectory directory) => Results.Json(
        await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant, directory), http.RequestAborted), ApiJson.Options);

    private static async Task<IResult> Put(
        HttpContext http, SignedIn who, Database database, Idempotency idempotency, Secrets secrets, TranscriptionDirectory directory, ModelDirectory models)
    {
        var (bytes, request) = await ApiBody.Read<TranscriptionRequest>(http.Request);
        var known = await database.Read(Scope.Tenant(who.Tenant), tx => TranscriptionStore.Find(tx, who.Tenant), http.RequestAborted);
        if (Wrong(request, known) is { } refusal)
        {
            return refusal;
        }

        return await idempotency.Once(http, who, $"PUT {Route}", bytes, async tx =>
        {
            var stored = await TranscriptionStore.Find(tx, who.Tenant);
            var model = request.Model?.Trim() is { Length: > 0 } given ? given : TranscriptionSetup.DefaultModel;
            await TranscriptionStore.Put(tx, new StoredTranscription
            {
                TenantId = who.Tenant,
                Model = model,
                BaseUrl = ModelCheck.Address(request.BaseUrl),
                Key = request.Key is { Length: > 0 } key ? secrets.Seal(key.Trim(), TranscriptionStore.KeyPlace(who.Tenant)) : KeepsKey(request, stored) ? stored!.Key : null,
                PriceMinute = (long?)(request.PriceMinute * 1_000_000m) ?? TranscriptionSetup.Price(model),
            });
            tx.AfterCommit(models.Changed.Raise);
            return (200, await Read(tx, who.Tenant, directory));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, TranscriptionDirectory directory, ModelDirectory models) =>
        await idempotency.Once(http, who, $"DELETE {Route}", [], async tx =>
        {
            await TranscriptionStore.Remove(tx, who.Tenant);
            tx.AfterCommit(models.Changed.Raise);
            return (200, await Read(tx, who.Tenant, directory));
        });

    private static IResult? Wrong(TranscriptionRequest request, StoredTranscription? stored) =>
        request.Model is { Length: > 200 } ? Problems.Invalid400("model", "model is the provider's name of it, of at most 200 characters.")
        : !string.IsNullOrWhiteSpace(request.BaseUrl) && SafeHttp.Problem(request.BaseUrl.Trim()) is { } address ? Problems.Invalid400("base_url", address)
        : request.Key is { } key && (key.Length > 1000 || key.Any(c => c is < '!' or > '~')) ? Problems.Invalid400("key", "key is a line of visible characters, as the provider shows it.")
        : string.IsNullOrWhiteSpace(request.BaseUrl) && string.IsNullOrEmpty(request.Key) && !KeepsKey(request, stored)
            ? Problems.Invalid400("key", "key is needed: there is none for this address yet.")
        : request.PriceMinute is < 0 or > 1_000 ? Problems.Invalid400("price_minute", "price_minute is US dollars for a minute of sound, from 0 to 1000.")
        : null;

    /// <summary>A stored key goes only where it went before.</summary>
    private static bool KeepsKey(TranscriptionRequest request, StoredTranscription? stored) =>
        stored?.Key is not null && stored.BaseUrl == ModelCheck.Address(request.BaseUrl);

    private static async Task<TranscriptionJson> Read(Tx tx, long tenantId, TranscriptionDirectory directory) =>
        await TranscriptionStore.Find(tx, tenantId) is { } own
            ? new TranscriptionJson("tenant", own.Model, own.BaseUrl, own.Key is not null, own.PriceMinute / 1_000_000m, "USD")
        : directory.Operators is { } set
            ? new TranscriptionJson("installation", set.Model, null, false, set.PriceMinute / 1_000_000m, "USD")
        : new TranscriptionJson("none", null, null, false, null, "USD");
}
