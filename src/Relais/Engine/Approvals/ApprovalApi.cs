using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Relais.Commerce;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Approvals;

/// <param name="Id">Ours.</param>
/// <param name="Action">confirm, modify or cancel.</param>
/// <param name="Detail">modify: what is to be changed, in the customer's words.</param>
/// <param name="State">pending, approved, rejected, or impossible: approved, but the order had moved on.</param>
/// <param name="AgentId">Who decided.</param>
internal sealed record ApprovalJson(
    long Id, string Action, long OrderId, string TrackingNumber, long ContactId, long ConversationId, string? Detail, string State, long? AgentId,
    DateTimeOffset CreatedAt, DateTimeOffset? DecidedAt)
{
    public static ApprovalJson Of(OrderApproval a) => new(
        a.Id, a.Action, a.OrderId, a.TrackingNumber, a.ContactId, a.ConversationId, a.Detail, a.State, a.AgentId, Instants.FromMicros(a.CreatedAt),
        a.DecidedAt is { } at ? Instants.FromMicros(at) : null);
}

/// <param name="Message">Told to the customer after our own sentence; 500 characters, or left out.</param>
internal sealed record ApprovalRequest(string? Message);

/// <param name="CustomerTold">False when the service window is closed, or the customer is blocked.</param>
internal sealed record ApprovalDecided(ApprovalJson Approval, bool CustomerTold);

/// <summary>What customers tapped on their orders and the business wants to allow first (<c>ai_settings.approve_orders</c>).</summary>
internal static class ApprovalApi
{
    private const int LongestMessage = 500;
    private static readonly string[] States = [OrderApproval.Pending, OrderApproval.Approved, OrderApproval.Rejected, OrderApproval.Impossible];

    public static void MapApprovals(this IEndpointRouteBuilder app)
    {
        var approvals = app.MapGroup("/api/approvals").WithTags("Orders").RequireAuthorization(Policies.Agent);
        approvals.MapGet("/", List).WithName("list_approvals").WithSummary("Acts on orders that wait for a person, oldest first")
            .Produces<Page<ApprovalJson>>().ProducesProblem(400);
        approvals.MapPost("/{id:long}/approve", (HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, ApprovalDesk desk, long id) =>
                Decide(http, who, idempotency, ids, desk, id, approves: true))
            .WithName("approve").WithSummary("Allow it: it is done if the order's state still lets it, and the customer is told")
            .Accepts<ApprovalRequest>("application/json").Produces<ApprovalDecided>().ProducesProblem(404).ProducesProblem(409);
        approvals.MapPost("/{id:long}/reject", (HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, ApprovalDesk desk, long id) =>
                Decide(http, who, idempotency, ids, desk, id, approves: false))
            .WithName("reject").WithSummary("Refuse it: the order stays as it is, and the customer is told")
            .Accepts<ApprovalRequest>("application/json").Produces<ApprovalDecided>().ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query, [FromQuery(Name = "state")] string? state = null)
    {
        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var wanted = string.IsNullOrEmpty(state) ? OrderApproval.Pending : state;
        if (!States.Contains(wanted))
        {
            return Problems.Invalid400("state", "state is pending, approved, rejected or impossible.");
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => OrderApprovalStore.Page(tx, who.Tenant, wanted, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, a => new Cursor(a.Id, a.Id), ApprovalJson.Of), ApiJson.Options);
    }

    private static async Task<IResult> Decide(
        HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, ApprovalDesk desk, long id, bool approves)
    {
        var bytes = await ApiBody.ReadBytes(http.Request);
        var body = bytes.Length == 0 ? new ApprovalRequest(null) : JsonSerializer.Deserialize<ApprovalRequest>(bytes, ApiJson.Options)!;
        var words = string.IsNullOrWhiteSpace(body.Message) ? null : CustomerText.Normalise(body.Message).Trim();

        // A person's words come on top of ours: room for both.
        var range = await ids.Take(ApprovalDesk.IdsNeeded(new string(' ', 400 + LongestMessage)), http.RequestAborted);
        return await idempotency.Once(http, who, $"{(approves ? "approve" : "reject")}:{id}", bytes, async tx =>
        {
            range.Rewind();
            if (await OrderApprovalStore.Find(tx, who.Tenant, id) is not { } approval)
            {
                return (404, (object?)Problems.NotFound);
            }

            if (words?.Length > LongestMessage)
            {
                return (400, Problems.Invalid400("message", $"message has {LongestMessage} characters at most."));
            }

            var (decided, isTold) = await desk.Decide(tx, who, approval, approves, words, range);
            return decided is null ? (409, Problems.ApprovalDecided) : (200, new ApprovalDecided(ApprovalJson.Of(decided), isTold));
        });
    }
}
