using System.Text.Json;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Imports.Orders;

/// <summary>
/// Orders from a file, one a row, found by their number. An order that is known stays as it is: a file changes no order, and writes to
/// nobody. Their customers are made where they are not known.
/// </summary>
internal sealed class OrderImport(OrderCreation creation) : IImportKind
{
    /// <summary>What the history of such an order says.</summary>
    private const string Why = "imported";

    public string Name => "orders";

    public Task<IReadOnlyList<ImportTarget>> Targets(Tx tx, long tenantId) => Task.FromResult<IReadOnlyList<ImportTarget>>(
    [
        new(OrderLines.OrderNumber, ["numéro de commande", "commande", "n commande", "order", "order id", "order number", "référence commande", "رقم الطلب", "الطلب"], true),
        new(OrderLines.TrackingNumber, ["numéro de suivi", "suivi", "tracking", "tracking number", "رقم التتبع", "التتبع"]),
        new(OrderLines.Phone, ["téléphone", "tel", "numéro de téléphone", "portable", "mobile", "gsm", "whatsapp", "phone number", "الهاتف", "رقم الهاتف", "الجوال"]),
        new(OrderLines.Name, ["client", "nom du client", "nom", "customer", "customer name", "الاسم", "اسم العميل", "العميل"]),
        new(OrderLines.ProductId, ["sku", "référence", "code article", "رمز المنتج"]),
        new(OrderLines.Product, ["produit", "article", "désignation", "item", "المنتج"]),
        new(OrderLines.Quantity, ["quantité", "qté", "qty", "الكمية"]),
        new(OrderLines.Price, ["prix", "prix unitaire", "unit price", "السعر"]),
        new(OrderLines.Total, ["montant", "montant total", "amount", "المجموع", "المبلغ"]),
        new(OrderLines.Currency, ["devise", "monnaie", "العملة"]),
        new(OrderLines.Status, ["statut", "état", "state", "الحالة"]),
        new(OrderLines.Address, ["adresse", "adresse de livraison", "shipping address", "العنوان"]),
        new(OrderLines.Carrier, ["transporteur", "livreur", "courier", "شركة التوصيل"]),
        new(OrderLines.Delivery, ["livraison prévue", "date de livraison", "delivery date", "تاريخ التسليم"]),
        new(OrderLines.Note, ["remarque", "commentaire", "comment", "ملاحظة"]),
    ]);

    public Task<(string Field, string Sentence)?> Wrong(Tx tx, long tenantId, ImportMapping mapping) => Task.FromResult<(string, string)?>(
        mapping.PlaceOf(OrderLines.OrderNumber) < 0 ? ("columns", "Say which column holds the order number: by it an order is known again.")
        : mapping.Currency is { } currency && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)) ? ("currency", "currency is three capitals of ISO 4217, such as MAD.")
        : null);

    /// <summary>An order with its change, a contact with its identities.</summary>
    public int IdsNeeded(int rows) => rows * (OrderCreation.IdsNeeded + 3);

    public async Task<BatchOutcome> Carry(Tx tx, ImportBatch batch, IdRange ids)
    {
        var outcome = new BatchOutcome();
        var lines = new OrderLines(batch.Mapping);
        var read = batch.Rows.Select(row => (Row: row, Line: lines.Read(row, outcome.Problems))).Where(r => r.Line is not null).ToList();
        outcome.Failed = batch.Rows.Count - read.Count;
        var known = await OrderImportStore.Known(tx, batch.TenantId, read.ConvertAll(r => r.Line!.Order.OrderNumber!));
        var products = await ProductStore.OfSkus(tx, batch.TenantId, read.SelectMany(r => r.Line!.Order.Items).Select(i => i.ProductId).OfType<string>().ToHashSet());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, line) in read)
        {
            var order = line!.Order;
            if (!seen.Add(order.OrderNumber!))
            {
                Leave(new RowProblem(row.Number, batch.Mapping.PlaceOf(OrderLines.OrderNumber), ImportTexts.OrderAgain, order.OrderNumber));
            }
            else if (known.Contains(order.OrderNumber!))
            {
                outcome.Unchanged++;
            }
            else if (batch.IsDry)
            {
                // What making it would find out; its numbers and prices are looked at again when it is made.
                if (order.Items.Any(i => i.Name is null && !products.ContainsKey(i.ProductId!)))
                {
                    Leave(lines.Problem(row, "items[0].product_id"));
                }
                else
                {
                    outcome.Created++;
                }
            }
            else
            {
                switch (await Make(tx, batch, line, ids))
                {
                    case OrderMade.Created created:
                        outcome.Created++;
                        outcome.Effects.Add(new RowEffect(row.Number, created.Order.Id, true, null, JsonSerializer.Serialize(new OrderEffect(batch.Now), ApiJson.Options)));
                        break;
                    case OrderMade.Wrong wrong:
                        Leave(lines.Problem(row, wrong.Problems[0].Field));
                        break;
                }
            }
        }

        return outcome;

        void Leave(RowProblem problem)
        {
            outcome.Failed++;
            outcome.Problems.Add(problem);
        }
    }

    public async Task<HashSet<long>> Undo(Tx tx, Import import, IReadOnlyList<StoredEffect> effects, long now, IdRange ids)
    {
        var kept = new HashSet<long>();
        foreach (var effect in effects)
        {
            var became = JsonSerializer.Deserialize<OrderEffect>(effect.Became, ApiJson.Options)!;
            if (!await OrderImportStore.Remove(tx, import.TenantId, effect.TargetId, became.UpdatedAt))
            {
                kept.Add(effect.RowNumber);
            }
        }

        return kept;
    }

    private async Task<OrderMade> Make(Tx tx, ImportBatch batch, OrderLine line, IdRange ids)
    {
        long? contact = line.Order.Phone is { } phone ? await ContactStore.OfPhone(tx, batch.TenantId, phone, line.Order.Name, ids, batch.Now) : null;
        var by = new OrderBy(OrderActor.System, Why: Why);
        var made = await creation.Create(tx, batch.TenantId, line.Order, contact, by, batch.Now, ids);
        if (made is OrderMade.Created { Order: var order })
        {
            if (line.Status != OrderMachine.Placed)
            {
                await OrderStore.Change(tx, batch.TenantId, order.Id, contact ?? 0, [OrderMachine.Placed], line.Status, null, by, batch.Now);
            }

            await OrderImportStore.StartNoFlow(tx, batch.TenantId, order.Id, batch.Now);
        }

        return made;
    }
}

/// <summary>How an imported order was left; who changed it since keeps it.</summary>
internal sealed record OrderEffect(long UpdatedAt);
