using Relais.Commands;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using Microsoft.Extensions.DependencyInjection;
using static Relais.Tests.Engine.OwnTools.OwnToolStage;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>Products found in any language, sent as a list, shown at a tap and ordered with a button.</summary>
public sealed class ProductJourneys
{
    [Theory, OnEveryDatabase]
    public async Task A_product_is_found_recommended_shown_and_ordered_once(DatabaseKind kind)
    {
        using var model = Model(Calls("search_products", ("query", "cartons")), Calls("recommend_products", ("skus", "BOX-L, BOX-S, NO-SUCH")));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        await relais.Services.GetRequiredService<SampleBusiness>().FillProducts(desk.TenantId);
        var box = (await desk.Get("/api/products")).Ok().Body.GetProperty("items").EnumerateArray().Single(p => p.Text("sku") == "BOX-L").GetProperty("id").GetInt64();
        (await desk.Patch($"/api/products/{box}", new { image_url = "https://shop.example/box.jpg", url = "https://shop.example/box" })).Ok();

        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("vous avez des cartons ?", "Voici nos recommandations");
        model.Results().ShouldContain("\"sku\":\"BOX-L\"");
        model.Results().ShouldContain("\"price\":\"5,90 €\"");
        var list = amina.Answers[^1];
        list.Choices.Select(c => c.Title).ShouldBe(["Grand carton d'envoi", "Petit carton d'envoi"], ignoreOrder: false);

        await amina.Phone.Tap(relais.Meta, list.Choices[0], list.Id);
        await amina.Hears();
        await amina.Hears("*Grand carton d'envoi*", "💰 Prix : 5,90\u00A0€", "double cannelure", "📦 Plus que 4 en stock", "https://shop.example/box");
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2 AND type = 'image'")).ShouldBe(1);
        var card = amina.Answers[^1];
        card.Choices.Select(c => c.Title).ShouldBe(["Commander"]);

        var tap = await amina.Phone.Tap(relais.Meta, card.Choices[0], card.Id);
        await amina.Phone.Redeliver(tap);
        await amina.Hears("🛒 Votre demande de commande est enregistrée : Grand carton d'envoi");
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT status || ' ' || total_minor || ' ' || currency FROM customer_order WHERE tracking_number LIKE 'CART-%'")).ShouldBe(["draft 590 EUR"]);
        (await relais.Facts.Query<string>("SELECT product_id || ' ' || quantity FROM customer_order_item")).ShouldBe(["BOX-L 1"]);
        (await relais.Facts.Query<string>("SELECT handoff_reason FROM conversation")).ShouldBe(["cart_received"]);
        (await relais.Facts.Count("SELECT count(*) FROM conversation_event WHERE type = 'cart_received'")).ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_sold_out_or_gone_has_no_order_button_in_the_customers_language(DatabaseKind kind)
    {
        using var model = Model(Calls("recommend_products", ("skus", "TAPE-3,WRAP-10")), Calls("recommend_products", ("skus", "nothing")), Says("Nothing."));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        await relais.Services.GetRequiredService<SampleBusiness>().FillProducts(desk.TenantId);
        var amina = relais.Chat(relais.Twilio, "+33600000001");
        await amina.Asks("I would like to buy some packing tape please", "Here is what we recommend");
        var list = amina.Answers[^1];
        await amina.Phone.Tap(relais.Twilio, list.Choices[0], list.Id);
        await amina.Hears("Packing tape", "€4.50", "❌ Out of stock");
        amina.Answers[^1].Choices.ShouldBeEmpty();

        var wrap = (await desk.Get("/api/products")).Ok().Body.GetProperty("items").EnumerateArray().Single(p => p.Text("sku") == "WRAP-10").GetProperty("id").GetInt64();
        (await desk.Patch($"/api/products/{wrap}", new { enabled = false })).Ok();
        await amina.Phone.Tap(relais.Twilio, list.Choices[1], list.Id);
        await amina.Hears("no longer available");
        await amina.Asks("And what else would you recommend to me?", "Nothing.");
        model.Results().ShouldContain("""{"error":"not_found"}""");
        (await relais.Facts.Count("SELECT count(*) FROM customer_order WHERE tracking_number LIKE 'CART-%'")).ShouldBe(0);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Products_are_added_changed_searched_and_deleted(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var made = (await desk.Post("/api/products", new
        {
            sku = "HP-1", title = new { fr = "Casque Bluetooth", ar = "سماعة بلوتوث", en = "Bluetooth headphones" }, description = "30 h", price_minor = 4990, currency = "EUR", stock = 3,
        }, "k")).Ok().Body;
        var id = made.GetProperty("id").GetInt64();
        (await desk.Post("/api/products", new { sku = "HP-1", title = "x" })).Refused(409, "sku_taken");
        (await desk.Post("/api/products", new { sku = "LAMP", title = "Lampe de bureau" })).Ok().Text("title").ShouldBe("Lampe de bureau");
        foreach (var (query, found) in new[] { ("casque bluetooth", "HP-1"), ("casques", "HP-1"), ("سماعات بلوتوث", "HP-1"), ("headphone", "HP-1"), ("hp-1", "HP-1"), ("une lampe", "LAMP") })
        {
            (await desk.Get($"/api/products/search?q={Uri.EscapeDataString(query)}")).Ok().Body.GetProperty("items").EnumerateArray().Select(p => p.Text("sku")).FirstOrDefault()
                .ShouldBe(found, query);
        }

        (await desk.Get("/api/products/search?q=zzzz")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Patch($"/api/products/{id}", new { stock = -1 })).Ok().Text("stock").ShouldBe("");
        (await desk.Patch($"/api/products/{id}", new { price_minor = -5 })).Wrong("price_minor");
        (await desk.Patch($"/api/products/{id}", new { image_media_id = 77 })).Wrong("image_media_id");
        (await desk.Patch($"/api/products/{id}", new { image_url = "http://x.example/a.jpg" })).Wrong("image_url");
        (await desk.Patch($"/api/products/{id}", new { title = new { de = "x" } })).Status.ShouldBe(400);
        (await desk.Patch($"/api/products/{id}", new { sku = "LAMP" })).Refused(409, "sku_taken");
        (await desk.Post("/api/products", new { sku = "A", title = "A", price_minor = 5 })).Wrong("currency");
        (await desk.Post("/api/products", new { sku = "A b", title = "A" })).Wrong("sku");
        (await desk.Post("/api/products", new { sku = "A" })).Wrong("title");
        (await desk.Send(HttpMethod.Delete, $"/api/products/{id}")).Ok();
        (await desk.Get($"/api/products/{id}")).Refused(404, "not_found");
    }
}
