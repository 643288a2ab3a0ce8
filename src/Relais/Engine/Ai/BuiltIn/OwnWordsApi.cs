using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.BuiltIn;

/// <param name="Draft">Intent ⇒ lines, as being written.</param>
/// <param name="Published">As turns are answered under.</param>
/// <param name="Intents">Every intent there is.</param>
internal sealed record ExamplesJson(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Draft, IReadOnlyDictionary<string, IReadOnlyList<string>> Published, IReadOnlyList<string> Intents);

/// <param name="Draft">Word ⇒ words of the same meaning, as being written.</param>
/// <param name="Published">As FAQs are searched with.</param>
internal sealed record SynonymsJson(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Draft, IReadOnlyDictionary<string, IReadOnlyList<string>> Published);

/// <param name="Examples">The whole of them: an intent left out has none.</param>
internal sealed record ExamplesRequest(IReadOnlyDictionary<string, IReadOnlyList<string>>? Examples);

/// <param name="Synonyms">The whole of them.</param>
internal sealed record SynonymsRequest(IReadOnlyDictionary<string, IReadOnlyList<string>>? Synonyms);

/// <param name="Text">A customer's message, at most 1000 characters.</param>
internal sealed record TryRequest(string? Text);

/// <param name="Intent">What it means.</param>
/// <param name="Score">How sure, 0 to 1.</param>
internal sealed record IntentJson(string Intent, double Score);

/// <param name="Language">fr, ar or en.</param>
/// <param name="Draft">Under the draft.</param>
/// <param name="Published">As read now.</param>
/// <param name="Faqs">The FAQ entries found under the draft, best first.</param>
internal sealed record TryJson(string Language, IntentJson Draft, IntentJson Published, IReadOnlyList<FaqMatch> Faqs);

/// <param name="Examples">Lines now in use.</param>
/// <param name="Synonyms">Words now in use.</param>
internal sealed record PublishedJson(int Examples, int Synonyms);

/// <summary>A business's own intent examples and synonyms: written as a draft, tried, and published only when nothing is read worse.</summary>
internal static class OwnWordsApi
{
    private const int MostShown = 50;

    private static readonly Problem Worse = new("intents_worse", 409, "The agent would get worse",
        "Under this draft some lines are read wrongly: they are listed in misread. Change the examples or synonyms that cause it and publish again.");

    public static void MapOwnWords(this IEndpointRouteBuilder app)
    {
        var intents = app.MapGroup("/api/ai/intents").WithTags("AI agent");
        intents.MapGet("", Examples).RequireAuthorization(Policies.Agent).WithName("get_intents").WithSummary("Intent examples, draft and published").Produces<ExamplesJson>();
        intents.MapPut("", KeepExamples).RequireAuthorization(Policies.Admin).WithName("put_intents").WithSummary("Write the draft of the intent examples")
            .Accepts<ExamplesRequest>("application/json").Produces<ExamplesJson>().ProducesProblem(400).ProducesProblem(403);
        intents.MapPost("/try", Try).RequireAuthorization(Policies.Agent).WithName("try_intent").WithSummary("How a message is understood under the draft")
            .Accepts<TryRequest>("application/json").Produces<TryJson>().ProducesProblem(400);
        intents.MapPost("/publish", Publish).RequireAuthorization(Policies.Admin).WithName("publish_intents")
            .WithSummary("Use the draft of examples and synonyms, unless something is read worse").Produces<PublishedJson>().ProducesProblem(403).ProducesProblem(409);
        var synonyms = app.MapGroup("/api/ai/synonyms").WithTags("AI agent");
        synonyms.MapGet("", Synonyms).RequireAuthorization(Policies.Agent).WithName("get_synonyms").WithSummary("Synonyms, draft and published").Produces<SynonymsJson>();
        synonyms.MapPut("", KeepSynonyms).RequireAuthorization(Policies.Admin).WithName("put_synonyms").WithSummary("Write the draft of the synonyms")
            .Accepts<SynonymsRequest>("application/json").Produces<SynonymsJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Examples(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(ShowExamples(await Both(who, database, cancel)), ApiJson.Options);

    private static async Task<IResult> Synonyms(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(ShowSynonyms(await Both(who, database, cancel)), ApiJson.Options);

    private static async Task<IResult> KeepExamples(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, request) = await ApiBody.Read<ExamplesRequest>(http.Request);
        if (request.Examples is null)
        {
            return Problems.Invalid400("examples", "examples is missing.");
        }

        return OwnWordsCheck.Examples(request.Examples, out var clean)
            ?? await Keep(http, who, idempotency, clock, bytes, draft => draft with { Examples = clean }, ShowExamples);
    }

    private static async Task<IResult> KeepSynonyms(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, request) = await ApiBody.Read<SynonymsRequest>(http.Request);
        if (request.Synonyms is null)
        {
            return Problems.Invalid400("synonyms", "synonyms is missing.");
        }

        return OwnWordsCheck.Synonyms(request.Synonyms, out var clean)
            ?? await Keep(http, who, idempotency, clock, bytes, draft => draft with { Synonyms = clean }, ShowSynonyms);
    }

    private static async Task<IResult> Keep<T>(
        HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, byte[] bytes, Func<OwnWords, OwnWords> change, Func<(OwnWords, OwnWords), T> show)
    {
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PUT {http.Request.Path}", bytes, async tx =>
        {
            var draft = change(await OwnWordsStore.Draft(tx, who.Tenant));
            await OwnWordsStore.KeepDraft(tx, who.Tenant, draft, now);
            return (200, (object?)show((draft, await OwnWordsStore.Published(tx, who.Tenant))));
        });
    }

