using Relais.Engine.OwnTools;
using Relais.Tests.Support;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.OwnTools.OwnToolStage;

namespace Relais.Tests.Engine.OwnTools;

/// <summary>Where an order is, the shop's own system knows first; where it has no answer, ours counts.</summary>
public sealed class OrderLookupTests
{
    [Theory, OnEveryDatabase]
    public async Task The_shops_system_is_asked_first_and_ours_when_it_fails(DatabaseKind kind)
    {
        using var shop = new FakeProvider(n => n == 1 ? Answer.Json(200, """{"order":{"status":"in_transit","carrier":"DHL","estimated_delivery":"2031-05-04"}}""") : Answer.Json(500, "{}"));
        using var model = Model(
            Calls("track_order", ("tracking_number", "TRK345678")), Says("un"), Calls("track_order", ("tracking_number", "TRK345678")), Says("deux"));
        await using var relais = await Start(kind, model);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Get("/api/orders/lookup")).Ok().Text("url").ShouldBeEmpty();
        (await desk.Put("/api/orders/lookup", new { url = $"{shop.Url}orders" })).Wrong("url");
        var put = (await desk.Put("/api/orders/lookup", new { url = $"{shop.Url}orders/{{number}}", headers = new Dictionary<string, string> { ["X-Api-Key"] = "sk-canary" } })).Ok();
        put.Body.ToString().ShouldNotContain("sk-canary");
        (await relais.Facts.Query<string>("SELECT headers FROM order_lookup"))[0].ShouldNotContain("sk-canary");
        var amina = relais.Chat(relais.Meta, "+33600000001");
        await amina.Asks("Où est TRK345678 ?", "un");
        model.Results().ShouldContain("\"status\":\"shipped\"");
        model.Results().ShouldContain("DHL");
        (shop.Requests.First().Path, shop.Requests.First().Headers["X-Api-Key"]).ShouldBe(("/orders/TRK345678", "sk-canary"));

        await amina.Asks("Et maintenant, TRK345678 ?", "deux");
        model.Results().ShouldContain("\"status\":\"delivered\"", Case.Sensitive, "what we know ourselves");
        (await desk.Send(HttpMethod.Delete, "/api/orders/lookup")).Ok();
        await relais.Settled();
    }

    [Theory]
    [InlineData("""{"status":"shipped"}""", "shipped")]
    [InlineData("""{"status":"Completed"}""", "delivered")]
    [InlineData("""{"status":"teleported"}""", null)]
    [InlineData("""{"status":"draft"}""", null)]
    [InlineData("""["status"]""", null)]
    [InlineData("nothing", null)]
    [InlineData("""{"status":7}""", null)]
    public void An_answer_is_read_strictly(string text, string? status) => (OrderLookup.Read(text, "trk1")?.Status).ShouldBe(status);
}
