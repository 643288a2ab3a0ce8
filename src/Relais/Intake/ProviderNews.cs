using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Intake;

/// <summary>Carries out what providers tell besides messages and statuses: of customers, of templates, of accounts.</summary>
internal sealed class ProviderNews(InboundEffects effects, TemplateUpdates templates, Clock clock)
{
    public async Task Apply(Tx tx, EventBatch batch, IReadOnlySet<long> mine, IdRange ids)
    {
        foreach (var move in batch.Of(batch.Moves, mine))
        {
            await effects.Move(tx, move, ids);
        }

        var wishes = batch.Of(batch.Wishes, mine);
        if (wishes.Count > 0)
        {
            await ContactStore.Resolve(tx, wishes.ConvertAll(w => w.Contact), ids, clock.Micros);

            // HOOK gate: ConsentStore.Record(tx, one ConsentChange for marketing a wish (source provider, At), ids).
        }

        foreach (var told in batch.Of(batch.Templates, mine))
        {
            await templates.ApplyNews(tx, told.ConnectionId, told.Account, [told.News], ids);
        }

        // HOOK gate: for each of batch.Of(batch.Accounts, mine): InboxNewsStore.Apply(tx, n.ConnectionId, n.Account, [n.News], ids, clock.Micros).
    }
}
