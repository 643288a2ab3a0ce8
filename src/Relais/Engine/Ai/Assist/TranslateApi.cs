using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <param name="Text">At most 4000 characters.</param>
/// <param name="To">fr, ar or en.</param>
internal sealed record TranslateRequest(string? Text, string? To);

/// <param name="To">fr, ar or en.</param>
internal sealed record TranslateMessageRequest(string? To);

/// <param name="Text">In the language asked for.</param>
/// <param name="From">The one it seems to have been in; null when it does not show.</param>
/// <param name="To">The language asked for.</param>
/// <param name="Provider">Whose model wrote it.</param>
internal sealed record TranslationJson(string Text, string? From, string To, string Provider);

/// <summary>
/// Translates by the tenant's own model, as /api/rewrite does: counted in its usage, refused without one. A message's translation is
/// kept, so that whoever opens the thread next pays nothing.
/// </summary>
internal static class TranslateApi
{
    private const int Longest = 4_000;

    public static void MapTranslate(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/translate", Translate).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("translate")
            .WithSummary("Translate a text").WithDescription("Needs a configured model: 409 model_needed without one.")
            .Accepts<TranslateRequest>("application/json").Produces<TranslationJson>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(429)
            .ProducesProblem(502);
        app.MapPost("/api/messages/{id:long}/translate", TranslateMessage).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("translate_message")
            .WithSummary("Translate a message; the translation is kept").WithDescription("Of a voice note its transcript. Needs a configured model: 409 model_needed without one.")
            .Accepts<TranslateMessageRequest>("application/json").Produces<TranslationJson>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(429).ProducesProblem(502);
    }

    private static async Task<IResult> Translate(HttpContext http, SignedIn who, DeskModel model)
    {
        var (_, request) = await ApiBody.Read<TranslateRequest>(http.Request);
        var text = CustomerText.Normalise(request.Text ?? "").Trim();
        if (text.Length is 0 or > Longest)
        {
            return Problems.Invalid400("text", text.Length == 0 ? "text is missing." : $"text may have at most {Longest} characters; this one has {text.Length}.");
        }

        if (Wrong(request.To) is { } wrong)
        {
            return wrong;
        }

        var written = await Ask(model, new DeskQuestion(who.Tenant, who.AgentId, 0), text, request.To!, http.RequestAborted);
        return written is DeskText.Written done
            ? Results.Json(new TranslationJson(done.Text, From(text), request.To!, done.Model.Provider), ApiJson.Options)
            : Problems.Refuse(AssistPrompts.Problem(written));
    }

    private static async Task<IResult> TranslateMessage(
        HttpContext http, SignedIn who, Database database, DeskModel model, Clock clock, long id)
    {
        var (_, request) = await ApiBody.Read<TranslateMessageRequest>(http.Request);
        var (message, kept) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await TranslationStore.Message(tx, who.Tenant, id), await TranslationStore.Find(tx, who.Tenant, id, request.To ?? "")), http.RequestAborted);
        if (message is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (Wrong(request.To) is { } wrong)
        {
            return wrong;
        }

        var text = ShortText.Fit((string.IsNullOrWhiteSpace(message.Content) ? message.Transcript ?? "" : message.Content).Trim(), Longest);
        if (text.Length == 0 || message.DeletedAt is not null)
        {
            return Problems.Refuse(Problems.NoWords);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (kept?.SourceHash == hash)
        {
            return Results.Json(new TranslationJson(kept.Text, kept.SourceLanguage, request.To!, kept.Provider), ApiJson.Options);
        }

        var written = await Ask(model, new DeskQuestion(who.Tenant, who.AgentId, message.ConversationId), text, request.To!, http.RequestAborted);
        if (written is not DeskText.Written done)
        {
            return Problems.Refuse(AssistPrompts.Problem(written));
        }

        var translation = new StoredTranslation
        {
            TenantId = who.Tenant, MessageId = id, Language = request.To!, SourceHash = hash, SourceLanguage = From(text), Text = done.Text,
            Provider = done.Model.Provider, CreatedAt = clock.Micros,
        };
        await database.Write(Scope.Tenant(who.Tenant), tx => TranslationStore.Keep(tx, translation), http.RequestAborted);
        return Results.Json(new TranslationJson(done.Text, translation.SourceLanguage, request.To!, translation.Provider), ApiJson.Options);
    }

    private static Task<DeskText> Ask(DeskModel model, DeskQuestion who, string text, string to, CancellationToken cancel) => model.Ask(who, AssistPrompts.Rules(
        $"Translate the text into {AssistPrompts.NameOf(to)}, as one writes on WhatsApp. Keep names, numbers and links as they are."),
        AssistPrompts.Fenced(text), cancel);

    private static string? From(string text) => LanguageDetector.Detect(text) is { Confidence: >= LanguageDetector.Sure } sure ? sure.Language : null;

    private static IResult? Wrong(string? to) => to is AgentTexts.French or AgentTexts.Arabic or AgentTexts.English
        ? null : Problems.Invalid400("to", "to is fr, ar or en.");
}
