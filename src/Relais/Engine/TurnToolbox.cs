using Relais.Commerce;
using Relais.Engine.Ai;
using Relais.Foundation;
using Relais.Knowledge.Search;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>Binds the AI agent's tools to one turn's tenant, so that a model can never look outside it.</summary>
internal sealed class TurnToolbox(Database database, OrderQuestions questions, KnowledgeSearch knowledge, OwnTools.OrderLookup lookup)
{
    public TurnTools For(DueTurn due) => For(due, knowledge.For(due.Turn.TenantId, due.FaqRevision, due.AiRevision, () => AiAgent.LanguageOf(due.Turn)));

    private TurnTools For(DueTurn due, KnowledgeDesk desk) => new(
        (trackingNumber, cancel) => FindOrder(due.Turn.TenantId, trackingNumber, cancel),
        async (question, cancel) => [.. (await desk.Find(question, cancel)).Faqs.Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))])
    {
        SearchPassages = async (question, cancel) =>
            [.. (await desk.Find(question, cancel)).Passages.Select(m => new PassageHit(m.Passage.Id, m.Passage.Heading, m.Passage.Text, m.Passage.Title, m.Score))],
        Orders = questions.For(due.Turn),
    };

    /// <summary>The shop's own system knows best, where there is one; else, and where it has no answer, what we know.</summary>
    private async Task<OrderFact?> FindOrder(long tenantId, string trackingNumber, CancellationToken cancel) =>
        await lookup.Ask(tenantId, trackingNumber, cancel) ?? await Own(tenantId, trackingNumber, cancel);

    private async Task<OrderFact?> Own(long tenantId, string trackingNumber, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(tenantId), tx => OrderStore.FindByTracking(tx, tenantId, trackingNumber), cancel) is { } order
            ? OrderQuestions.Fact(order) : null;
}
