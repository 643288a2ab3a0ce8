using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations;

/// <summary>A line of the consent ledger.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Purpose">all, marketing or utility.</param>
/// <param name="State">granted or withdrawn.</param>
/// <param name="Source">word, provider, api, import or template_reply.</param>
/// <param name="MessageId">The message that says so.</param>
/// <param name="Proof">Its words, the provider's code, or what a person noted.</param>
/// <param name="AgentId">Who recorded it.</param>
/// <param name="At">When it was said.</param>
internal sealed record ConsentJson(
    long Id, string Purpose, string State, string Source, long? MessageId, string? Proof, long? AgentId, DateTimeOffset At);

/// <summary>A consent, or its withdrawal, that came another way than by WhatsApp.</summary>
/// <param name="Purpose">all, marketing or utility.</param>
/// <param name="State">granted or withdrawn.</param>
/// <param name="Proof">How it is known, e.g. "form on the web site of 3 May"; 1 to 500 characters.</param>
/// <param name="Source">api (a person or program tells it now) or import; api when left out.</param>
internal sealed record NewConsent(string? Purpose, string? State, string? Proof, string? Source);

/// <summary>What a customer agreed to, with its proof.</summary>
internal static class ConsentApi
{
    private const int LongestProof = 500;

    public static void MapConsents(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/contacts/{id:long}/consents").WithTags("Contacts").RequireAuthorization(Policies.Agent);
        group.MapGet("", List).WithName("list_consents").WithSummary("The customer's consents and withdrawals, latest first.")
            .Produces<Page<ConsentJson>>().ProducesProblem(404);
        group.MapPost("", Record).WithName("record_consent").WithSummary("Record a consent or its withdrawal, with its proof.")
            .Accepts<NewConsent>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, long id, [AsParameters] PageQuery page, CancellationToken cancel)
    {
        if (page.Read(50, out var limit, out var after) is { } refused)
        {
            return refused;
        }

        var rows = await database.Read(Scope.Tenant(who.Tenant), async tx => await ConsentStore.HasContact(tx, who.Tenant, id)
            ? await ConsentStore.Page(tx, who.Tenant, id, after?.Id ?? long.MaxValue, limit + 1)
            : null, cancel);
        return rows is null
            ? Problems.Refuse(Problems.NotFound)
            : Results.Json(Page.Of(rows, limit, c => new Cursor(c.Id, c.Id), c => new ConsentJson(
                c.Id, c.Purpose, c.State, c.Source, c.MessageId, c.Proof, c.AgentId, Instants.FromMicros(c.At))), ApiJson.Options);
    }

    private static async Task<IResult> Record(HttpContext http, SignedIn who, Database database, Idempotency idempotency, Ids ids, Clock clock, long id)
    {
        if (!await database.Read(Scope.Tenant(who.Tenant), tx => ConsentStore.HasContact(tx, who.Tenant, id), http.RequestAborted))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var (bytes, body) = await ApiBody.Read<NewConsent>(http.Request);
        ConsentPurpose? purpose = body.Purpose switch
        {
            "all" => ConsentPurpose.All,
            "marketing" => ConsentPurpose.Marketing,
            "utility" => ConsentPurpose.Utility,
            _ => null,
        };
        if (purpose is null)
        {
            return Problems.Invalid400("purpose", "purpose is one of all, marketing, utility.");
        }

        if (body.State is not ("granted" or "withdrawn"))
        {
            return Problems.Invalid400("state", "state is granted or withdrawn.");
        }

        if (body.Source is not (null or "api" or "import"))
        {
            return Problems.Invalid400("source", "source is api or import; the others are recorded by Relais itself.");
        }

        var proof = CustomerText.Normalise(body.Proof ?? "").Trim();
        if (proof.Length is 0 or > LongestProof)
        {
            return Problems.Invalid400("proof", $"proof says how this is known, in 1 to {LongestProof} characters.");
        }

        var range = await ids.Take(1, http.RequestAborted);
        return await idempotency.Once(http, who, $"consent:{id}", bytes, async tx =>
        {
            range.Rewind();
            await ConsentStore.Record(tx, [new ConsentChange(
                who.Tenant, id, purpose.Value, body.State == "granted",
                body.Source == "import" ? ConsentSource.Import : ConsentSource.Api, clock.Micros) { Proof = proof, AgentId = who.AgentId }], range);
            return (StatusCodes.Status204NoContent, null);
        });
    }
}
