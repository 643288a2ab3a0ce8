using Microsoft.Extensions.DependencyInjection;
using Relais.Commands;
using Relais.Simulator;
using Relais.Tenants;
using Relais.Tests.Engine.OwnTools;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A number is linked to a Meta catalogue; products go out as product messages, and their cart comes back as an order.</summary>
public sealed class ProductMessages
{
    private static readonly string Catalog = SimulatedCatalog.Usual.Id;

    [Theory, OnEveryDatabase]
    public async Task Products_of_a_linked_catalogue_are_sent_put_into_a_cart_and_ordered(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (chat, id, inbox) = await Opened(relais, desk, relais.Meta);
        var linked = (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = Catalog })).Ok();
        (linked.Text("catalog_id"), linked.Text("readable"), linked.Text("name"), linked.Text("products")).ShouldBe((Catalog, "True", "Simulated catalogue", "24"));
        (await desk.Get($"/api/inboxes/{inbox}")).Ok().Text("catalog_id").ShouldBe(Catalog);

        var sent = (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L", "TAPE-3", "BOX-L" }, body = "Pour votre envoi :" }, "key-1")).Ok();
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L", "TAPE-3", "BOX-L" }, body = "Pour votre envoi :" }, "key-1")).Ok().Text("message_id").ShouldBe(sent.Text("message_id"));
        await chat.Hears("Pour votre envoi :");
        var offered = chat.Answers[^1].Extra!;
        (offered.CatalogId, offered.Header).ShouldBe((Catalog, "Produits recommandés"));
        offered.Products.Select(p => p.Id).ShouldBe(["BOX-L", "TAPE-3"]);

        // What people read here and find again are our words for them.
        var shown = (await desk.Messages(id))[^1];
        shown.Text("type").ShouldBe("product_list");
        shown.Text("content").ShouldBe("Pour votre envoi :\n• Grand carton d'envoi – 5,90\u00A0€\n• Ruban adhésif, lot de 3 – 4,50\u00A0€", StringCompareShould.IgnoreLineEndings);
        (await desk.Conversation(id)).Text("assignee").ShouldBe("agent");

        (await chat.Phone.Order(relais.Meta, [.. offered.Products.Select(p => new Relais.Simulator.Customer.CartLine(p.Id, 2, 5.9m))], "Vite", offered.CatalogId)).Taken.ShouldBeTrue();
        await relais.Settled();
        var order = (await desk.Get("/api/orders")).Ok().Body.GetProperty("items").EnumerateArray().Single(o => o.Text("status") == "draft");
        (order.Text("total_minor"), order.Text("note")).ShouldBe(("2360", "Vite"));
        order.GetProperty("items").EnumerateArray().Select(i => $"{i.Text("quantity")} × {i.Text("product_id")} {i.Text("name")}")
            .ShouldBe(["2 × BOX-L Grand carton d'envoi", "2 × TAPE-3 Ruban adhésif, lot de 3"]);

        var product = (await desk.Get("/api/products")).Ok().Body.GetProperty("items").EnumerateArray().Single(p => p.Text("sku") == "BOX-S").GetProperty("id").GetInt64();
        (await desk.Act(id, "send-products", new { product_ids = new[] { product } })).Ok();
        await relais.Settled();
        chat.Answers[^1].Extra!.Products.ShouldHaveSingleItem().Id.ShouldBe("BOX-S");
        (await desk.Messages(id))[^1].Text("type").ShouldBe("product");
    }

    [Theory, OnEveryDatabase]
    public async Task Without_a_catalogue_and_at_Twilio_the_same_request_is_a_list_in_pages_or_a_card(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var (chat, id, inbox) = await Opened(relais, desk, number);
            if (number == relais.Twilio)
            {
                (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = Catalog })).Wrong("catalog_id");
                (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = (string?)null })).Ok();
            }

            var skus = (await desk.Get("/api/products?limit=100")).Ok().Body.GetProperty("items").EnumerateArray().Select(p => p.Text("sku")).Take(11).ToList();
            (await desk.Act(id, "send-products", new { skus = skus.Take(2) })).Ok();
            await chat.Hears("Voici nos recommandations");
            chat.Answers[^1].Choices.Count.ShouldBe(2);
            (await desk.Act(id, "send-products", new { skus })).Ok();
            await chat.Hears("Voici nos recommandations");
            var page = chat.Answers[^1];
            page.Choices.Count.ShouldBe(10);
            (await chat.Phone.Tap(number, page.Choices[^1], page.Id)).Taken.ShouldBeTrue();
            await chat.Hears("Voici nos recommandations");
            chat.Answers[^1].Choices.Count.ShouldBe(3);
            (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L" }, body = "Regardez :" })).Ok();
            await chat.Hears("Regardez :");
            await chat.Hears("*Grand carton d'envoi*", "Prix");
            chat.Answers[^1].Choices.Select(c => c.Title).ShouldBe(["Commander"]);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task Products_that_the_catalogue_does_not_have_reach_the_customer_in_words_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (chat, id, inbox) = await Opened(relais, desk, relais.Meta);
        (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = Catalog })).Ok();
        relais.Simulator.Catalogs[Catalog] = SimulatedCatalog.Usual with { Skus = new HashSet<string>(StringComparer.Ordinal) { "BOX-L", "BOX-S" } };
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L", "TAPE-3" }, body = "Pour votre envoi :" })).Ok();
        await chat.Hears("Pour votre envoi :", "• Grand carton d'envoi – 5,90", "• Ruban adhésif, lot de 3 – 4,50");
        chat.Answers[^1].Extra?.Products.ShouldBeEmpty();
        await relais.Settled();
        var said = (await desk.Messages(id))[^1];
        (said.Text("status") is "sent" or "delivered" or "read", said.Text("error_code")).ShouldBe((true, ""));
        (await desk.Act(id, "send-products", new { skus = new[] { "TAPE-3" } })).Ok();
        await chat.Hears("• Ruban adhésif, lot de 3 – 4,50");

        // What it has goes as before, and so does the answer after words.
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L", "BOX-S" } })).Ok();
        await chat.Hears("Voici nos recommandations");
        chat.Answers[^1].Extra!.Products.Select(p => p.Id).ShouldBe(["BOX-L", "BOX-S"]);
        await chat.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 4")).ShouldBe(3);
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_sent_or_linked_is_refused_with_the_reason(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var lina = await DeskClient.SignIn(relais, "Lina", Roles.Agent);
        var (chat, id, inbox) = await Opened(relais, desk, relais.Meta);
        (await lina.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = Catalog })).Refused(403, "forbidden");
        (await other.Put($"/api/inboxes/{inbox}/catalog", new { })).Refused(404, "not_found");
        (await desk.Put($"/api/inboxes/{inbox}/catalog", new { })).Wrong("catalog_id");
        (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = "my catalogue" })).Wrong("catalog_id");
        var strange = (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = "99999999" })).Ok();
        (strange.Text("catalog_id"), strange.Text("readable")).ShouldBe(("99999999", "False"));
        strange.Text("fix").ShouldContain("Commerce Manager");
        (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = (string?)null })).Ok().Text("catalog_id").ShouldBe("");

        (await other.Act(id, "send-products", new { skus = new[] { "BOX-L" } })).Refused(404, "not_found");
        (await desk.Act(id, "send-products", new { })).Wrong("skus");
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L" }, product_ids = new[] { 1 } })).Wrong("skus");
        (await desk.Act(id, "send-products", new { skus = Enumerable.Repeat("BOX-L", 31) })).Wrong("skus");
        (await desk.Act(id, "send-products", new { product_ids = new[] { 987654321L } })).Wrong("product_ids[0]");
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L", "NO-SUCH" } })).Wrong("skus[1]");
        (await desk.Act(id, "send-products", new { skus = new[] { "BOX-L" }, body = new string('a', 1025) })).Wrong("body");
        var box = (await desk.Get("/api/products")).Ok().Body.GetProperty("items").EnumerateArray().Single(p => p.Text("sku") == "BOX-S").GetProperty("id").GetInt64();
        (await desk.Patch($"/api/products/{box}", new { enabled = false })).Ok();
        (await desk.Act(id, "send-products", new { product_ids = new[] { box } })).Wrong("product_ids[0]");
        relais.Clock.Advance(TimeSpan.FromHours(25));
        using var later = await DeskClient.SignIn(relais, "Nadia", Roles.Agent);
        (await later.Act(id, "send-products", new { skus = new[] { "BOX-L" } })).Refused(409, "window_closed");
        await chat.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task The_agent_recommends_with_product_messages_where_a_catalogue_is_linked(DatabaseKind kind)
    {
        using var model = OwnToolStage.Model(OwnToolStage.Calls("recommend_products", ("skus", "BOX-L, BOX-S")));
        await using var relais = await OwnToolStage.Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        await relais.Services.GetRequiredService<SampleBusiness>().FillProducts(desk.TenantId);
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        (await desk.Put($"/api/inboxes/{inbox}/catalog", new { catalog_id = Catalog })).Ok();
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("vous avez des cartons ?", "Voici nos recommandations");
        amina.Answers[^1].Extra!.Products.Select(p => p.Id).ShouldBe(["BOX-L", "BOX-S"]);
        var basil = relais.Chat(relais.Twilio, "+33600000002");
        await basil.Says("vous avez des cartons ?");
        await relais.Settled();
        basil.Answers.ShouldNotContain(a => a.Extra != null && a.Extra.Products.Count > 0);
    }

    private static async Task<(ChatScript Chat, long Conversation, long Inbox)> Opened(RelaisHost relais, DeskClient desk, SimulatedNumber number)
    {
        await relais.Services.GetRequiredService<SampleBusiness>().FillProducts(desk.TenantId);
        if (await relais.Facts.Count("SELECT count(*) FROM product") < 11)
        {
            for (var i = 0; i < 11; i++)
            {
                (await desk.Post("/api/products", new { sku = $"P-{i}", title = $"Produit {i}" })).Ok();
            }
        }

        var chat = relais.Chat(number, number == relais.Meta ? "+33611110831" : "+33611110832");
        await chat.Says("Quels sont vos horaires d'ouverture ?");
        await chat.Hears();
        return (chat, await desk.ConversationWith(chat.Phone), await relais.Facts.Count("SELECT id FROM inbox WHERE address = @Address", new { number.Address }));
    }
}
