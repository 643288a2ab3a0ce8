using System.Text;
using Microsoft.AspNetCore.Mvc;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Documents;

/// <param name="Title">What customers are told it is called; left out: the file's name or the page's address.</param>
/// <param name="Text">The document itself; or url.</param>
/// <param name="Format">Of text: text, or markdown (the default).</param>
/// <param name="Url">An https address of the public internet, whose page or PDF is fetched.</param>
/// <param name="Language">fr, ar or en; left out: as it is read.</param>
internal sealed record DocumentRequest(string? Title, string? Text, string? Format, string? Url, string? Language);

/// <param name="Id">Ours.</param>
/// <param name="Title">What customers are told it is called.</param>
/// <param name="Format">text, markdown, pdf or url.</param>
/// <param name="Url">Where it is fetched from, or null.</param>
/// <param name="Language">fr, ar, en, or null while nobody knows.</param>
/// <param name="Size">Bytes.</param>
/// <param name="State">waiting, ready or failed.</param>
/// <param name="Problem">Why it failed: one sentence.</param>
/// <param name="Passages">Into how many it was cut.</param>
/// <param name="ReadAt">ISO-8601 UTC, or null.</param>
/// <param name="CreatedAt">ISO-8601 UTC.</param>
internal sealed record DocumentJson(
    long Id, string Title, string Format, string? Url, string? Language, long Size, string State, string? Problem, long Passages,
    DateTimeOffset? ReadAt, DateTimeOffset CreatedAt);

/// <param name="Id">Ours; the sources of an answer name it.</param>
/// <param name="Heading">The headings it stands under.</param>
/// <param name="Text">Its words.</param>
internal sealed record PassageJson(long Id, string Heading, string Text);

/// <summary>What the business lets its AI agent read. Everyone in the tenant sees it, admins and owners change it; reading happens in a worker.</summary>
internal static class DocumentApi
{
    /// <summary>Boundaries, headers and fields around the file.</summary>
    private const long Envelope = 64 * 1024;

