using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Templates;

/// <param name="InboxId">A number of the account they are for; may be left out when the tenant has one account.</param>
/// <param name="Languages">fr, ar, en; all three when left out.</param>
internal sealed record ShippedRequest(long? InboxId, IReadOnlyList<string>? Languages);

/// <param name="Name">As sends name it.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Category">marketing or utility.</param>
/// <param name="Body">The text with its variables.</param>
/// <param name="Variables">What each variable stands for, the first one first.</param>
/// <param name="Examples">A value for each.</param>
internal sealed record ShippedAnswer(
    string Name, string Language, string Category, string Body, IReadOnlyList<string> Variables, IReadOnlyDictionary<string, string> Examples);

internal sealed record ShippedList(IReadOnlyList<ShippedAnswer> Items);

/// <param name="Created">Submitted for approval.</param>
/// <param name="Refused">Not created, each with its reason.</param>
internal sealed record ShippedCreated(IReadOnlyList<TemplateAnswer> Created, IReadOnlyList<ShippedRefusal> Refused);

/// <param name="Language">Which.</param>
/// <param name="Code">template_exists, template_refused or provider_unavailable.</param>
/// <param name="Detail">One sentence.</param>
internal sealed record ShippedRefusal(string Language, string Code, string Detail);

/// <summary>The templates that come with Relais, ready to be created at the provider.</summary>
internal static class ShippedTemplateApi
{
    public static void Map(RouteGroupBuilder templates)
    {
        templates.MapGet("/shipped", List).RequireAuthorization(Policies.Agent).WithName("ListShippedTemplates").WithSummary("Templates that come with Relais")
            .Produces<ShippedList>().ProducesProblem(401);
        templates.MapPost("/shipped/{name}/create", Create).RequireAuthorization(Policies.Admin).WithName("CreateShippedTemplate")
            .WithSummary("Create one of them at the provider, in its languages").WithDescription("Takes an Idempotency-Key.")
            .Accepts<ShippedRequest>("application/json").Produces<ShippedCreated>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(422).ProducesProblem(502);
    }

    private static IResult List() => TypedResults.Ok(new ShippedList(
    [
        .. ShippedTemplates.All.Select(t => new ShippedAnswer(
            t.Definition.Name, t.Definition.Language, t.Definition.Category, t.Definition.Parts.Body, t.Meanings, t.Definition.Parts.Examples!)),
    ]));

    private static async Task<IResult> Create(
        HttpContext http, SignedIn who, TemplateAccounts accounts, TemplateSubmission submission, Idempotency idempotency, string name)
    {
        var named = ShippedTemplates.All.Where(t => t.Definition.Name == name).ToList();
        if (named.Count == 0)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, request) = await ApiBody.Read<ShippedRequest>(http.Request);
        if (TemplateAuthorApi.Account(accounts, who, request.InboxId, out var account) is { } noAccount)
        {
            return noAccount;
        }

        var wanted = request.Languages is { Count: > 0 } languages ? named.FindAll(t => languages.Contains(t.Definition.Language)) : named;
        if (wanted.Count == 0)
        {
            return Problems.Invalid400("languages", $"languages are some of {string.Join(", ", named.Select(t => t.Definition.Language))}.");
        }

        var made = new List<TemplateSubmission.Made.Done>();
        var refused = new List<(ShippedRefusal Shown, Problem Problem)>();
        foreach (var template in wanted)
        {
            switch (await submission.Make(account, template.Definition, http.RequestAborted))
            {
                case TemplateSubmission.Made.Done done:
                    made.Add(done);
                    break;
                case TemplateSubmission.Made.Refused no:
                    refused.Add((new ShippedRefusal(template.Definition.Language, no.Problem.Code, no.Reason ?? no.Problem.Detail), no.Problem));
                    break;
            }
        }

        return await idempotency.Once(http, who, $"POST /api/templates/shipped/{name}/create", bytes, async tx =>
        {
            if (made.Count == 0)
            {
                return (refused[0].Problem.Status, Problems.Refuse(refused[0].Problem, refused[0].Shown.Detail));
            }

            var created = new List<TemplateAnswer>();
            foreach (var done in made)
            {
                await submission.Settle(tx, account, done);
                created.Add(TemplateAnswer.Of((await TemplateStore.Find(tx, who.Tenant, done.Id))!, accounts));
            }

            return (201, new ShippedCreated(created, refused.ConvertAll(r => r.Shown)));
        });
    }
}
