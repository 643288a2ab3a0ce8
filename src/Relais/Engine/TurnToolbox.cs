using System.Collections.Concurrent;
using Relais.Commerce;
using Relais.Engine.Ai;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>Binds the AI agent's tools to one turn's tenant, so that a model can never look outside it.</summary>
internal sealed class TurnToolbox(Database database, OrderQuestions questions)
{
    private readonly ConcurrentDictionary<long, (long Revision, FaqSearch Index)> indexes = new();

    public TurnTools For(DueTurn due) => new(
        (trackingNumber, cancel) => FindOrder(due.Turn.TenantId, trackingNumber, cancel),
        (question, cancel) => SearchFaqs(due.Turn.TenantId, due.FaqRevision, question, cancel))
    {
        Orders = questions.For(due.Turn),
    };

    private async Task<OrderFact?> FindOrder(long tenantId, string trackingNumber, CancellationToken cancel) =>
        await database.Read(Scope.Tenant(tenantId), tx => OrderStore.FindByTracking(tx, tenantId, trackingNumber), cancel) is { } order
            ? OrderQuestions.Fact(order) : null;

    private async Task<IReadOnlyList<FaqHit>> SearchFaqs(long tenantId, long revision, string question, CancellationToken cancel)
    {
        if (!indexes.TryGetValue(tenantId, out var cached) || cached.Revision != revision)
        {
            var faqs = await database.Read(Scope.Tenant(tenantId), tx => FaqStore.All(tx, tenantId), cancel);
            cached = (revision, FaqSearch.Build(faqs.ConvertAll(f => (f.Id, f.Question, f.Answer))));
            indexes[tenantId] = cached;
        }

        return [.. cached.Index.Find(question).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))];
    }
}
