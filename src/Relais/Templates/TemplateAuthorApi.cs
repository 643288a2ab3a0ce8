using Microsoft.AspNetCore.Mvc;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Templates;

/// <summary>What admins and owners do with templates at the provider: create, delete, look again.</summary>
internal static class TemplateAuthorApi
{
    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapPost("/", Create).WithName("CreateTemplate").WithSummary("Create a template at the provider")
            .WithDescription("Checked here first; then submitted for WhatsApp's approval, whose outcome shows in its status. Takes an Idempotency-Key.")
            .Accepts<TemplateRequest>("application/json").Produces<TemplateAnswer>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(422).ProducesProblem(502);
        admins.MapDelete("/{id:long}", Delete).WithName("DeleteTemplate").WithSummary("Delete one language of a template at the provider")
            .WithDescription("At Meta the name of an approved template cannot be used again for 30 days.")
            .Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).ProducesProblem(502);
        admins.MapDelete("/", DeleteAll).WithName("DeleteTemplateByName").WithSummary("Delete a template in all its languages")
            .Produces<SuccessAnswer>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).ProducesProblem(502);
        admins.MapPost("/sync", Sync).WithName("SyncTemplates").WithSummary("Look at the provider's templates now")
            .WithDescription("Of one number's account (inbox_id) or of all. It happens by itself every hour.")
            .Produces<SyncStates>().ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>The account of that inbox, or the tenant's only one; else the refusal.</summary>
    public static IResult? Account(TemplateAccounts accounts, SignedIn who, long? inboxId, out TemplateAccount account)
    {
        account = null!;
        if (inboxId is { } id)
        {
            account = accounts.OfInbox(who.Tenant, id)!;
            return account is null ? Problems.Invalid400("inbox_id", "There is no inbox of that id.") : null;
        }

        var own = accounts.All.Where(a => a.TenantId == who.Tenant).ToList();
        if (own.Count != 1)
        {
            return Problems.Invalid400("inbox_id", own.Count == 0
                ? "No number is connected yet: connect one first."
                : "inbox_id is missing: this tenant has several accounts, so say which number the template is for.");
        }

        account = own[0];
        return null;
    }

    /// <summary>The refusal that names each wrong field, or null.</summary>
    public static IResult? Wrong(IReadOnlyList<ContentProblem> problems) => problems.Count == 0 ? null
        : Problems.Refuse(Problems.Invalid, problems[0].Reason, problems.GroupBy(p => p.Field)
            .ToDictionary(g => g.Key, g => g.Select(p => p.Reason).ToArray(), StringComparer.Ordinal));

    private static async Task<IResult> Create(HttpContext http, SignedIn who, TemplateAccounts accounts, TemplateSubmission submission)
    {
        var (bytes, request) = await ApiBody.Read<TemplateRequest>(http.Request);
        if (Account(accounts, who, request.InboxId, out var account) is { } noAccount)
        {
            return noAccount;
        }

        var definition = request.Definition();
        return Wrong(TemplateDefinitionCheck.Problems(definition, account.Inbox.IsTwilio)) is { } wrong ? wrong
            : await submission.Create(http, who, "POST /api/templates", bytes, account, definition);
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Database database, TemplateSubmission submission, long id)
    {
        var template = await database.Read(Scope.Tenant(who.Tenant), tx => TemplateStore.Find(tx, who.Tenant, id), http.RequestAborted);
        return await submission.Delete(http, who, $"DELETE /api/templates/{id}", template is null ? [] : [template]);
    }

    private static async Task<IResult> DeleteAll(
        HttpContext http, SignedIn who, Database database, TemplateAccounts accounts, TemplateSubmission submission,
        [FromQuery(Name = "name")] string? name, [FromQuery(Name = "inbox_id")] long? inboxId)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return Problems.Invalid400("name", "name is missing: which template to delete.");
        }

        if (Account(accounts, who, inboxId, out var account) is { } noAccount)
        {
            return noAccount;
        }

        var clean = CustomerText.Normalise(name).Trim();
        var templates = await database.Read(
            Scope.Tenant(who.Tenant), tx => TemplateStore.Named(tx, who.Tenant, account.Inbox.Id, clean), http.RequestAborted);
        return await submission.Delete(http, who, $"DELETE /api/templates?name={clean}&inbox_id={account.Inbox.Id}", templates);
    }

    private static async Task<IResult> Sync(
        HttpContext http, SignedIn who, TemplateAccounts accounts, TemplateSync sync, Clock clock, [FromQuery(Name = "inbox_id")] long? inboxId)
    {
        var asked = inboxId is { } id
            ? accounts.OfInbox(who.Tenant, id) is { } one ? [one] : []
            : accounts.All.Where(a => a.TenantId == who.Tenant).ToList();
        if (inboxId is not null && asked.Count == 0)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var answers = new List<SyncAnswer>();
        foreach (var account in asked)
        {
            var result = await sync.Run(account, http.RequestAborted);
            answers.Add(new SyncAnswer(
                accounts.InboxesOf(account.TenantId, account.ConnectionId), account.Inbox.IsTwilio ? "twilio" : "meta",
                result.Problem is null ? Instants.FromMicros(clock.Micros) : null, result.Problem, result.Added, result.Changed, result.Deleted));
        }

        return TypedResults.Ok(new SyncStates(answers));
    }
}
