using Relais.Changes;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Imports.Moving;

/// <summary>
/// Puts rows of another system into a tenant, a batch a transaction together with the memory of which they were: broken off, it goes on
/// where it was, and the same file a second time changes nothing. Conversations come closed, nothing is answered, nobody is written to.
/// </summary>
internal sealed class Mover(Database database, Ids ids, Clock clock, MovingTarget target)
{
    private const int Batch = 200;

    /// <summary>A message may make its contact, its conversation and its number.</summary>
    private const int IdsEach = 5;

    private readonly MovingCheck check = new(target);

    public MovingReport Report { get; } = new();

    public async Task Run(IEnumerable<MovedRow> rows, Action<int>? progress, CancellationToken cancel)
    {
        var done = 0;
        foreach (var batch in rows.Chunk(Batch))
        {
            foreach (var unreadable in batch.Where(r => r.What is null))
            {
                Report.Refuse(unreadable.Number, unreadable.Problem!);
            }

            await Apply([.. batch.Where(r => r.What is not null)], cancel);
            progress?.Invoke(done += batch.Length);
        }
    }

    private async Task Apply(IReadOnlyList<MovedRow> rows, CancellationToken cancel)
    {
        var ends = new List<(MovedRow Row, string? Problem, bool IsKnown)>();
        if (target.DryRun)
        {
            ends = await database.Read(Scope.Pipeline, tx => check.Of(tx, rows), cancel);
        }
        else
        {
            var range = await ids.Take(rows.Count * IdsEach, cancel);
            await database.Write(Scope.Pipeline, async tx =>
            {
                range.Rewind();
                ends.Clear();
                foreach (var row in rows)
                {
                    var (problem, isKnown) = await Move(tx, row.What!, range);
                    ends.Add((row, problem, isKnown));
                }
            }, CancellationToken.None);
        }

        foreach (var (row, problem, isKnown) in ends)
        {
            if (problem is not null)
            {
                Report.Refuse(row.Number, problem);
            }
            else if (isKnown)
            {
                Report.Known++;
            }
            else
            {
                Report.Added[row.What!.Kind] = Report.Added.GetValueOrDefault(row.What.Kind) + 1;
            }
        }
    }

