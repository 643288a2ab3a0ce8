using System.Text.Json;
using System.Text.RegularExpressions;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Composer;

/// <summary>A ready answer; on a change, what is left out stays.</summary>
/// <param name="Shortcut">What is typed after /: 1 to 40 letters, digits, - and _, in any script.</param>
/// <param name="Title">1 to 120 characters.</param>
/// <param name="Category">To find it by, 60 characters; empty for none.</param>
/// <param name="Texts">fr, ar, en ⇒ 1 to 4096 characters; at least one. May hold {{contact.name}}, {{contact.phone}}, {{agent.name}}, {{business.name}}, {{order.number}}.</param>
/// <param name="MediaId">A file of ours (POST /api/media) that goes with it; 0 for none.</param>
internal sealed record CannedAnswerBody(string? Shortcut, string? Title, string? Category, Dictionary<string, string?>? Texts, long? MediaId);

/// <param name="Id">Ours.</param>
/// <param name="Shortcut">What is typed after /.</param>
/// <param name="Title">For people.</param>
/// <param name="Category">To find it by, or null.</param>
/// <param name="Texts">Language ⇒ text.</param>
/// <param name="MediaId">A file that goes with it, or null.</param>
/// <param name="UpdatedAt">ISO-8601 UTC.</param>
internal sealed record CannedAnswerJson(
    long Id, string Shortcut, string Title, string? Category, IReadOnlyDictionary<string, string> Texts, long? MediaId, DateTimeOffset UpdatedAt);

/// <param name="ConversationId">Where it is to be said.</param>
internal sealed record RenderBody(long? ConversationId);

/// <param name="Text">Filled in, in the conversation's language where there is one.</param>
/// <param name="Language">The one it is in.</param>
/// <param name="Missing">Placeholders nothing is known for; they became nothing.</param>
/// <param name="MediaId">A file that goes with it, or null.</param>
internal sealed record RenderedJson(string Text, string Language, IReadOnlyList<string> Missing, long? MediaId);

/// <summary>Ready answers of a business, shared by its people.</summary>
internal static partial class CannedAnswerApi
{
    private const int Most = 1_000;
    private const int LongestTitle = 120;
    private const int LongestCategory = 60;
    private const int LongestText = 4_096;

    public static void MapCannedAnswers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/canned-answers").WithTags("Composer").RequireAuthorization(Policies.Agent);
        group.MapGet("", List).WithName("list_canned_answers").WithSummary("Ready answers by shortcut; q looks in all of them, folded.").Produces<Page<CannedAnswerJson>>();
        group.MapPost("", Create).WithName("create_canned_answer").WithSummary("Add a ready answer.")
            .Accepts<CannedAnswerBody>("application/json").Produces<CannedAnswerJson>(201).ProducesProblem(400).ProducesProblem(409);
        group.MapPatch("/{id:long}", Change).WithName("change_canned_answer").WithSummary("Change a ready answer.")
            .Accepts<CannedAnswerBody>("application/json").Produces<CannedAnswerJson>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapDelete("/{id:long}", Delete).WithName("delete_canned_answer").WithSummary("Delete a ready answer.").Produces<SuccessAnswer>().ProducesProblem(404);
        group.MapPost("/{id:long}/render", Render).WithName("render_canned_answer").WithSummary("Fill a ready answer in for a conversation.")
            .Accepts<RenderBody>("application/json").Produces<RenderedJson>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> List(SignedIn who, Database database, CancellationToken cancel, string? q = null)
    {
        var all = await database.Read(Scope.Tenant(who.Tenant), tx => CannedAnswerStore.All(tx, who.Tenant), cancel);
        var words = TextFolding.Fold(q ?? "").TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = words.Length == 0 ? all : all.FindAll(a =>
        {
            var text = TextFolding.Fold($"{a.Shortcut} {a.Title} {a.Category} {string.Join(' ', a.ByLanguage.Values)}");
            return words.All(w => text.Contains(w, StringComparison.Ordinal));
        });
        return Results.Json(new Page<CannedAnswerJson>(found.ConvertAll(Show), null), ApiJson.Options);
    }

    private static async Task<IResult> Create(HttpContext http, SignedIn who, Idempotency idempotency, Ids ids, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<CannedAnswerBody>(http.Request);
        var now = clock.Micros;
        var fresh = new CannedAnswer { TenantId = who.Tenant, Id = await ids.One(http.RequestAborted), CreatedAt = now, UpdatedAt = now };
        return await idempotency.Once(http, who, "POST /api/canned-answers", bytes, async tx =>
            await CannedAnswerStore.Count(tx, who.Tenant) >= Most
                ? (400, Problems.Invalid400("shortcut", $"A business has {Most} ready answers at most."))
                : await Keep(tx, fresh, body, now, 201));
    }

    private static async Task<IResult> Change(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock, long id)
    {
        var (bytes, body) = await ApiBody.Read<CannedAnswerBody>(http.Request);
        var now = clock.Micros;
        return await idempotency.Once(http, who, $"PATCH /api/canned-answers/{id}", bytes, async tx =>
            await CannedAnswerStore.Find(tx, who.Tenant, id) is { } old ? await Keep(tx, old, body, now, 200) : (404, (object?)Problems.NotFound));
    }

