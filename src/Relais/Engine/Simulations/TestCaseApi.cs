using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Engine.Simulations;

/// <param name="Name">Of the case; left out: one is made.</param>
/// <param name="Save">True keeps it among the business's cases at once; otherwise it is only shown, to be read and completed first.</param>
internal sealed record TestCaseRequest(string? Name, bool? Save);

/// <param name="Id">Of the saved case; null when it was only shown.</param>
/// <param name="Name">Of the case.</param>
/// <param name="Yaml">The case, personal data masked.</param>
internal sealed record TestCaseJson(long? Id, string Name, string Yaml);

/// <summary>Makes a case of a real chat.</summary>
internal static class TestCaseApi
{
    public static void MapTestCases(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/conversations/{id:long}/test-case", Make).WithTags("Simulations").RequireAuthorization(Policies.Agent).WithName("make_test_case")
            .WithSummary("Make a simulation of a conversation, personal data masked")
            .WithDescription("Names, telephone numbers, e-mail addresses, links and order numbers become placeholders. Read it before it is saved: what else a customer tells stays. Saving is for admins. Takes an Idempotency-Key.")
            .Accepts<TestCaseRequest>("application/json").Produces<TestCaseJson>().Produces<TestCaseJson>(201)
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Make(
        HttpContext http, SignedIn who, Database database, Ids ids, Clock clock, Idempotency idempotency, long id)
    {
        var scope = Scope.Tenant(who.Tenant);
        if (await database.Read(scope, tx => ChatStore.Read(tx, who.Tenant, id), http.RequestAborted) is not { } chat)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, request) = await ApiBody.Read<TestCaseRequest>(http.Request);
        var orders = await database.Read(
            scope, tx => CaseOrders.Of(tx, who.Tenant, chat.ContactId, chat.Messages.Select(m => m.Text)), http.RequestAborted);
        var name = string.IsNullOrWhiteSpace(request.Name) ? $"Conversation {id}" : request.Name;
        if (ChatCase.Write(name, chat.Language, chat.Messages, orders, new Masking(chat.Names)) is not { } made)
        {
            return Problems.Invalid400("id", "The customer has written nothing here that could be tried again.");
        }

        if (request.Save is not true)
        {
            return Results.Json(new TestCaseJson(null, made.Name, made.Yaml), ApiJson.Options);
        }

        if (!who.Rights.Has(Right.Assistant))
        {
            return Problems.Refuse(Problems.Forbidden);
        }

        var (caseId, now) = (await ids.One(http.RequestAborted), clock.Micros);
        return await idempotency.Once(http, who, $"POST /api/conversations/{id}/test-case", bytes, async tx =>
            await CaseStore.Insert(tx, new StoredCase
            {
                TenantId = who.Tenant, Id = caseId, Name = made.Name, Language = chat.Language, Yaml = made.Yaml, CreatedAt = now, UpdatedAt = now,
            }) ? (201, new TestCaseJson(caseId, made.Name, made.Yaml)) : (409, (object?)Problems.CaseExists));
    }
}
