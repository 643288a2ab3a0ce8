using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Candidates;

/// <param name="Question">As the FAQ is to ask; left out: as it was asked.</param>
/// <param name="Answer">As it is to answer; left out: as the person answered.</param>
/// <param name="Language">fr, ar or en; left out: the customer's.</param>
internal sealed record CandidateApproval(string? Question, string? Answer, string? Language);

/// <param name="Id">Ours.</param>
/// <param name="Question">The customer's words, personal data masked.</param>
/// <param name="Answer">The person's first words, personal data masked.</param>
/// <param name="Language">fr, ar, en, or null.</param>
/// <param name="Times">Conversations it was asked and answered in.</param>
/// <param name="State">open, approved or dismissed.</param>
/// <param name="FaqId">What became of it.</param>
/// <param name="ConversationId">Where it was asked first.</param>
/// <param name="MessageId">The person's answer.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
/// <param name="AskedAt">The last time; ISO-8601 UTC.</param>
internal sealed record CandidateJson(
    long Id, string Question, string Answer, string? Language, long Times, string State, long? FaqId, long ConversationId, long MessageId,
    DateTimeOffset CreatedAt, DateTimeOffset AskedAt);

/// <summary>Questions that people answered, for the owner to make FAQs of. None becomes one by itself.</summary>
internal static class CandidateApi
{
    private static readonly string[] States = [CandidateState.Open, CandidateState.Approved, CandidateState.Dismissed];

    public static void MapCandidates(this IEndpointRouteBuilder app)
    {
        var candidates = app.MapGroup("/api/knowledge/candidates").WithTags("Knowledge").RequireAuthorization(Policies.Admin);
        candidates.MapGet("", List).WithName("list_faq_candidates").WithSummary("Questions that people answered, as FAQs to be")
            .Produces<Page<CandidateJson>>().ProducesProblem(400).ProducesProblem(403);
        candidates.MapPost("/{id:long}/approve", Approve).WithName("approve_faq_candidate").WithSummary("Make it a FAQ, once; as it is, or with other words")
            .WithDescription("Takes an Idempotency-Key. Approved again, it stays the FAQ that it is.")
            .Accepts<CandidateApproval>("application/json").Produces<CandidateJson>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        candidates.MapPost("/{id:long}/dismiss", Dismiss).WithName("dismiss_faq_candidate").WithSummary("Leave it; it does not come back")
            .Produces<CandidateJson>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, [FromQuery(Name = "state")] string? state = null)
    {
        if (state is not null && !States.Contains(state))
        {
            return Problems.Invalid400("state", "state is open, approved or dismissed.");
        }

        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => CandidateStore.Page(tx, who.Tenant, state ?? CandidateState.Open, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, c => new Cursor(c.Id, c.Id), Show), ApiJson.Options);
    }

    private static async Task<IResult> Approve(
        HttpContext http, SignedIn who, Database database, IFaqGate gate, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        if (await database.Read(Scope.Tenant(who.Tenant), tx => CandidateStore.Find(tx, who.Tenant, id), http.RequestAborted) is not { } open)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, request) = http.Request.HasJsonContentType() ? await ApiBody.Read<CandidateApproval>(http.Request) : new([], new(null, null, null));
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

        var (faqId, now) = (await ids.One(http.RequestAborted), clock.Micros);
        var gated = open.State == CandidateState.Approved ? GateAnswer.Open
            : await gate.Look(http, who, new FaqChange(faqId, question ?? open.Question, answer ?? open.Answer));
        return gated.Refusal ?? await idempotency.Once(http, who, $"POST /api/knowledge/candidates/{id}/approve", bytes, async tx =>
        {
            if (await CandidateStore.Decide(tx, who.Tenant, id, CandidateState.Approved, faqId))
            {
                var candidate = (await CandidateStore.Find(tx, who.Tenant, id))!;
                await FaqStore.Insert(tx, new Faq
                {
                    TenantId = who.Tenant, Id = faqId, Question = question ?? candidate.Question, Answer = answer ?? candidate.Answer,
                    Language = request.Language ?? candidate.Language, CreatedAt = now, UpdatedAt = now,
                });
                await gated.Record(tx);
            }

            return (200, Show((await CandidateStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static async Task<IResult> Dismiss(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"POST /api/knowledge/candidates/{id}/dismiss", [], async tx =>
        {
            await CandidateStore.Decide(tx, who.Tenant, id, CandidateState.Dismissed, null);
            return await CandidateStore.Find(tx, who.Tenant, id) is { } found ? (200, Show(found)) : (404, (object?)Problems.NotFound);
        });

    private static CandidateJson Show(FaqCandidate candidate) => new(
        candidate.Id, candidate.Question, candidate.Answer, candidate.Language, candidate.Times, candidate.State, candidate.FaqId, candidate.ConversationId,
        candidate.MessageId, Instants.FromMicros(candidate.CreatedAt), Instants.FromMicros(candidate.AskedAt));
}