    private async Task<(string? Problem, bool IsKnown)> Move(Tx tx, Moved what, IdRange range)
    {
        if (await MovingStore.Known(tx, target.TenantId, target.Source, what.Kind, what.Id) != 0)
        {
            return (null, true);
        }

        if (MovingCheck.InItself(what) is { } wrong)
        {
            return (wrong, false);
        }

        var (problem, id) = what switch
        {
            Moved.Contact contact => await Contact(tx, contact, range),
            Moved.Conversation conversation => await Conversation(tx, conversation, range),
            Moved.Message message => await Message(tx, message, range),
            Moved.Event happened => await Event(tx, happened, range),
            Moved.Faq faq => await Faq(tx, faq, range),
            Moved.Product product => await Product(tx, product, range),
            Moved.Order order => await Order(tx, order, range),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (problem is null)
        {
            await MovingStore.Remember(tx, target.TenantId, target.Source, what.Kind, what.Id, id, clock.Micros);
        }

        return (problem, false);
    }

    private async Task<(string?, long)> Contact(Tx tx, Moved.Contact contact, IdRange range)
    {
        var (problem, id) = await OfPhone(tx, contact.Phone, contact.Name, range);
        if (problem is null)
        {
            await MovingStore.FirstSeen(tx, target.TenantId, id, contact.Language, contact.At ?? clock.Micros);
            await SearchDue.Note(tx, target.TenantId, SearchKind.Contact, id);
            if (contact.OptedOutAt is { } at)
            {
                await ConsentStore.Record(tx, [new ConsentChange(target.TenantId, id, ConsentPurpose.All, false, ConsentSource.Import, at) { Proof = $"Moved in from {target.Source}" }], range);
            }
        }

        return (problem, id);
    }

    private async Task<(string?, long)> OfPhone(Tx tx, string phone, string? name, IdRange range) =>
        await MovingStore.WasErased(tx, target.TenantId, Erased.Identity(target.TenantId, phone))
            ? ("This customer was erased here and stays so.", 0)
            : (null, await ContactStore.OfPhone(tx, target.TenantId, phone, name, range, clock.Micros));

    private async Task<(string?, long)> Conversation(Tx tx, Moved.Conversation conversation, IdRange range)
    {
        var contact = conversation.ContactId is { } foreign ? await MovingStore.Known(tx, target.TenantId, target.Source, "contact", foreign) : 0;
        if (contact == 0)
        {
            if (conversation.Phone is not { } phone)
            {
                return ($"Its contact {conversation.ContactId} was not moved in: bring the contacts first.", 0);
            }

            (var problem, contact) = await OfPhone(tx, phone, null, range);
            if (problem is not null)
            {
                return (problem, 0);
            }

            await MovingStore.FirstSeen(tx, target.TenantId, contact, null, conversation.At ?? clock.Micros);
        }

        return (null, await NewConversation(tx, contact, conversation.At, range));
    }

    private async Task<long> NewConversation(Tx tx, long contact, long? at, IdRange range)
    {
        var inbox = await MovingStore.Inbox(tx, target.TenantId, target.Number) ?? 0;
        if (inbox == 0)
        {
            inbox = range.Next();
            await MovingStore.InsertInbox(tx, target.TenantId, inbox, target.Number ?? target.Source, clock.Micros);
        }

        var id = range.Next();
        await MovingStore.InsertConversation(tx, target.TenantId, new MovedConversation(id, contact, inbox), $"moved-{id}", at ?? clock.Micros);
        return id;
    }

    /// <summary>The one that is named; where only a contact or a number is, the one conversation of it.</summary>
    private async Task<(string? Problem, long Id)> ConversationOf(Tx tx, string? foreign, string? contact, string? phone, long? at, IdRange range)
    {
        if (foreign is not null && await MovingStore.Known(tx, target.TenantId, target.Source, "conversation", foreign) is > 0 and var known)
        {
            return (null, known);
        }

        var stand = foreign ?? (contact is not null ? $"contact:{contact}" : $"phone:{phone}");
        if (foreign is null && await MovingStore.Known(tx, target.TenantId, target.Source, "conversation", stand) is > 0 and var own)
        {
            return (null, own);
        }

        if (contact is null && phone is null)
        {
            return ($"Its conversation {foreign} was not moved in: bring the conversations first.", 0);
        }

        var (problem, made) = await Conversation(tx, new Moved.Conversation(stand, contact, phone, at), range);
        if (problem is null)
        {
            await MovingStore.Remember(tx, target.TenantId, target.Source, "conversation", stand, made, clock.Micros);
        }

        return (problem, made);
    }

    private async Task<(string?, long)> Message(Tx tx, Moved.Message message, IdRange range)
    {
        var (problem, conversation) = await ConversationOf(tx, message.ConversationId, message.ContactId, message.Phone, message.At, range);
        if (problem is not null)
        {
            return (problem, 0);
        }

        var id = range.Next();
        await MovingStore.InsertMessage(tx, target.TenantId, id, await MovingStore.Conversation(tx, target.TenantId, conversation), message, message.At ?? clock.Micros);
        await SearchDue.Note(tx, target.TenantId, SearchKind.Message, id);
        return (null, id);
    }

    private async Task<(string?, long)> Event(Tx tx, Moved.Event happened, IdRange range)
    {
        var (problem, conversation) = await ConversationOf(tx, happened.ConversationId, null, happened.Phone, happened.At, range);
        if (problem is not null)
        {
            return (problem, 0);
        }

        var id = range.Next();
        await MovingStore.InsertEvent(tx, target.TenantId, id, conversation, happened, happened.At ?? clock.Micros);
        return (null, id);
    }

    private async Task<(string?, long)> Faq(Tx tx, Moved.Faq faq, IdRange range)
    {
        var (id, at) = (range.Next(), faq.At ?? clock.Micros);
        await FaqStore.Insert(tx, new Faq
        {
            TenantId = target.TenantId, Id = id, Question = CustomerText.Normalise(faq.Question), Answer = CustomerText.Normalise(faq.Answer), Language = faq.Language,
            CreatedAt = at, UpdatedAt = faq.UpdatedAt ?? at,
        });
        return (null, id);
    }

    private async Task<(string?, long)> Product(Tx tx, Moved.Product product, IdRange range)
    {
        var (id, at) = (range.Next(), product.At ?? clock.Micros);
        return await ProductStore.Insert(tx, new Product
        {
            TenantId = target.TenantId, Id = id, Sku = product.Sku, Title = new LocalText(CustomerText.Normalise(product.Title)).Write(),
            Description = product.Description is null ? null : new LocalText(CustomerText.Normalise(product.Description)).Write(),
            PriceMinor = product.Price is { } price ? Currencies.ToMinor(price, product.Currency!) : null, Currency = product.Price is null ? null : product.Currency,
            Stock = product.Stock, Url = product.Url, ImageUrl = product.ImageUrl, Enabled = 1, CreatedAt = at, UpdatedAt = at,
        }) ? (null, id) : ($"There is a product {product.Sku} already.", 0);
    }

    private async Task<(string?, long)> Order(Tx tx, Moved.Order order, IdRange range)
    {
        var (problem, contact) = order.Phone is { } phone ? await OfPhone(tx, phone, order.Name, range) : (null, 0);
        if (problem is not null)
        {
            return (problem, 0);
        }

        var (id, at) = (range.Next(), order.At ?? clock.Micros);
        var made = new Order
        {
            TenantId = target.TenantId, Id = id, TrackingNumber = OrderStore.Clean(order.Tracking)!, ContactId = contact == 0 ? null : contact, Status = order.Status, Carrier = order.Carrier,
            TotalMinor = order.Total is { } total ? Currencies.ToMinor(total, order.Currency!) : null, Currency = order.Total is null ? null : order.Currency,
            CreatedAt = at, UpdatedAt = order.UpdatedAt ?? at,
        };
        var items = order.Items.Select((item, i) =>
        {
            var currency = item.Price is null ? null : (item.Currency ?? order.Currency) is { Length: 3 } known ? known : null;
            return new OrderItem
            {
                TenantId = target.TenantId, OrderId = id, Line = i + 1, ProductId = item.Sku, Name = item.Name, Quantity = item.Quantity,
                PriceMinor = currency is null ? null : Currencies.ToMinor(item.Price!.Value, currency), Currency = currency,
            };
        });
        return await CartOrder.Insert(tx, new CartOrder(made, [.. items])) ? (null, id) : ($"There is an order {order.Tracking} already.", 0);
    }
}
