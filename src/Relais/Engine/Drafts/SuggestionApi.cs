using Relais.Conversations;
using Relais.Engine.Why;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Drafts;

/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The customer's message it stands on, as ai_suggestion.</param>
/// <param name="Kind">reply (words to send), action (something to do, described), hand_off (the agent has nothing to say; handoff_reason says why) or none.</param>
/// <param name="Text">What could be said or done, or null.</param>
/// <param name="HandoffReason">Why the agent would hand over, or null.</param>
/// <param name="Trace">Why.</param>
internal sealed record SuggestionJson(long ConversationId, long MessageId, string Kind, string? Text, string? HandoffReason, TraceJson Trace);

/// <summary>A suggestion when a person asks for one, whoever has the conversation. Nothing is sent, and its owner stays.</summary>
internal static class SuggestionApi
{
    public static void MapSuggestions(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/conversations/{id:long}/suggestion", Suggest).WithTags("AI agent").RequireAuthorization(Policies.Agent)
            .WithName("suggest_answer").WithSummary("Ask the AI agent for a draft now")
            .WithDescription("Looks at what is unanswered, else at the customer's last words, and puts the draft on that message (ai_suggestion). Takes an Idempotency-Key.")
            .Produces<SuggestionJson>().ProducesProblem(401).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> Suggest(
        HttpContext http, SignedIn who, Database database, Drafting drafting, DraftCommitter drafts, Ids ids, Clock clock, Idempotency idempotency, long id)
    {
        var (conversation, due) = await database.Read(Scope.Tenant(who.Tenant), async tx => (
            await ConversationStore.Find(tx, who.Tenant, id), await TurnStore.Latest(tx, who.Tenant, id)), http.RequestAborted);
        if (conversation is null || due is null || conversation.Status == ConversationStatus.Closed)
        {
            return Problems.Refuse(conversation is null ? Problems.NotFound
                : conversation.Status == ConversationStatus.Closed ? Problems.ConversationClosed : Problems.NoCustomerMessage);
        }

        var notes = new TurnNotes();
        due = due with { Turn = due.Turn with { Notes = notes } };
        var decisions = await drafting.Decide(due, http.RequestAborted);
        var suggestion = decisions.OfType<Decision.Suggest>().Single();
        var trace = notes.Of(decisions, due.PromptVersion);
        var range = await ids.Take(DraftCommitter.IdsEach, http.RequestAborted);
        return await idempotency.Once(http, who, $"suggest:{id}", [], async tx =>
        {
            range.Rewind();
            await DraftStore.Asked(tx, due.Turn, due.SeenSeq);
            await drafts.Put(tx, due, suggestion, trace, range);
            return (200, Show(id, due.Turn.Unanswered[^1].Id, suggestion, trace, clock.Micros));
        });
    }

    private static SuggestionJson Show(long id, long messageId, Decision.Suggest suggestion, TurnTrace trace, long now)
    {
        var handsOff = suggestion.Reason != HandoffReason.Draft;
        return new SuggestionJson(
            id, messageId,
            suggestion.IsProposal ? "action" : suggestion.Text is not null ? "reply" : handsOff ? "hand_off" : "none",
            suggestion.Text, handsOff ? TurnCommitter.ReasonWord(suggestion.Reason) : null, TraceJson.Of(messageId, trace, now));
    }
}
