using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <param name="Text">What a person is about to send; at most 4000 characters.</param>
/// <param name="How">shorter, friendlier or translate.</param>
/// <param name="Language">fr, ar or en: needed to translate; otherwise the text keeps its own.</param>
internal sealed record RewriteRequest(string? Text, string? How, string? Language);

/// <param name="Text">Instead of the one that was sent.</param>
/// <param name="Provider">Whose model wrote it.</param>
/// <param name="Model">Its name.</param>
internal sealed record RewriteJson(string Text, string Provider, string Model);

/// <summary>A person's words in other words. Nothing is kept and nothing is sent.</summary>
internal static class RewriteApi
{
    private const int Longest = 4_000;

    public static void MapRewrite(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/rewrite", Rewrite).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("rewrite")
            .WithSummary("Make a draft shorter, friendlier, or another language")
            .WithDescription("Needs a configured model: 409 model_needed without one.")
            .Accepts<RewriteRequest>("application/json").Produces<RewriteJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(409)
            .ProducesProblem(429).ProducesProblem(502);

    private static async Task<IResult> Rewrite(HttpContext http, SignedIn who, DeskModel model)
    {
        var (_, request) = await ApiBody.Read<RewriteRequest>(http.Request);
        var text = CustomerText.Normalise(request.Text ?? "").Trim();
        if (text.Length is 0 or > Longest)
        {
            return Problems.Invalid400("text", text.Length == 0 ? "text is missing." : $"text may have at most {Longest} characters; this one has {text.Length}.");
        }

        if (request.How is not ("shorter" or "friendlier" or "translate"))
        {
            return Problems.Invalid400("how", "how is shorter, friendlier or translate.");
        }

        if (request.Language is not (null or AgentTexts.French or AgentTexts.Arabic or AgentTexts.English) || (request.How == "translate" && request.Language is null))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        var written = await model.Ask(
            new DeskQuestion(who.Tenant, who.AgentId, 0), Rules(request.How, request.Language), AssistPrompts.Fenced(text), http.RequestAborted);
        return written is DeskText.Written done
            ? Results.Json(new RewriteJson(done.Text, done.Model.Provider, done.Model.Name), ApiJson.Options)
            : Problems.Refuse(AssistPrompts.Problem(written));
    }

    private static string Rules(string how, string? language) => AssistPrompts.Rules(how switch
    {
        "shorter" => "Make the text shorter: keep every fact, number, name and link, drop the rest.",
        "friendlier" => "Make the text friendlier and warmer, without making it longer than half as long again. Add no fact and no promise.",
        _ => $"Translate the text into {AssistPrompts.NameOf(language!)}, as one writes on WhatsApp. Keep names, numbers and links as they are.",
    } + (how != "translate" ? language is null ? " Keep its language." : $" Write in {AssistPrompts.NameOf(language)}." : ""));
}
