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
            foreach (var (number, status, total) in new[] { ("TRK567890", "pending", 5990L), ("TRK678901", "preparing", 3450L) })
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
