using Relais.Commerce;
using Relais.Conversations;
using Relais.Storage;

namespace Relais.Imports.Moving;

/// <summary>A dry run: what would become of rows, without writing. What it said yes to counts for the rows after it.</summary>
internal sealed class MovingCheck(MovingTarget target)
{
    private readonly HashSet<(string Kind, string Id)> tried = [];

    /// <summary>What is wrong with a row whatever else there is; null when nothing is.</summary>
    public static string? InItself(Moved what) => what switch
    {
        Moved.Product { Price: not null, Currency: not { Length: 3 } } => "Its price has no currency: write it as EUR or MAD.",
        Moved.Order { Total: not null, Currency: not { Length: 3 } } => "Its total has no currency: write it as EUR or MAD.",
        _ => null,
    };

    public async Task<List<(MovedRow Row, string? Problem, bool IsKnown)>> Of(Tx tx, IReadOnlyList<MovedRow> rows)
    {
        var ends = new List<(MovedRow Row, string? Problem, bool IsKnown)>();
        foreach (var row in rows)
        {
            var what = row.What!;
            if (await Has(tx, what.Kind, what.Id))
            {
                ends.Add((row, null, true));
                continue;
            }

            var problem = InItself(what) ?? await WithOthers(tx, what);
            if (problem is null)
            {
                tried.Add((what.Kind, what.Id));
            }

            ends.Add((row, problem, false));
        }

        return ends;
    }

    private async Task<string?> WithOthers(Tx tx, Moved what) => what switch
    {
        Moved.Contact contact => await Erasure(tx, contact.Phone),
        Moved.Conversation conversation => await Contact(tx, conversation.ContactId, conversation.Phone),
        Moved.Message message => await Conversation(tx, message.ConversationId, message.ContactId, message.Phone),
        Moved.Event happened => await Conversation(tx, happened.ConversationId, null, happened.Phone),
        Moved.Product product => (await ProductStore.OfSkus(tx, target.TenantId, [product.Sku])).Count > 0 || !tried.Add(("sku", product.Sku)) ? $"There is a product {product.Sku} already." : null,
        Moved.Order order => await OrderStore.IsTaken(tx, target.TenantId, OrderStore.Clean(order.Tracking)!) || !tried.Add(("tracking", order.Tracking)) ? $"There is an order {order.Tracking} already."
            : await Erasure(tx, order.Phone),
        _ => null,
    };

    private async Task<string?> Conversation(Tx tx, string? conversation, string? contact, string? phone) =>
        conversation is not null && await Has(tx, "conversation", conversation) ? null
            : contact is null && phone is null ? $"Its conversation {conversation} was not moved in: bring the conversations first."
            : await Contact(tx, contact, phone);

    private async Task<string?> Contact(Tx tx, string? contact, string? phone) =>
        contact is not null && await Has(tx, "contact", contact) ? null
            : phone is null ? $"Its contact {contact} was not moved in: bring the contacts first."
            : await Erasure(tx, phone);

    private async Task<string?> Erasure(Tx tx, string? phone) => phone is not null && await MovingStore.WasErased(tx, target.TenantId, Erased.Identity(target.TenantId, phone))
        ? "This customer was erased here and stays so." : null;

    private async Task<bool> Has(Tx tx, string kind, string id) =>
        tried.Contains((kind, id)) || await MovingStore.Known(tx, target.TenantId, target.Source, kind, id) != 0;
}
