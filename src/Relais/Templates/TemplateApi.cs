using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Templates;

/// <summary>What a list of templates is narrowed to.</summary>
internal sealed record TemplateQuery
{
    [FromQuery(Name = "inbox_id")]
    public long? InboxId { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "name")]
    public string? Name { get; init; }

    [FromQuery(Name = "language")]
    public string? Language { get; init; }
}


/// <summary>The templates of the signed-in tenant. Everyone in it reads them; admins and owners create and delete (TemplateAuthorApi).</summary>
internal static class TemplateApi
{
    private const int Rows = 50;
    private const int MostUsable = 500;

    public static void MapTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/templates").WithTags("Templates");
        var read = templates.MapGroup("").RequireAuthorization(Policies.Agent);
        read.MapGet("/", List).WithName("ListTemplates").WithSummary("Templates, newest first")
            .WithDescription("Narrowed by inbox_id, status, name and language. Deleted ones show with status=deleted only.")
            .Produces<Page<TemplateAnswer>>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
        read.MapGet("/{id:long}", Get).WithName("GetTemplate").WithSummary("One template")
            .Produces<TemplateAnswer>().ProducesProblem(401).ProducesProblem(404);
        read.MapGet("/usable", Usable).WithName("ListUsableTemplates").WithSummary("What may be sent outside the service window")
            .WithDescription("Approved templates of a conversation's number (conversation_id) or of a number (inbox_id), with what has to be filled in.")
            .Produces<UsableTemplates>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
        read.MapPost("/{id:long}/preview", Preview).WithName("PreviewTemplate").WithSummary("A template with values, as the customer reads it")
            .Accepts<PreviewRequest>("application/json").Produces<PreviewAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
        read.MapGet("/sync", States).WithName("GetTemplateSync").WithSummary("How the last look at each account's templates went")
            .Produces<SyncStates>().ProducesProblem(401);
        TemplateAuthorApi.Map(templates.MapGroup("").RequireAuthorization(Policies.Admin));
        ShippedTemplateApi.Map(templates);
    }

    private static async Task<IResult> List(
        HttpContext http, SignedIn who, Database database, TemplateAccounts accounts, [AsParameters] TemplateQuery query, [AsParameters] PageQuery page)
    {
        if (page.Read(Rows, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        long? connection = null;
        if (query.InboxId is { } inboxId)
        {
            if (accounts.OfInbox(who.Tenant, inboxId) is not { } account)
            {
                return Problems.Refuse(Problems.NotFound);
            }

            connection = account.ConnectionId;
        }

        var filter = new TemplateFilter(connection, Word(query.Status), Word(query.Name), Word(query.Language)?.Replace('-', '_'));
        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => TemplateStore.Page(tx, who.Tenant, filter, after?.Id ?? long.MaxValue, limit + 1), http.RequestAborted);
        return TypedResults.Ok(Page.Of(rows, limit, t => new Cursor(t.Id, t.Id), t => TemplateAnswer.Of(t, accounts)));
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, TemplateAccounts accounts, long id) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => TemplateStore.Find(tx, who.Tenant, id), http.RequestAborted) is { } template
            ? TypedResults.Ok(TemplateAnswer.Of(template, accounts))
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Usable(
        HttpContext http, SignedIn who, Database database, TemplateAccounts accounts,
        [FromQuery(Name = "conversation_id")] long? conversationId, [FromQuery(Name = "inbox_id")] long? inboxId)
    {
        if ((conversationId is null) == (inboxId is null))
        {
            return Problems.Invalid400("conversation_id", "Name a conversation_id or an inbox_id, one of both.");
        }

        var found = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var inbox = inboxId ?? await tx.QueryFirst<long?>(
                "SELECT inbox_id FROM conversation WHERE tenant_id = @tenant AND id = @conversationId", new { tenant = who.Tenant, conversationId });
            return inbox is null || accounts.OfInbox(who.Tenant, inbox.Value) is null ? null
                : await TemplateGate.Usable(tx, who.Tenant, inbox.Value, MostUsable);
        }, http.RequestAborted);
        return found is null ? Problems.Refuse(Problems.NotFound) : TypedResults.Ok(new UsableTemplates(found));
    }

    private static async Task<IResult> Preview(HttpContext http, SignedIn who, Database database, long id)
    {
        var (_, request) = await ApiBody.Read<PreviewRequest>(http.Request);
        return await database.Read(Scope.Tenant(who.Tenant), tx => TemplateStore.Find(tx, who.Tenant, id), http.RequestAborted) is { } template
            ? TypedResults.Ok(TemplatePreview.Of(template, request))
            : Problems.Refuse(Problems.NotFound);
    }

    private static async Task<IResult> States(HttpContext http, SignedIn who, Database database, TemplateAccounts accounts)
    {
        var states = (await database.Read(Scope.Tenant(who.Tenant), tx => TemplateSyncStore.All(tx, who.Tenant), http.RequestAborted))
            .ToDictionary(s => s.ConnectionId);
        return TypedResults.Ok(new SyncStates(
        [
            .. accounts.All.Where(a => a.TenantId == who.Tenant).Select(a => new SyncAnswer(
                accounts.InboxesOf(a.TenantId, a.ConnectionId), a.Inbox.IsTwilio ? "twilio" : "meta",
                Instants.FromMicros(states.GetValueOrDefault(a.ConnectionId)?.SyncedAt), states.GetValueOrDefault(a.ConnectionId)?.Problem)),
        ]));
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : CustomerText.Normalise(text).Trim();
}

internal sealed record UsableTemplates(IReadOnlyList<UsableTemplate> Items);

internal sealed record SyncStates(IReadOnlyList<SyncAnswer> Items);
