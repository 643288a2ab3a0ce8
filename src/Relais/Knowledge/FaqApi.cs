using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge;

/// <param name="Question">As customers ask it; at most 1000 characters.</param>
/// <param name="Answer">As the business answers it; at most 4000 characters.</param>
/// <param name="Language">fr, ar or en: customers who write in it get this entry before the same one in another; left out: nobody said.</param>
internal sealed record FaqRequest(string? Question, string? Answer, string? Language);

/// <param name="Id">Ours.</param>
/// <param name="ConciergerieId">The tenant, in system D's words.</param>
/// <param name="Question">As customers ask it.</param>
/// <param name="Answer">As the business answers it.</param>
/// <param name="Language">fr, ar, en, or null.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record FaqAnswer(
    long Id, long ConciergerieId, string Question, string Answer, string? Language, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>The FAQs of the signed-in tenant. Everyone in it reads them, admins and owners change what customers are told.</summary>
internal static class FaqApi
{
    public static void MapFaqs(this IEndpointRouteBuilder app)
    {
        var faqs = app.MapGroup("/api/faqs").WithTags("FAQs");
        faqs.MapGet("/", List).RequireAuthorization(Policies.Agent).WithName("ListFaqs").WithSummary("FAQs, oldest first")
            .Produces<Page<FaqAnswer>>().ProducesProblem(400).ProducesProblem(401);
        faqs.MapPost("/", Create).RequireAuthorization(Policies.Admin).WithName("CreateFaq").WithSummary("Add a FAQ")
            .WithDescription("The AI agent answers from it on its next turn. Takes an Idempotency-Key.")
            .Accepts<FaqRequest>("application/json").Produces<FaqAnswer>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403)
            .ProducesProblem(409);
        faqs.MapPatch("/{id:long}", Change).RequireAuthorization(Policies.Admin).WithName("ChangeFaq").WithSummary("Change a FAQ")
            .WithDescription("A field left out, or null, stays as it is.")
            .Accepts<FaqRequest>("application/json").Produces<FaqAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .ProducesProblem(409);
        faqs.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Admin).WithName("DeleteFaq").WithSummary("Delete a FAQ")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => FaqStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, faq => new Cursor(faq.Id, faq.Id), Show));
    }

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Ids ids, Clock clock, IFaqGate gate, Idempotency idempotency)
    {
        var (bytes, request) = await ApiBody.Read<FaqRequest>(http.Request);
        if (FaqText.Read("question", request.Question ?? "", FaqText.MaxQuestion, out var question) is { } wrongQuestion)
        {
            return wrongQuestion;
        }

        if (FaqText.Read("answer", request.Answer ?? "", FaqText.MaxAnswer, out var answer) is { } wrongAnswer)
        {
            return wrongAnswer;
        }

        if (FaqText.WrongLanguage(request.Language) is { } wrongLanguage)
        {
            return wrongLanguage;
        }

        var now = clock.Micros;
        var faq = new Faq
        {
            TenantId = who.Tenant,
            Id = await ids.One(http.RequestAborted),
            Question = question!,
            Answer = answer!,
            Language = request.Language,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var gated = await gate.Look(http, who, new FaqChange(faq.Id, faq.Question, faq.Answer));
        return gated.Refusal ?? await idempotency.Once(http, who, "POST /api/faqs", bytes, async tx =>
        {
            await FaqStore.Insert(tx, faq);
            await gated.Record(tx);
            return (201, Show(faq));
        });
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Clock clock, IFaqGate gate, Idempotency idempotency, long id)
    {
        var (bytes, request) = await ApiBody.Read<FaqRequest>(http.Request);
        if (request is { Question: null, Answer: null, Language: null })
        {
            return Problems.Invalid400("question", "Name what changes: question, answer, language.");
        }

        if (FaqText.Read("question", request.Question, FaqText.MaxQuestion, out var question) is { } wrongQuestion)
        {
            return wrongQuestion;
        }

        if (FaqText.Read("answer", request.Answer, FaqText.MaxAnswer, out var answer) is { } wrongAnswer)
        {
            return wrongAnswer;
        }

        if (FaqText.WrongLanguage(request.Language) is { } wrongLanguage)
        {
            return wrongLanguage;
        }

        var now = clock.Micros;
        var gated = await gate.Look(http, who, new FaqChange(id, question, answer));
        return gated.Refusal ?? await idempotency.Once(http, who, $"PATCH /api/faqs/{id}", bytes, async tx =>
        {
            if (await FaqStore.Find(tx, who.Tenant, id) is not { } old)
            {
                return (404, Problems.NotFound);
            }

            var changed = new Faq
            {
                TenantId = who.Tenant,
                Id = id,
                Question = question ?? old.Question,
                Answer = answer ?? old.Answer,
                Language = request.Language ?? old.Language,
                CreatedAt = old.CreatedAt,
                UpdatedAt = Math.Max(now, old.UpdatedAt),
            };
            await FaqStore.Update(tx, changed);
            await gated.Record(tx);
            return (200, Show(changed));
        });
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, IFaqGate gate, Idempotency idempotency, long id)
    {
        var gated = await gate.Look(http, who, new FaqChange(id, null, null, IsRemoval: true));
        return gated.Refusal ?? await idempotency.Once(http, who, $"DELETE /api/faqs/{id}", [], async tx =>
        {
            await gated.Record(tx);
            return await FaqStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, (object?)Problems.NotFound);
        });
    }

    private static FaqAnswer Show(Faq faq) => new(
        faq.Id, faq.TenantId, faq.Question, faq.Answer, faq.Language, Instants.FromMicros(faq.CreatedAt), Instants.FromMicros(faq.UpdatedAt));
}