    private static async Task<IResult> Delete(HttpContext http, SignedIn who, Idempotency idempotency, long id) =>
        await idempotency.Once(http, who, $"DELETE /api/canned-answers/{id}", [], async tx =>
            await CannedAnswerStore.Delete(tx, who.Tenant, id) ? (200, (object?)new SuccessAnswer()) : (404, Problems.NotFound));

    private static async Task<IResult> Render(HttpContext http, SignedIn who, Database database, long id)
    {
        var (_, body) = await ApiBody.Read<RenderBody>(http.Request);
        var (answer, conversation, order) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
        {
            var found = await CannedAnswerStore.Find(tx, who.Tenant, id);
            var place = found is not null && body.ConversationId is { } asked ? await ConversationStore.Find(tx, who.Tenant, asked) : null;
            var latest = place is null ? null : (await OrderStore.OfContact(tx, who.Tenant, place.ContactId, 5)).Find(o => o.Status != Order.Draft);
            return (found, place, latest);
        }, http.RequestAborted);
        if (answer is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (conversation is null)
        {
            return body.ConversationId is null ? Problems.Invalid400("conversation_id", "conversation_id is missing.") : Problems.Refuse(Problems.NotFound);
        }

        var texts = answer.ByLanguage;
        var language = new[] { conversation.Language, who.Language }.FirstOrDefault(l => l is not null && texts.ContainsKey(l)) ?? texts.Keys.First();
        var (text, missing) = CannedRendering.Fill(texts[language], new CannedFacts(
            conversation.ContactName, conversation.ContactPhone, who.AgentName, who.TenantName, order?.TrackingNumber));
        return Results.Json(new RenderedJson(text, language, missing, answer.MediaId), ApiJson.Options);
    }

    private static async Task<(int, object?)> Keep(Tx tx, CannedAnswer old, CannedAnswerBody body, long now, int status)
    {
        var shortcut = body.Shortcut is null ? old.Shortcut : CustomerText.Normalise(body.Shortcut).Trim().TrimStart('/').ToLowerInvariant();
        if (!Shortcut().IsMatch(shortcut))
        {
            return (400, Problems.Invalid400("shortcut", "shortcut has 1 to 40 letters, digits, - and _."));
        }

        var title = body.Title is null ? old.Title : CustomerText.Normalise(ShortText.OneLine(body.Title)).Trim();
        if (title.Length is 0 or > LongestTitle)
        {
            return (400, Problems.Invalid400("title", $"title has 1 to {LongestTitle} characters."));
        }

        var category = body.Category is null ? old.Category : CustomerText.Normalise(ShortText.OneLine(body.Category)).Trim();
        if (category?.Length > LongestCategory)
        {
            return (400, Problems.Invalid400("category", $"category has at most {LongestCategory} characters."));
        }

        if (Texts(body.Texts, old, out var texts) is { } wrong)
        {
            return (400, wrong);
        }

        var media = body.MediaId switch { null => old.MediaId, 0 => null, var given => given };
        if (media is { } file && body.MediaId is not null && await CannedAnswerStore.HasMedia(tx, old.TenantId, file) == 0)
        {
            return (400, Problems.Invalid400("media_id", "media_id is a file of POST /api/media, or 0."));
        }

        var kept = new CannedAnswer
        {
            TenantId = old.TenantId, Id = old.Id, Shortcut = shortcut, Title = title, Category = string.IsNullOrEmpty(category) ? null : category,
            Texts = JsonSerializer.Serialize(texts), MediaId = media, CreatedAt = old.CreatedAt, UpdatedAt = now,
        };
        return await CannedAnswerStore.Keep(tx, kept) ? (status, Show(kept)) : (409, Problems.ShortcutTaken);
    }

    private static IResult? Texts(Dictionary<string, string?>? asked, CannedAnswer old, out IReadOnlyDictionary<string, string> texts)
    {
        texts = old.ByLanguage;
        if (asked is null)
        {
            return texts.Count > 0 ? null : Problems.Invalid400("texts", "texts holds at least one of fr, ar, en.");
        }

        var given = asked.Where(t => !string.IsNullOrWhiteSpace(t.Value))
            .ToDictionary(t => t.Key, t => CustomerText.Normalise(t.Value!).Trim(), StringComparer.Ordinal);
        texts = given;
        if (given.Count == 0 || given.Keys.FirstOrDefault(l => l is not ("fr" or "ar" or "en")) is not null)
        {
            return Problems.Invalid400("texts", "texts holds at least one of fr, ar, en.");
        }

        foreach (var (language, text) in given)
        {
            if (text.Length > LongestText)
            {
                return Problems.Invalid400($"texts.{language}", $"A text has at most {LongestText} characters.");
            }

            if (CannedRendering.Unknown(text) is [var unknown, ..])
            {
                return Problems.Invalid400(
                    $"texts.{language}", $"{{{{{unknown}}}}} is no placeholder; there are {string.Join(", ", CannedRendering.Placeholders.Select(p => $"{{{{{p}}}}}"))}.");
            }
        }

        return null;
    }

    private static CannedAnswerJson Show(CannedAnswer a) => new(
        a.Id, a.Shortcut, a.Title, a.Category, a.ByLanguage, a.MediaId, Instants.FromMicros(a.UpdatedAt));

    [GeneratedRegex(@"^[\p{L}\p{N}_-]{1,40}\z", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Shortcut();
}
