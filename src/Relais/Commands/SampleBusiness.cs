using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Knowledge;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>What a newcomer finds in the demo: a delivery company with FAQs in three languages and a few orders.</summary>
internal sealed class SampleBusiness(Database database, Ids ids, Clock clock)
{
    public const string Name = "Beyond Express";

    private static readonly (string Question, string Answer)[] Faqs =
    [
        ("Quels sont vos horaires d'ouverture ?", "Nous sommes ouverts du lundi au samedi, de 9 h à 19 h."),
        ("What are your opening hours?", "We are open Monday to Saturday, from 9 am to 7 pm."),
        ("ما هي ساعات العمل؟", "نعمل من الإثنين إلى السبت، من التاسعة صباحاً إلى السابعة مساءً."),
        ("Combien coûte la livraison ?", "La livraison coûte 4,90 € et elle est offerte dès 50 € d'achat."),
        ("How much is delivery?", "Delivery costs €4.90 and is free from €50."),
        ("كم تكلفة التوصيل؟", "تكلفة التوصيل 4,90 يورو، وهو مجاني ابتداءً من 50 يورو."),
        ("Puis-je retourner un article ?", "Oui, vous avez 14 jours après la réception pour retourner un article, gratuitement."),
        ("Can I return an item?", "Yes, you have 14 days after delivery to return an item, free of charge."),
        ("هل يمكنني إرجاع منتج؟", "نعم، لديك 14 يوماً بعد الاستلام لإرجاع المنتج مجاناً."),
        ("Quels moyens de paiement acceptez-vous ?", "Nous acceptons la carte bancaire, PayPal et le paiement à la livraison."),
        ("How can I pay?", "We accept cards, PayPal and cash on delivery."),
        ("كيف يمكنني الدفع؟", "نقبل البطاقة البنكية وباي بال والدفع عند الاستلام."),
    ];

    private static readonly (string Sku, LocalText Title, LocalText Description, long PriceMinor, long? Stock)[] Products =
    [
        ("BOX-S", new(null, "Petit carton d'envoi", "علبة شحن صغيرة", "Small shipping box"),
            new(null, "Carton double cannelure, 30 × 20 × 15 cm, jusqu'à 5 kg.", "كرتون مزدوج 30 × 20 × 15 سم، حتى 5 كغ.", "Double-wall box, 30 × 20 × 15 cm, up to 5 kg."), 290, 120),
        ("BOX-L", new(null, "Grand carton d'envoi", "علبة شحن كبيرة", "Large shipping box"),
            new(null, "Carton double cannelure, 60 × 40 × 40 cm, jusqu'à 25 kg.", "كرتون مزدوج 60 × 40 × 40 سم، حتى 25 كغ.", "Double-wall box, 60 × 40 × 40 cm, up to 25 kg."), 590, 4),
        ("WRAP-10", new(null, "Papier bulle, 10 m", "لفة غلاف فقاعات 10 م", "Bubble wrap roll, 10 m"),
            new(null, "Protège les objets fragiles.", "يحمي الأغراض الهشة.", "Protects fragile things."), 790, null),
        ("TAPE-3", new(null, "Ruban adhésif, lot de 3", "شريط لاصق، 3 قطع", "Packing tape, pack of 3"),
            new(null, "Transparent, 66 m chacun.", "شفاف، 66 م لكل واحد.", "Clear, 66 m each."), 450, 0),
    ];

    /// <summary>Gives a tenant a few products, unless it has some already.</summary>
    public async Task FillProducts(long tenantId, CancellationToken cancel = default)
    {
        var range = await ids.Take(Products.Length, cancel);
        var now = clock.Micros;
        await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            if (await ProductStore.Count(tx, tenantId) > 0)
            {
                return;
            }

            foreach (var (sku, title, description, price, stock) in Products)
            {
                await ProductStore.Insert(tx, new Product
                {
                    TenantId = tenantId, Id = range.Next(), Sku = sku, Title = title.Write(), Description = description.Write(), PriceMinor = price,
                    Currency = "EUR", Stock = stock, Enabled = 1, CreatedAt = now, UpdatedAt = now,
                });
            }
        }, cancel);
    }

    /// <summary>Gives a tenant the sample FAQs and orders, unless it has FAQs already.</summary>
    public async Task Fill(long tenantId, CancellationToken cancel = default)
    {
        var range = await ids.Take(Faqs.Length + 8, cancel);
        var now = clock.Micros;
        await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            if ((await FaqStore.Page(tx, tenantId, 0, 1)).Count > 0)
            {
                return;
            }

            foreach (var (question, answer) in Faqs)
            {
                await FaqStore.Insert(tx, new Faq
                {
                    TenantId = tenantId, Id = range.Next(), Question = question, Answer = answer, CreatedAt = now, UpdatedAt = now,
                });
            }

            foreach (var order in Orders(tenantId, range, now))
            {
                await OrderStore.Insert(tx, order);
            }
        }, cancel);
    }

    /// <summary>Gives the demo's first phone two orders of its own, so that confirming, changing and cancelling can be tried; once.</summary>
    public async Task FillCustomer(long tenantId, CancellationToken cancel = default)
    {
        var range = await ids.Take(8, cancel);
        var now = clock.Micros;
        await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            if (await OrderStore.FindByTracking(tx, tenantId, "TRK567890") is not null)
            {
                return;
            }

            var amina = new SeenContact(tenantId, "212600000001", "+212600000001", null, "Amina");
            await ContactStore.Resolve(tx, [amina], range, now);
            foreach (var (number, status, total) in new[] { ("TRK567890", "placed", 5990L), ("TRK678901", "preparing", 3450L) })
            {
                await OrderStore.Insert(tx, new Order
                {
                    TenantId = tenantId, Id = range.Next(), TrackingNumber = number, ContactId = amina.ContactId, Status = status,
                    TotalMinor = total, Currency = "EUR", CreatedAt = now, UpdatedAt = now,
                });
            }
        }, cancel);
    }

    private IEnumerable<Order> Orders(long tenantId, IdRange range, long now)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        yield return Order("TRK123456", "shipped", "Chronopost", today.AddDays(2), 6490);
        yield return Order("TRK234567", "out_for_delivery", "Colissimo", today, 2990);
        yield return Order("TRK345678", "delivered", "Colissimo", today.AddDays(-1), 12900);
        yield return Order("TRK456789", "preparing", null, today.AddDays(4), 4500);

        Order Order(string number, string status, string? carrier, DateOnly expected, long total) => new()
        {
            TenantId = tenantId, Id = range.Next(), TrackingNumber = number, Status = status, Carrier = carrier,
            ExpectedOn = expected.ToString("yyyy-MM-dd"), TotalMinor = total, Currency = "EUR", CreatedAt = now, UpdatedAt = now,
        };
    }
}
