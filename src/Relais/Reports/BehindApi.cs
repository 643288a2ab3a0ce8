using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Reports;

/// <summary>A conversation behind a figure, with the names of GET /api/conversations.</summary>
/// <param name="Id">Ours.</param>
/// <param name="PhoneNumber">The customer's, or null.</param>
/// <param name="ProfileName">The customer's name.</param>
/// <param name="Status">active, transferred or completed.</param>
/// <param name="AgentId">The person who has it.</param>
/// <param name="InboxId">The business's number.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="Language">fr, ar or en, once known.</param>
/// <param name="HandoffReason">Why people were given it.</param>
/// <param name="LastMessage">First 120 characters.</param>
/// <param name="LastMessageAt">When it came.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Duration">Seconds from opening to closing; null while open.</param>
internal sealed record BehindJson(
    long Id, string? PhoneNumber, string? ProfileName, string Status, long? AgentId, long InboxId, long ContactId, string? Language,
    string? HandoffReason, string? LastMessage, DateTimeOffset LastMessageAt, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, long? Duration)
{
    public static BehindJson Of(Conversation c) => new(
        c.Id, c.ContactPhone, c.ContactName, c.Status == ConversationStatus.Closed ? "completed" : c.IsWithPeople ? "transferred" : "active",
        c.AgentId, c.InboxId, c.ContactId, c.Language, c.HandoffReason, c.LastMessage, Instants.FromMicros(c.LastMessageAt),
        Instants.FromMicros(c.CreatedAt), Instants.FromMicros(c.ClosedAt), c.ClosedAt is { } closed ? (closed - c.CreatedAt) / Instants.Second : null);
}

/// <summary>From a point of a chart or a row of a report to the conversations it is made of.</summary>
internal static class BehindApi
{
    public static void MapBehind(this IEndpointRouteBuilder app) => app.MapGet("/api/reports/conversations", List)
        .RequireAuthorization(Policies.Agent).WithName("report_conversations").WithTags("Reports")
        .WithSummary("The conversations behind a figure, the newest first")
        .WithDescription("Of a rate those that lower it: unanswered, not closed, not delivered.")
        .Produces<Page<BehindJson>>().ProducesProblem(400).ProducesProblem(401);

    private static async Task<IResult> List(
        SignedIn who, Database database, Clock clock, [AsParameters] ReportQuery query, [AsParameters] PageQuery page,
        [FromQuery(Name = "metric"), Description("A metric's name; not needed beside reason or code.")] string? metric,
        [FromQuery(Name = "at"), Description("Only the point of the chart that begins then.")] string? at,
        [FromQuery(Name = "reason"), Description("Handed over for this reason.")] string? reason,
        [FromQuery(Name = "code"), Description("With a message that failed with this code.")] string? code, CancellationToken cancel)
    {
        var word = string.IsNullOrEmpty(reason) ? code : reason;
        if (string.IsNullOrEmpty(word) && !Tally.Metrics.Contains(metric ?? "conversations_opened"))
        {
            return Problems.Invalid400("metric", $"metric is one of: {string.Join(", ", Tally.Metrics)}.");
        }

        DateTimeOffset point = default;
        if (!string.IsNullOrEmpty(at) && !DateTimeOffset.TryParse(
            at, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out point))
        {
            return Problems.Invalid400("at", "at is the instant at which the point begins, as in the series.");
        }

        if (page.Read(50, out var limit, out var after) is { } wrongPage)
        {
            return wrongPage;
        }

        return await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var place = (await FigureStore.Place(tx, who.Tenant))!;
            if (query.Read(place, clock.Micros, out var range, out var slice) is { } refusal)
            {
                return refusal;
            }

            if (!string.IsNullOrEmpty(at))
            {
                var micros = Math.Clamp(Instants.ToMicros(point), range.From, range.Until - 1);
                slice = slice with { From = range.Points[range.PointAt(micros)], Until = range.EndOf(micros) };
            }

            var before = after?.Id ?? long.MaxValue;
            var ids = string.IsNullOrEmpty(word)
                ? await BehindStore.Of(tx, slice, metric ?? "conversations_opened", before, limit + 1)
                : await BehindStore.OfWord(tx, slice, string.IsNullOrEmpty(reason) ? MarkKind.FailedMessage : MarkKind.Handoff, word, before, limit + 1);
            var found = (await ConversationStore.Some(tx, who.Tenant, ids)).OrderByDescending(c => c.Id).ToList();
            return Results.Json(Page.Of(found, limit, c => new Cursor(c.Id, c.Id), BehindJson.Of), ApiJson.Options);
        }, cancel);
    }
}
