using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Why;

/// <param name="MessageId">The message that was asked about.</param>
/// <param name="Kind">answer or suggestion.</param>
/// <param name="Answers">The customer's last message that the turn looked at, or null.</param>
/// <param name="Rule">What decided, e.g. built_in:faq, model:answer, reserved_topic, order_tap, opt_out (docs/why-and-drafts.md).</param>
/// <param name="HandoffReason">Why people got the conversation, or null.</param>
/// <param name="Language">fr, ar or en; null when none was looked for.</param>
/// <param name="PromptVersion">The business's prompt it was answered under; 0 for none.</param>
/// <param name="Provider">built_in, openai, anthropic, gemini, openai_compatible; null when nobody was asked.</param>
/// <param name="Model">The provider's name of the model, or null.</param>
/// <param name="InputTokens">Of all model calls of the turn.</param>
/// <param name="OutputTokens">Of all model calls of the turn.</param>
/// <param name="CostMicros">Millionths of a US dollar.</param>
/// <param name="DurationMs">Of the deciding, tools and models included.</param>
/// <param name="Tools">In the order they ran.</param>
/// <param name="Sources">FAQs and passages that were found, with their scores.</param>
/// <param name="Calls">Each call to a model, also those that failed.</param>
/// <param name="At">When it was decided; null for a sentence of the desk.</param>
internal sealed record TraceJson(
    long MessageId, string Kind, long? Answers, string Rule, string? HandoffReason, string? Language, long PromptVersion, string? Provider, string? Model,
    long? InputTokens, long? OutputTokens, long? CostMicros, double DurationMs, IReadOnlyList<TracedTool> Tools, IReadOnlyList<TracedSource> Sources,
    IReadOnlyList<TracedCall> Calls, DateTimeOffset? At)
{
    public static TraceJson Of(long messageId, StoredTrace trace)
    {
        var detail = trace.ReadDetail();
        return new TraceJson(
            messageId, trace.Kind == (long)TraceKind.Answer ? "answer" : "suggestion", trace.MessageId, trace.Rule, trace.Handoff, trace.Language,
            trace.PromptVersion, trace.Provider, trace.Model, trace.InputTokens, trace.OutputTokens, trace.CostMicros, trace.DurationMicros / 1000.0,
            detail.Tools ?? [], detail.Sources ?? [], detail.Calls ?? [], Instants.FromMicros(trace.At));
    }

    /// <summary>As it is being stored.</summary>
    public static TraceJson Of(long messageId, TurnTrace trace, long at) => Of(messageId, new StoredTrace
    {
        MessageId = messageId, Kind = (long)TraceKind.Suggestion, Rule = trace.Rule, Handoff = trace.Handoff, Language = trace.Language,
        PromptVersion = trace.PromptVersion, Provider = trace.Provider, Model = trace.Model, InputTokens = trace.Usage?.TokensIn,
        OutputTokens = trace.Usage?.TokensOut, CostMicros = trace.Usage?.CostMicros, DurationMicros = trace.DurationMicros, Detail = trace.Detail, At = at,
    });

    /// <summary>For what no turn says: a sentence of the desk, a page of a list, a flow's words.</summary>
    public static TraceJson OfRule(long messageId, string rule) => new(
        messageId, "answer", null, rule, null, null, 0, null, null, null, null, null, 0, [], [], [], null);
}

/// <summary>Why a message was said.</summary>
internal static class TraceApi
{
    public static void MapTraces(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/messages/{id:long}/trace", Get).WithTags("AI agent").RequireAuthorization(Policies.Agent).WithName("get_trace")
            .WithSummary("Why an automatic message was said, or a suggestion made")
            .WithDescription("Of a customer's message: of the suggestion to it, else of the answer. 404 when a person wrote it, or the trace is older than the business keeps its logs.")
            .Produces<TraceJson>().ProducesProblem(401).ProducesProblem(404);

    private static async Task<IResult> Get(SignedIn who, Database database, long id, CancellationToken cancel)
    {
        var (message, trace) = await database.Read(Scope.Tenant(who.Tenant), async tx =>
            await ToldMessage.Find(tx, who.Tenant, id) is { } found ? (found, await Trace(tx, who.Tenant, found)) : (null, null), cancel);
        return trace is not null ? Results.Json(TraceJson.Of(id, trace), ApiJson.Options)
            : message is null or { Author: Author.Customer or Author.Agent or Author.AiAgent } ? Problems.Refuse(Problems.NotFound)
            : Results.Json(TraceJson.OfRule(id, message.Author == Author.Flow ? "flow" : message.Type == "choices" ? "page" : "desk_text"), ApiJson.Options);
    }

    /// <summary>The trace of a message, by the customer's message it answers.</summary>
    public static async Task<StoredTrace?> Trace(Tx tx, long tenantId, ToldMessage message) =>
        message.Author == Author.Customer
            ? await TraceStore.Find(tx, tenantId, message.Id, TraceKind.Suggestion) ?? await TraceStore.Find(tx, tenantId, message.Id, TraceKind.Answer)
            : message.Answers is { } answered ? await TraceStore.Find(tx, tenantId, answered, TraceKind.Answer) : null;
}
