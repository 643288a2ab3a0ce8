using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <param name="ConversationId">The conversation.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Text">A few sentences for a person who has not read it.</param>
/// <param name="By">model, or rules when no model could be asked.</param>
/// <param name="Provider">Whose model, or null.</param>
/// <param name="Model">Its name, or null.</param>
internal sealed record SummaryJson(long ConversationId, string Language, string Text, string By, string? Provider, string? Model);

/// <summary>A conversation in a few sentences, for whoever takes it over: by a model, else by rule.</summary>
internal static class SummaryApi
{
    /// <summary>Of its messages, the last.</summary>
    private const int MostMessages = 60;

    private const int LongestMessage = 600;

    public static void MapSummaries(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/conversations/{id:long}/summary", Get).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("get_summary")
            .WithSummary("The conversation in a few sentences, in the reader's language")
            .Produces<SummaryJson>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);

    /// <param name="language">fr, ar or en; the business's when left out.</param>
    private static async Task<IResult> Get(
        HttpContext http, SignedIn who, Database database, DeskModel model, IConversationSummary rules, long id, string? language = null)
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
        var written = messages.Count == 0 ? new DeskText.NoModel() : await model.Ask(
            new DeskQuestion(who.Tenant, who.AgentId, id), Rules(spoken), AssistPrompts.Fenced(Transcript(messages)), http.RequestAborted);
        return Results.Json(
            written is DeskText.Written done ? new SummaryJson(id, spoken, done.Text, "model", done.Model.Provider, done.Model.Name)
                : new SummaryJson(id, spoken, await rules.Write(conversation, messages, spoken, http.RequestAborted), "rules", null, null),
            ApiJson.Options);
    }

    private static string Rules(string language) => AssistPrompts.Rules(
        $"Summarise the conversation for a colleague who takes it over, in {AssistPrompts.NameOf(language)}, in at most five short sentences: "
        + "what the customer wants, what was told or promised to them, order numbers, what is still open, their mood if it shows. Say only what stands there.");

    private static string Transcript(List<StoredMessage> messages) => string.Join('\n', messages.Select(m =>
        $"{(m.Author switch { Author.Customer => "Customer", Author.Agent => "Colleague", _ => "Assistant" })}: "
        + (m.Content.Length == 0 ? $"[{m.Type}]" : ShortText.OneLine(Why.Cut.To(Why.PersonalData.WithoutCards(m.Content), LongestMessage)))));
}
