using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <param name="ConversationId">The conversation.</param>
/// <param name="By">model, or rule when no model could be asked.</param>
/// <param name="Language">fr, ar or en: the reader's.</param>
/// <param name="Text">A few sentences for a person who has not read it.</param>
internal sealed record SummaryJson(long ConversationId, string By, string Language, string Text);

/// <summary>A conversation in a few sentences, for whoever takes it over: by a model, else by rule.</summary>
internal static class SummaryApi
{
    private const int MostMessages = 50;

    public static void MapSummaries(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/conversations/{id:long}/summary", Get).WithTags("Conversations").RequireAuthorization(Policies.Agent).WithName("get_summary")
            .WithSummary("The conversation in a few sentences, in the reader's language")
            .Produces<SummaryJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);

    /// <param name="language">fr, ar or en; the business's when left out.</param>
    private static async Task<IResult> Get(
        HttpContext http, SignedIn who, Database database, SummaryWriter writer, long id, string? language = null)
    {
        var (conversation, messages) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await ConversationStore.Find(tx, who.Tenant, id),
            await ConversationStore.Messages(tx, who.Tenant, id, null, null, MostMessages)), http.RequestAborted);
        if (conversation is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (language is not (null or AgentTexts.French or AgentTexts.Arabic or AgentTexts.English))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        var spoken = AgentTexts.Supported(language ?? who.Language);
        return Results.Json(
            await writer.Write(who, id, spoken, http.RequestAborted) is { } text
                ? new SummaryJson(id, "model", spoken, text) : new SummaryJson(id, "rule", spoken, RuleSummary.Of(conversation, messages, spoken)),
            ApiJson.Options);
    }
}
