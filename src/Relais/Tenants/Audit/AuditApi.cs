using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;

namespace Relais.Tenants.Audit;

/// <param name="Id">The line's.</param>
/// <param name="At">When.</param>
/// <param name="AgentId">Who; null when nobody known tried.</param>
/// <param name="AgentName">As they were called then.</param>
/// <param name="Via">console, token, api_key, or none where nobody was signed in.</param>
/// <param name="SessionId">The session or API key.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="Action">What: the endpoint's name in snake_case.</param>
/// <param name="ThingId">To what: the id in the path, or of what was made.</param>
/// <param name="Detail">Names of the fields that were given, and short words of ours; never a text, a number of a person or a secret.</param>
/// <param name="Outcome">done or refused.</param>
/// <param name="ByPlatform">As the platform's administrator.</param>
/// <param name="TenantId">Null: the installation's own.</param>
internal sealed record AuditAnswer(
    long Id, DateTimeOffset At, long? AgentId, string AgentName, string Via, long? SessionId, string Address, string Action, long? ThingId,
    JsonElement Detail, string Outcome, bool ByPlatform, long? TenantId)
{
    public static AuditAnswer Of(AuditEntry e) => new(
        e.Id, Instants.FromMicros(e.At), e.AgentId, e.AgentName, e.Via, e.SessionId, e.Address, e.Action, e.ThingId,
        JsonSerializer.Deserialize<JsonElement>(e.Detail), e.Outcome == AuditEntry.Done ? "done" : "refused", e.ByPlatform == 1, e.TenantId == 0 ? null : e.TenantId);
}

/// <summary>What narrows the audit.</summary>
internal sealed record AuditQuery
{
    [FromQuery(Name = "agent_id")]
    public string? Agent { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "thing_id")]
    public string? Thing { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "outcome")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    public const int MaxText = 100;

    /// <summary>Null when it can be used; otherwise the refusal that names the parameter.</summary>
    public IResult? Read(out AuditFilter filter)
    {
        filter = new AuditFilter(null, null, null, null, null, null, null);
        var refused = IdQuery.Read(Agent, "agent_id", out var agent) ?? IdQuery.Read(Thing, "thing_id", out _) ?? Instant(From, "from", out _) ?? Instant(To, "to", out _);
        if (refused is not null)
        {
            return refused;
        }

        if (Outcome is not (null or "" or "done" or "refused"))
        {
            return Problems.Invalid400("outcome", "outcome is done or refused, or is left out for both.");
        }

        if (Text?.Length > MaxText)
        {
            return Problems.Invalid400("q", $"q has at most {MaxText} characters.");
        }

        IdQuery.Read(Thing, "thing_id", out var thing);
        Instant(From, "from", out var from);
        Instant(To, "to", out var to);
        filter = new AuditFilter(
            agent, string.IsNullOrEmpty(Action) ? null : Action, thing, from, to, Outcome switch { "done" => AuditEntry.Done, "refused" => AuditEntry.Refused, _ => null },
            string.IsNullOrWhiteSpace(Text) ? null : Text.Trim().ToLowerInvariant());
        return null;
    }

    private static IResult? Instant(string? text, string name, out long? micros)
    {
        micros = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Problems.Invalid400(name, $"{name} is an instant such as 2026-01-31T08:00:00Z.");
        }

        micros = Instants.ToMicros(at);
        return null;
    }
}

/// <summary>The audit: a tenant's for its admins, the platform's for whoever looks after the installation.</summary>
internal static class AuditApi
{
    private const int Batch = 500;

    private delegate Task<List<AuditEntry>> Pages(AuditFilter filter, (long At, long Id) before, int limit);

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/audit", List).WithTags("Audit").RequireAuthorization(Policies.Admin).WithName("list_audit")
            .WithSummary("Who did what, when and from where, newest first").Produces<Page<AuditAnswer>>().ProducesProblem(400);
        app.MapGet("/api/audit/export", Export).WithTags("Audit").RequireAuthorization(Policies.Admin).WithName("export_audit").Audited()
            .WithSummary("The same as CSV").Produces(200, contentType: "text/csv").ProducesProblem(400);
        app.MapGet("/api/admin/audit", ListOfPlatform).WithTags("Audit").RequireAuthorization(Policies.Platform).WithName("list_platform_audit")
            .WithSummary("What was done as the platform's administrator, in whatever tenant").Produces<Page<AuditAnswer>>().ProducesProblem(400);
    }

    private static Task<IResult> List(SignedIn who, Database database, [AsParameters] PageQuery page, [AsParameters] AuditQuery query, CancellationToken cancel) =>
        Answer(page, query, OfTenant(database, who.Tenant, cancel));

    private static Task<IResult> ListOfPlatform(Database database, [AsParameters] PageQuery page, [AsParameters] AuditQuery query, CancellationToken cancel) =>
        Answer(page, query, (filter, before, limit) =>
            database.Read(Scope.Directory, tx => AuditStore.PageOfPlatform(tx, filter, before, limit), cancel));

    private static Pages OfTenant(Database database, long tenantId, CancellationToken cancel) => (filter, before, limit) =>
        database.Read(Scope.Tenant(tenantId), tx => AuditStore.Page(tx, tenantId, filter, before, limit), cancel);

    private static async Task<IResult> Answer(PageQuery page, AuditQuery query, Pages read)
    {
        if ((page.Read(50, out var limit, out var after) ?? query.Read(out _)) is { } refused)
        {
            return refused;
        }

        query.Read(out var filter);
        var rows = await read(filter, after is { } c ? (c.Sort, c.Id) : (long.MaxValue, long.MaxValue), limit + 1);
        return TypedResults.Ok(Page.Of(rows, limit, e => new Cursor(e.At, e.Id), AuditAnswer.Of));
    }

    private static IResult Export(HttpContext http, SignedIn who, Database database, [AsParameters] AuditQuery query)
    {
        if (query.Read(out var filter) is { } refused)
        {
            return refused;
        }

        return Results.Stream(
            into => Write(into, filter, OfTenant(database, who.Tenant, http.RequestAborted), http.RequestAborted), "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task Write(Stream into, AuditFilter filter, Pages read, CancellationToken cancel)
    {
        await into.WriteAsync(CsvWriting.Mark, cancel);
        var text = new StringBuilder();
        CsvWriting.Row(text, ["at", "agent_id", "agent", "via", "session_id", "address", "action", "thing_id", "outcome", "by_platform", "detail"]);
        for (var before = (At: long.MaxValue, Id: long.MaxValue); ;)
        {
            var page = await read(filter, before, Batch);
            foreach (var e in page)
            {
                CsvWriting.Row(text,
                [
                    Instants.FromMicros(e.At).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), e.AgentId, e.AgentName, e.Via, e.SessionId, e.Address,
                    e.Action, e.ThingId, e.Outcome == AuditEntry.Done ? "done" : "refused", e.ByPlatform == 1 ? "yes" : "no", e.Detail,
                ]);
            }

            await into.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel);
            text.Clear();
            if (page.Count < Batch)
            {
                return;
            }

            before = (page[^1].At, page[^1].Id);
        }
    }
}
