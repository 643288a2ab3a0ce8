using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Orders brought in a file: looked through, taken, known again, taken back where nobody has touched them.</summary>
public sealed class FilesOfOrders
{
    private const string File = """
        Numéro de commande;Téléphone;Client;Produit;Quantité;Prix;Total;Devise;Statut;Adresse;Livraison prévue
        CMD-9001;0612000021;Amal;Tapis berbère;2;1 129,50;2259;MAD;livrée;12 rue des Lilas;2026-05-04
        CMD-9002;0612000022;Bruno;Lampe;1;89,9;;MAD;;Fès;04/05/2026
        CMD-9002;0612000022;Bruno;Ampoule;1;9;;MAD;;Fès;
        CMD-9003;12;Chloé;Lampe;1;89,9;;MAD;;;
        CMD-9004;;;Lampe;2;10;30;MAD;;;
        ;0612000025;Dina;Lampe;1;10;;MAD;;;
        CMD-9006;0612000026;Elias;Lampe;un;10;;MAD;perdue;;
        """;

    [Theory, OnEveryDatabase]
    public async Task A_list_of_orders_is_looked_through_taken_known_again_and_taken_back(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var before = await relais.Facts.Count("SELECT count(*) FROM customer_order");
        var id = await Bring(desk);
        var looked = await desk.Import(id, "checked");
        looked.Counts().ShouldBe((2, 0, 0, 5), looked.ToString());
        (await relais.Facts.Count("SELECT count(*) FROM customer_order")).ShouldBe(before, "nothing is changed yet");
        var problems = (await desk.Get($"/api/imports/{id}/problems?language=fr")).Ok().Body.GetProperty("items").EnumerateArray()
            .Select(p => (p.GetProperty("row").GetInt64(), p.GetProperty("code").GetString())).Order().ToList();
        problems.ShouldBe([(4L, "order_again"), (5L, "bad_phone"), (6L, "bad_total"), (7L, "no_order_number"), (8L, "bad_quantity"), (8L, "bad_status")]);

        (await desk.Post($"/api/imports/{id}/run")).Ok();
        var done = await desk.Import(id, "done");
        done.Counts().ShouldBe((2, 0, 0, 5), done.ToString());
        var tapis = await Order(desk, "CMD-9001");
        (tapis.GetProperty("status").GetString(), tapis.GetProperty("total_minor").GetInt64(), tapis.GetProperty("contact_name").GetString(), tapis.GetProperty("expected_on").GetString())
            .ShouldBe(("delivered", 225_900, "Amal", "2026-05-04"));
        var lampe = await Order(desk, "CMD-9002");
        (lampe.GetProperty("status").GetString(), lampe.GetProperty("expected_on").GetString()).ShouldBe(("placed", "2026-05-04"));
        (await relais.Facts.Count("SELECT count(*) FROM order_move WHERE actor = 'system' AND why = 'imported'")).ShouldBe(3);
        (await relais.Facts.Count("SELECT count(*) FROM message")).ShouldBe(0, "a file writes to nobody");

        // The same file again changes nothing.
        var again = await Bring(desk);
        await desk.Import(again, "checked");
        (await desk.Post($"/api/imports/{again}/run")).Ok();
        (await desk.Import(again, "done")).Counts().ShouldBe((0, 0, 2, 5));

        // What a person has done something with stays.
        (await desk.Post($"/api/orders/{lampe.GetProperty("id")}/confirm")).Ok();
        var undone = await desk.Undone(id);
        (undone.GetProperty("undone").GetInt64(), undone.GetProperty("kept").GetInt64()).ShouldBe((1, 1));
        (await desk.Get("/api/orders?q=CMD-9001")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Order(desk, "CMD-9002")).GetProperty("status").GetString().ShouldBe("confirmed");
    }

    private static async Task<long> Bring(DeskClient desk)
    {
        var brought = (await desk.Bring("orders", File)).Ok().Body;
        brought.GetProperty("mapping").GetProperty("columns").EnumerateArray().Select(c => c.GetString()).ShouldBe(
            ["order_number", "phone", "name", "product", "quantity", "price", "total", "currency", "status", "address", "estimated_delivery"]);
        var id = brought.GetProperty("id").GetInt64();
        (await desk.Put($"/api/imports/{id}/mapping", new { columns = brought.GetProperty("mapping").GetProperty("columns"), country = "MA" })).Ok();
        return id;
    }

    private static async Task<System.Text.Json.JsonElement> Order(DeskClient desk, string number) =>
        (await desk.Get($"/api/orders?q={number}")).Ok().Body.GetProperty("items").EnumerateArray().Single();
}
