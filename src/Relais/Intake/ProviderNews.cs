using Relais.Conversations;
using Relais.Desk;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Intake;

/// <summary>Carries out what providers tell besides messages and statuses: of customers, of templates, of accounts.</summary>
internal sealed class ProviderNews(InboundEffects effects, PhoneWords phone, TemplateUpdates templates, InboxNewsStore accounts, Clock clock)
{
    public async Task Apply(Tx tx, EventBatch batch, IReadOnlySet<long> mine, IdRange ids)
    {
        foreach (var move in batch.Of(batch.Moves, mine))
        {
            await effects.Move(tx, move, ids);
        }

        await Record(tx, batch.Of(batch.Wishes, mine), ids);
        foreach (var message in batch.Of(batch.PhoneMessages, mine))
        {
            await phone.Store(tx, message, ids, clock.Micros);
        }

        foreach (var told in batch.Of(batch.Templates, mine))
        {
            await templates.ApplyNews(tx, told.ConnectionId, told.Account, [told.News], ids);
        }

        foreach (var told in batch.Of(batch.Accounts, mine))
        {
            await accounts.Apply(tx, told.ConnectionId, told.Account, [told.News], ids, clock.Micros);
        }
    }

    /// <summary>A customer who has never written is made known by their wish: whoever writes to them later must know it.</summary>
    private async Task Record(Tx tx, List<MarketingWish> wishes, IdRange ids)
    {
        foreach (var wish in wishes.ToList())
        {
            if (await Erased.Has(tx, wish.Contact, wish.At))
            {
                wishes.Remove(wish);
            }
        }

        if (wishes.Count == 0)
        {
            return;
        }

        await ContactStore.Resolve(tx, wishes.ConvertAll(w => w.Contact), ids, clock.Micros);
        var changes = new List<ConsentChange>();
        foreach (var wish in wishes)
        {
            var change = new ConsentChange(
                wish.Contact.TenantId, wish.Contact.ContactId, ConsentPurpose.Marketing, wish.Wants, ConsentSource.Provider, wish.At)
            {
                Proof = wish.Wants ? "user_preferences: resume" : "user_preferences: stop",
            };
            if (!changes.Contains(change) && !await ConsentStore.IsKnown(tx, change))
            {
                changes.Add(change);
            }
        }

        await ConsentStore.Record(tx, changes, ids);
    }
}
