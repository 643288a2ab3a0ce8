using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A cart from the catalogue becomes a draft order once, and a person confirms it.</summary>
public sealed class Carts
{
    private const string Order = """
        {"catalog_id":"7001","text":"Sonnez deux fois","product_items":[{"product_retailer_id":"rye-800","quantity":2,"item_price":4.5,"currency":"EUR"},
        {"product_retailer_id":"bun","quantity":1,"item_price":0.9,"currency":"EUR"}]}
        """;

    [Theory, OnEveryDatabase]
    public async Task A_cart_is_a_draft_order_with_its_lines(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var body = MetaBody.Messages(relais.Meta, "33611110001", MetaBody.Of("wamid.o1", "order", Order.ReplaceLineEndings("")));
        await relais.Post(body);
        await relais.Post(body);
        await relais.Settled();
        using var desk = await DeskClient.SignIn(relais);
        var orders = (await desk.Get("/api/orders")).Ok().Body.GetProperty("items").EnumerateArray().Where(o => o.Text("status") == "draft").ToList();
        var order = orders.ShouldHaveSingleItem();
        order.Text("total_minor").ShouldBe("990");
        order.Text("currency").ShouldBe("EUR");
        order.Text("note").ShouldBe("Sonnez deux fois");
        order.GetProperty("items").EnumerateArray().Select(i => $"{i.Text("line")} {i.Text("quantity")} × {i.Text("product_id")} {i.Text("price_minor")}")
            .ShouldBe(["1 2 × rye-800 450", "2 1 × bun 90"]);
        (await desk.Get($"/api/orders/{order.Text("id")}")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);

        var conversation = await desk.ConversationWith(relais.Simulator.Phone("+33611110001"));
        (await relais.Facts.Query<string>("SELECT type || ':' || detail FROM conversation_event WHERE type = 'cart_received'"))
            .ShouldBe([$"cart_received:{order.Text("tracking_number")}"]);
        var messages = await desk.Messages(conversation);
        messages[0].GetProperty("payload").GetProperty("items").GetArrayLength().ShouldBe(2);
        messages[0].Text("id").ShouldBe(order.Text("message_id"));
        messages[1].Text("content").ShouldContain("votre panier");
        (await desk.Conversation(conversation)).Text("handoff_reason").ShouldBe("cart_received");
    }

    [Theory, OnEveryDatabase]
    public async Task Amounts_have_their_currencys_decimals_and_a_cart_of_unknown_prices_has_no_total(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        string[] items =
        [
            """{"product_retailer_id":"a","quantity":3,"item_price":280,"currency":"JPY"}""",
            """{"product_retailer_id":"b","quantity":2,"item_price":1.5,"currency":"TND"}""",
            """{"product_retailer_id":"c"},{"product_retailer_id":"d","item_price":1,"currency":"EUR"}""",
            """{"product_retailer_id":"e","item_price":1,"currency":"EUR"},{"product_retailer_id":"f","item_price":1,"currency":"USD"}""",
            """{"product_retailer_id":"g","quantity":999999999,"item_price":1e300,"currency":"EUR"},{"product_retailer_id":"h","item_price":-3,"currency":"EUR"}""",
        ];
        for (var i = 0; i < items.Length; i++)
        {
            await relais.Post(MetaBody.Messages(relais.Meta, $"3361111000{i}", MetaBody.Of($"wamid.o{i}", "order", $$"""{"product_items":[{{items[i]}}]}""")));
        }

        await relais.Settled();
        (await relais.Facts.Query<long?>("SELECT total_minor FROM customer_order WHERE status = 'draft' ORDER BY message_id")).ShouldBe([840, 3000, null, null, null]);
        (await relais.Facts.Query<string>("SELECT id || ' ' || problem FROM received_webhook WHERE state >= 2")).ShouldBeEmpty();
    }
}
