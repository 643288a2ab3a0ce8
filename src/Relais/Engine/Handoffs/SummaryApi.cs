using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Assist;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Handoffs;

/// <param name="ConversationId">Whose summary it is.</param>
/// <param name="By">rule, or model when a model has written the text.</param>
/// <param name="Language">Of the text: the reader's.</param>
/// <param name="Text">For a person.</param>
/// <param name="Intent">person, complaint, change, track, question or courtesy.</param>
/// <param name="Asked">The customer's own last words, shortened.</param>
/// <param name="OrderNumbers">Named in the conversation.</param>
/// <param name="CustomerLanguage">fr, ar, en, or null.</param>
/// <param name="HandoffReason">The word, or null.</param>
/// <param name="WaitingSeconds">Since when a person owes an answer, or null.</param>
internal sealed record SummaryJson(
    long ConversationId, string By, string Language, string Text, string Intent, IReadOnlyList<string> Asked, IReadOnlyList<string> OrderNumbers,
    string? CustomerLanguage, string? HandoffReason, long? WaitingSeconds)
{
    /// <summary>Whose model wrote the text, or null.</summary>
    public string? Provider { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Model { get; init; }
}

/// <summary>What a colleague must know, in their own language, derived when it is read.</summary>
internal static class SummaryApi
{
    public static void MapSummary(this IEndpointRouteBuilder app) => app.MapGet("/api/conversations/{id:long}/summary", Get)
        .WithTags("Conversations").RequireAuthorization(Policies.Agent).WithName("get_summary")
        .WithSummary("What a colleague must know; language is fr, ar or en, left out the business's.")
        .Produces<SummaryJson>().ProducesProblem(400).ProducesProblem(404);

    private static async Task<IResult> Get(
        SignedIn who, Database database, Clock clock, WrittenSummary written, long id, CancellationToken cancel, string? language = null)
    {
        var found = await database.Read(Scope.Tenant(who.Tenant), async tx =>
            await ConversationStore.Find(tx, who.Tenant, id) is { } conversation
                ? ((Conversation, List<StoredMessage>)?)(conversation, await ConversationStore.Messages(tx, who.Tenant, id, null, null, HandoffSummary.Messages))
                : null, cancel);
        if (found is not var (one, messages))
        {
            return Problems.Refuse(Problems.NotFound);
        }

        var reader = language is null or "" ? who.Language : language;
        if (!AgentTexts.Languages.Contains(reader))
        {
            return Problems.Invalid400("language", "language is fr, ar or en.");
        }

        var facts = HandoffSummary.Of(one, messages, clock.Micros);
        var byRule = new SummaryJson(
            id, "rule", reader, SummaryTexts.Of(reader, facts), facts.Intent, facts.Asked, facts.OrderNumbers, facts.CustomerLanguage,
            facts.HandoffReason, facts.WaitingSeconds);
        return Results.Json(
            await written.Write(who, id, messages, reader, cancel) is { } text
                ? byRule with { By = "model", Text = text.Text, Provider = text.Model.Provider, Model = text.Model.Name } : byRule,
            ApiJson.Options);
    }
}
