using Relais.Commerce;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>Binds the AI agent's tools to one turn's tenant, so that a model can never look outside it.</summary>
internal sealed class TurnToolbox(Database database, OrderQuestions questions, OwnWordsDirectory words)
{
    private readonly RevisionCache<FaqSearch> faqs = new(async (tenantId, cancel) => FaqSearch.Build(
        (await database.Read(Scope.Tenant(tenantId), tx => FaqStore.All(tx, tenantId), cancel)).ConvertAll(f => (f.Id, f.Question, f.Answer)),
        await words.Synonyms(tenantId, cancel)));

    public TurnTools For(DueTurn due) => new(
        (trackingNumber, cancel) => FindOrder(due.Turn.TenantId, trackingNumber, cancel),
        async (question, cancel) =>
            [.. (await faqs.Of(due.Turn.TenantId, due.FaqRevision + due.AiRevision, cancel)).Find(question).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))])
    {
        Orders = questions.For(due.Turn),
    };

    private async Task<OrderFact?> FindOrder(long tenantId, string trackingNumber, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(tenantId), tx => OrderStore.FindByTracking(tx, tenantId, trackingNumber), cancel) is { } order
            ? OrderQuestions.Fact(order) : null;
}