    private static async Task<IResult> Try(HttpContext http, SignedIn who, Database database)
    {
        var (_, request) = await ApiBody.Read<TryRequest>(http.Request);
        if (request.Text is not { } text || text.Trim().Length is 0 or > 1_000)
        {
            return Problems.Invalid400("text", "text is missing, or longer than 1000 characters.");
        }

        var ((draft, published), faqs) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await Both(tx, who.Tenant), await Faqs(tx, who.Tenant)), http.RequestAborted);
        var then = draft.Learn();
        return Results.Json(new TryJson(
            LanguageDetector.Detect(text).Language, Show(then.Reader.Read(text)), Show(published.Learn().Reader.Read(text)),
            FaqSearch.Build(faqs, then.Synonyms).Find(text)), ApiJson.Options);
    }

    private static async Task<IResult> Publish(HttpContext http, SignedIn who, Database database, Idempotency idempotency, Clock clock)
    {
        // Checked outside the transaction, which only puts into use what was checked.
        var ((draft, published), faqs) = await database.Read(
            Scope.Tenant(who.Tenant), async tx => (await Both(tx, who.Tenant), await Faqs(tx, who.Tenant)), http.RequestAborted);
        if (OwnWordsCheck.Of(draft, published.Learn(), faqs) is { Count: > 0 } misread)
        {
            return Problems.RefuseWith(Worse, null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["misread"] = misread.Take(MostShown).ToList() });
        }

        var (now, checkedDraft) = (clock.Micros, draft.Write());
        return await idempotency.Once(http, who, "POST /api/ai/intents/publish", [], async tx =>
        {
            // Written anew meanwhile: what was checked is what is used.
            if ((await OwnWordsStore.Draft(tx, who.Tenant)).Write() != checkedDraft)
            {
                return (409, (object?)Worse);
            }

            await OwnWordsStore.Publish(tx, who.Tenant, now);
            return (200, new PublishedJson(draft.Lines().Count(), draft.Synonyms.Count));
        });
    }

    private static Task<(OwnWords Draft, OwnWords Published)> Both(SignedIn who, Database database, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), tx => Both(tx, who.Tenant), cancel);

    private static async Task<(OwnWords Draft, OwnWords Published)> Both(Tx tx, long tenantId)
    {
        var found = await OwnWordsStore.Find(tx, tenantId);
        return (OwnWords.Read(found?.Draft), OwnWords.Read(found?.Published));
    }

    private static async Task<List<(long Id, string Question, string Answer)>> Faqs(Tx tx, long tenantId) =>
        (await FaqStore.All(tx, tenantId)).ConvertAll(f => (f.Id, f.Question, f.Answer));

    private static IntentJson Show(IntentReading read) => new(OwnWords.WordFor(read.Intent), Math.Round(read.Confidence, 3));

    private static ExamplesJson ShowExamples((OwnWords Draft, OwnWords Published) words) =>
        new(words.Draft.Examples, words.Published.Examples, [.. Enum.GetValues<Intent>().Select(OwnWords.WordFor)]);

    private static SynonymsJson ShowSynonyms((OwnWords Draft, OwnWords Published) words) => new(words.Draft.Synonyms, words.Published.Synonyms);
}
