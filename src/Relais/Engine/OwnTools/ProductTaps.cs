using Relais.Changes;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>
/// Taps on products: a row shows the product, its button makes a draft order for a person. No model is asked. Promise: one tap, one
/// draft, whatever dies in between; nobody has promised goods or price before the person did.
/// </summary>
internal sealed class ProductTaps(Database database, Ids ids, ConversationEvents events, ChangeLog changes, Clock clock)
{
    public static bool IsTap(TurnMessage message) => ProductChoice.Read(message.ChoiceId) is not null;

    public Task<IReadOnlyList<Decision>> Answer(DueTurn due, TurnMessage message, string language, CancellationToken cancel)
    {
        var choice = ProductChoice.Read(message.ChoiceId)!.Value;
        return choice.Act == ProductChoice.Order ? Order(due, message.Id, choice.ProductId, language, cancel)
            : Show(due.Turn.TenantId, choice.ProductId, language, cancel);
    }

    private async Task<IReadOnlyList<Decision>> Show(long tenantId, long productId, string language, CancellationToken cancel)
    {
        var product = await database.Read(Scope.Tenant(tenantId), async tx =>
        {
            var found = await ProductStore.Find(tx, tenantId, productId);
            return found?.ImageMediaId is { } media && !await ProductStore.IsPicture(tx, tenantId, media) ? Pictureless(found) : found;
        }, cancel);
        return product is { Enabled: not 0 }
            ? [.. ProductCard.Of(language, product).Select(c => new Decision.Send(c))] : [new Decision.Reply(ProductCard.Gone(language))];
    }

    private async Task<IReadOnlyList<Decision>> Order(DueTurn due, long messageId, long productId, string language, CancellationToken cancel)
    {
        var turn = due.Turn;
        var range = await ids.Take(3, cancel);
        string? title = null;
        var isOvertaken = false;
        await database.Write(Scope.Tenant(turn.TenantId), async tx =>
        {
            range.Rewind();
            (title, isOvertaken) = (null, false);
            if (await OrderStore.FindOwn(tx, turn.TenantId, turn.ContactId, CartOrder.NumberOf(messageId)) is { } made)
            {
                title = (await OrderStore.Items(tx, turn.TenantId, [made.Id])).FirstOrDefault()?.Name ?? made.TrackingNumber;
                return;
            }

            if ((await ConversationStore.Find(tx, turn.TenantId, turn.ConversationId))?.Version != turn.Version)
            {
                // A person took over meanwhile: they see the tap and decide.
                isOvertaken = true;
                return;
            }

            if (await ProductStore.Find(tx, turn.TenantId, productId) is { Enabled: not 0, IsToBeHad: true } product)
            {
                var order = CartOrder.Draft(turn.TenantId, range.Next(), turn.ContactId, messageId, product, language, clock.Micros);
                await CartOrder.Insert(tx, order);
                await events.Add(tx, new ConversationEvent(
                    turn.TenantId, range.Next(), turn.ConversationId, "cart_received", null, order.Order.TrackingNumber, clock.Micros));
                await changes.Append(tx, [new Change(
                    range.Next(), turn.TenantId, "conversation.updated", turn.ConversationId, null, due.InboxId, clock.Micros)]);
                title = order.Items[0].Name;
            }
        }, cancel);
        return isOvertaken ? []
            : title is null ? [new Decision.Reply(ProductCard.Gone(language))]
            : [new Decision.HandOff(HandoffReason.CartReceived, ProductCard.Ordered(language, title))];
    }

    private static Product Pictureless(Product product) => new()
    {
        TenantId = product.TenantId, Id = product.Id, Sku = product.Sku, Title = product.Title, Description = product.Description,
        PriceMinor = product.PriceMinor, Currency = product.Currency, Stock = product.Stock, Url = product.Url, Enabled = product.Enabled,
    };
}