    private static readonly string[] Languages = ["fr", "ar", "en"];

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var documents = app.MapGroup("/api/knowledge/documents").WithTags("Knowledge");
        documents.MapGet("", List).RequireAuthorization(Policies.Agent).WithName("list_documents").WithSummary("Documents, oldest first")
            .Produces<Page<DocumentJson>>().ProducesProblem(400);
        documents.MapPost("", Add).RequireAuthorization(Policies.Admin).WithName("add_document")
            .WithSummary("Bring a document: a file (multipart/form-data: file, title, language), or JSON with text or url")
            .WithDescription("Text, Markdown or PDF of at most 10 MB. It is read in the background: its state goes from waiting to ready or failed. Takes an Idempotency-Key.")
            .WithMetadata(new RequestSizeLimitAttribute(DocumentLimits.MostBytes + Envelope))
            .AddOpenApiOperationTransformer((operation, context, cancel) => DocumentForm.Describe(operation, context, cancel))
            .Produces<DocumentJson>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
        documents.MapGet("/{id:long}", Get).RequireAuthorization(Policies.Agent).WithName("get_document").WithSummary("One document")
            .Produces<DocumentJson>().ProducesProblem(404);
        documents.MapGet("/{id:long}/passages", Passages).RequireAuthorization(Policies.Agent).WithName("list_passages")
            .WithSummary("What the agent reads of it, in its order").Produces<Page<PassageJson>>().ProducesProblem(400).ProducesProblem(404);
        documents.MapPost("/{id:long}/read", ReadAgain).RequireAuthorization(Policies.Admin).WithName("read_document_again")
            .WithSummary("Read it again; a page is fetched anew").Produces<DocumentJson>().ProducesProblem(403).ProducesProblem(404);
        documents.MapDelete("/{id:long}", Delete).RequireAuthorization(Policies.Admin).WithName("delete_document")
            .WithSummary("Delete a document: nothing is answered from it any more").Produces<SuccessAnswer>().ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, SignedIn who, Database database, [AsParameters] PageQuery query)
    {
        if (query.Read(PageQuery.MaxLimit, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => DocumentStore.Page(tx, who.Tenant, after?.Id ?? 0, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, d => new Cursor(d.Id, d.Id), Show), ApiJson.Options);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(who.Tenant), tx => DocumentStore.Find(tx, who.Tenant, id), cancel) is { } found
            ? Results.Json(Show(found), ApiJson.Options) : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Passages(HttpContext http, SignedIn who, Database database, long id, [AsParameters] PageQuery query)
    {
        var isHere = await database.Read(Scope.Tenant(who.Tenant), tx => DocumentStore.Find(tx, who.Tenant, id), http.RequestAborted) is not null;
        if (!isHere)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (query.Read(50, out var limit, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await database.Read(
            Scope.Tenant(who.Tenant), tx => DocumentStore.PassagesOf(tx, who.Tenant, id, after?.Sort ?? -1, limit + 1), http.RequestAborted);
        return Results.Json(Page.Of(rows, limit, p => new Cursor(p.Place, p.Id), p => new PassageJson(p.Id, p.Heading, p.Text)), ApiJson.Options);
    }

    private static async Task<IResult> Add(HttpContext http, SignedIn who, Ids ids, Clock clock, Idempotency idempotency, WorkQueue queue, Signals signals)
    {
        if (http.Request.ContentLength > DocumentLimits.MostBytes + Envelope)
        {
            return Problems.Refuse(Problems.TooLarge, DocumentForm.TooLarge);
        }

        var brought = http.Request.HasJsonContentType()
            ? Written((await ApiBody.Read<DocumentRequest>(http.Request)).Value)
            : await DocumentForm.Receive(http.Request, http.RequestAborted);
        if (brought.Refused is { } refused)
        {
            return refused;
        }

        if (brought.Language is { } language && !Languages.Contains(language))
        {
            return Problems.Invalid400("language", "language is fr, ar or en, or is left out.");
        }

        var title = CustomerText.Normalise(brought.Title).Trim();
        if (title.Length is 0 or > DocumentLimits.LongestTitle)
        {
            return Problems.Invalid400("title", $"title is missing, or has more than {DocumentLimits.LongestTitle} characters.");
        }

        var document = new Document
        {
            TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), Title = title, Format = brought.Format, Url = brought.Url, Language = brought.Language,
            Size = brought.Source?.Length ?? 0, State = DocumentState.Waiting, CreatedAt = clock.Micros,
        };
        byte[] bound = [.. Encoding.UTF8.GetBytes($"{title}\n{brought.Url}\n{brought.Format}\n{brought.Language}\n"), .. brought.Source ?? []];
        return await idempotency.Once(http, who, "POST /api/knowledge/documents", bound, async tx =>
        {
            if (await DocumentStore.Count(tx, who.Tenant) >= DocumentLimits.MostDocuments)
            {
                return (409, Problems.Refuse(Problems.TooManyDocuments));
            }

            await DocumentStore.Insert(tx, document, brought.Source);
            await Wake(tx, document.Id, who.Tenant, queue, signals);
            return (201, Show(document));
        });
    }

    private static async Task<IResult> ReadAgain(HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, Signals signals, long id) =>
        await idempotency.Once(http, who, $"POST /api/knowledge/documents/{id}/read", [], async tx =>
        {
            await DocumentStore.AskReading(tx, who.Tenant, id);
            if (await DocumentStore.Find(tx, who.Tenant, id) is not { } found)
            {
                return (404, (object?)Problems.NotFound);
            }

            await Wake(tx, id, who.Tenant, queue, signals);
            return (200, Show(found));
        });

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/knowledge/documents/{id}", [], async tx =>
            await DocumentStore.Delete(tx, who.Tenant, id) ? (200, new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task Wake(Tx tx, long id, long tenantId, WorkQueue queue, Signals signals)
    {
        await queue.Wake(tx, [new LaneWake(LaneKind.Knowledge, id, tenantId)]);
        tx.AfterCommit(() => signals.Tell(LaneKind.Knowledge));
    }

    private static BroughtDocument Written(DocumentRequest request) => request switch
    {
        { Text: not null, Url: not null } => BroughtDocument.No("url", "Send text or url, not both."),
        { Url: { } url } => SafeHttp.Problem(url.Trim()) is { } problem || url.Length > DocumentLimits.LongestUrl
            ? BroughtDocument.No("url", SafeHttp.Problem(url.Trim()) ?? "It is too long.")
            : new(request.Title ?? ShortText.Fit(url.Trim(), DocumentLimits.LongestTitle), DocumentFormat.Url, url.Trim(), null, request.Language),
        { Text: null } or { Text.Length: 0 } => BroughtDocument.No("text", "Send text, url, or a file as multipart/form-data."),
        { Format: not (null or DocumentFormat.Text or DocumentFormat.Markdown) } => BroughtDocument.No("format", "format is text or markdown."),
        { Text: { } text } => new(
            request.Title ?? "", request.Format ?? DocumentFormat.Markdown, null, Encoding.UTF8.GetBytes(CustomerText.Normalise(text)), request.Language),
    };

    private static DocumentJson Show(Document document) => new(
        document.Id, document.Title, document.Format, document.Url, document.Language, document.Size, document.State, document.Problem, document.Passages,
        document.ReadAt is { } at ? Instants.FromMicros(at) : null, Instants.FromMicros(document.CreatedAt));
}
