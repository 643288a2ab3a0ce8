using System.Text.Json;
using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Knowledge.Candidates;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Why;

/// <param name="Question">The customer's words, personal data masked; as POST /api/faqs takes it.</param>
/// <param name="Answer">A person's answer to it, masked; empty when there is none yet.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="FaqId">The FAQ the answer was taken from word for word: change that one instead; null when it was none.</param>
/// <param name="MessageId">The message that was asked about.</param>
internal sealed record FaqDraftJson(string Question, string Answer, string Language, long? FaqId, long MessageId);

/// <param name="Verdict">bad (the default): what was said must not be said again. good: it has to stay so.</param>
/// <param name="Name">Of the case; left out: made from the customer's words.</param>
internal sealed record MessageCaseRequest(string? Verdict, string? Name);

/// <param name="Name">Of the case.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Yaml">The case, as POST /api/simulations/cases takes it; personal data masked.</param>
/// <param name="MessageId">The message that was asked about.</param>
internal sealed record MessageCaseJson(string Name, string Language, string Yaml, long MessageId);

/// <summary>An answer made into a FAQ draft or a test case with one click. Neither is stored here: a person looks at it first.</summary>
internal static class LearningApi
{
    private const int LongestQuestion = 1_000;
    private const int LongestAnswer = 4_000;

    public static void MapLearning(this IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/api/messages/{id:long}").WithTags("AI agent").RequireAuthorization(Policies.Agent);
        messages.MapPost("/faq-draft", FaqDraft).WithName("draft_faq").WithSummary("The exchange as a FAQ to be completed")
            .WithDescription("Stores nothing: send it to POST /api/faqs, or to PATCH /api/faqs/{faq_id} when an FAQ gave the answer.")
            .Produces<FaqDraftJson>().ProducesProblem(401).ProducesProblem(404).ProducesProblem(409);
        messages.MapPost("/test-case", TestCase).WithName("make_message_test_case").WithSummary("The exchange as a simulation case, personal data masked")
            .WithDescription("Stores nothing: send the yaml to POST /api/simulations/cases.")
            .Accepts<MessageCaseRequest>("application/json").Produces<MessageCaseJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404)
            .ProducesProblem(409);
    }

    private static async Task<IResult> FaqDraft(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var (message, exchange, trace) = await Read(who, database, id, cancel);
        if (message is null || exchange is null)
        {
            return Problems.Refuse(message is null ? Problems.NotFound : Problems.NoCustomerMessage);
        }

        var quoted = exchange.ByPerson is null ? trace?.ReadDetail().Sources?.FirstOrDefault(s => s is { Quoted: true, Kind: "faq" }) : null;
        return Results.Json(new FaqDraftJson(
            Masked(string.Join('\n', exchange.Asked.Select(m => m.Content).Where(c => c.Length > 0)), exchange, LongestQuestion),
            Masked(exchange.ByPerson?.Content ?? "", exchange, LongestAnswer), trace?.Language ?? exchange.Language, quoted?.Id, id), ApiJson.Options);
    }

    private static async Task<IResult> TestCase(HttpContext http, SignedIn who, Database database, long id)
    {
        var (message, exchange, trace) = await Read(who, database, id, http.RequestAborted);
        if (message is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var bytes = await ApiBody.ReadBytes(http.Request);
        var request = bytes.Length == 0 ? null : JsonSerializer.Deserialize<MessageCaseRequest>(bytes, ApiJson.Options);
        var name = ShortText.OneLine(CustomerText.Normalise(request?.Name ?? "")).Trim();
        if (request?.Verdict is not (null or "bad" or "good"))
        {
            return Problems.Invalid400("verdict", "verdict is bad or good.");
        }

        if (name.Length > CaseReader.LongestName)
        {
            return Problems.Invalid400("name", $"name may have at most {CaseReader.LongestName} characters.");
        }

        if (exchange is null)
        {
            return Problems.Refuse(Problems.NoCustomerMessage);
        }

        var texts = exchange.Before.SelectMany(breath => breath).Concat(exchange.Asked).Select(m => m.Content);
        var orders = await database.Read(
            Scope.Tenant(who.Tenant), tx => CaseOrders.Of(tx, who.Tenant, exchange.ContactId, texts), http.RequestAborted);
        var made = MessageCase.Write(name.Length > 0 ? name : null, id, exchange, orders, trace, request?.Verdict == "good");
        return Results.Json(new MessageCaseJson(made.Name, made.Language, made.Yaml, id), ApiJson.Options);
    }

    private static Task<(ToldMessage? Message, Exchange? Exchange, StoredTrace? Trace)> Read(SignedIn who, Database database, long id, CancellationToken cancel) =>
        database.Read(Scope.Tenant(who.Tenant), async tx =>
            await ToldMessage.Find(tx, who.Tenant, id) is { } message
                ? (message, await Exchange.Around(tx, who.Tenant, message, who.Language), await TraceApi.Trace(tx, who.Tenant, message))
                : ((ToldMessage?)null, (Exchange?)null, (StoredTrace?)null), cancel);

    private static string Masked(string text, Exchange exchange, int longest) =>
        Cut.To(PersonalData.Mask(CustomerText.Normalise(text), exchange.CustomerName), longest);
}
