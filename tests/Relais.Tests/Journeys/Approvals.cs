using Microsoft.Extensions.DependencyInjection;
using Relais.Commerce;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A business that wants to allow first what its customers tap on their orders.</summary>
public sealed class Approvals
{
    [Theory, OnEveryDatabase]
    public async Task A_cancelled_order_waits_for_a_person_and_is_cancelled_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Patch("/api/tenant", new { ai_settings = new { approve_orders = true } })).Ok()
            .Body.GetProperty("ai_settings").GetProperty("approve_orders").GetBoolean().ShouldBeTrue();
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Tap(relais, amina, "TRK700001", "preparing");
        await amina.Hears("TRK700001 est transmise à notre équipe");
        (await Status(relais, "TRK700001")).ShouldBe("preparing");
        var waiting = (await desk.Get("/api/approvals")).Ok().Body.GetProperty("items").EnumerateArray().ToList().ShouldHaveSingleItem();
        (waiting.Text("action"), waiting.Text("tracking_number"), waiting.Text("state")).ShouldBe(("cancel", "TRK700001", "pending"));
        var id = waiting.GetProperty("id").GetInt64();

        var both = await Task.WhenAll(desk.Post($"/api/approvals/{id}/approve"), desk.Post($"/api/approvals/{id}/reject"));
        both.Select(a => a.Status).Order().ShouldBe([200, 409]);
        var isApproved = both[0].Status == 200;
        await amina.Hears(isApproved ? "❌ Votre commande TRK700001 est annulée." : "n'a pas pu être acceptée");
        (await Status(relais, "TRK700001")).ShouldBe(isApproved ? "cancelled" : "preparing");
        (await desk.Post($"/api/approvals/{id}/approve")).Refused(409, "approval_decided");
        (await desk.Get("/api/approvals")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await amina.Assignee()).ShouldBe(2, "nobody took over");
        await amina.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task What_has_been_shipped_meanwhile_is_not_cancelled_and_the_customer_hears_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Patch("/api/tenant", new { ai_settings = new { approve_orders = true } })).Ok();
        var amina = relais.Chat(relais.Meta, "+212600000001");
        await Tap(relais, amina, "TRK700001", "preparing");
        await amina.Hears("transmise");
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute(
            "UPDATE customer_order SET status = 'shipped' WHERE tenant_id IS NOT NULL AND tracking_number = 'TRK700001'"));
        var id = (await desk.Get("/api/approvals")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64();
        var decided = (await desk.Post($"/api/approvals/{id}/approve", new { message = "Désolée, Camille" }, "key")).Ok().Body;
        (await desk.Post($"/api/approvals/{id}/approve", new { message = "Désolée, Camille" }, "key")).Ok();
        (decided.GetProperty("approval").Text("state"), decided.Text("customer_told")).ShouldBe(("impossible", "True"));
        await amina.Hears("🚚 Votre commande TRK700001 est expédiée", "Désolée, Camille");
        (await Status(relais, "TRK700001")).ShouldBe("shipped");
        (await relais.Facts.Query<string>("SELECT type FROM conversation_event WHERE type LIKE 'order_%' ORDER BY id")).ShouldBe(["order_awaits_approval", "order_impossible"]);
        (await desk.Get("/api/approvals?state=impossible")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get("/api/approvals?state=x")).Wrong("state");
        await amina.HearsNoMore();
    }

    private static async Task Tap(RelaisHost relais, ChatScript chat, string number, string status)
    {
        await chat.Asks("Bonjour", "Bonjour");
        var tenant = await relais.Facts.Count("SELECT min(tenant_id) FROM tenant");
        var contact = await relais.Facts.Count("SELECT id FROM contact WHERE phone = @Number", new { chat.Phone.Number });
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(tenant), tx => OrderStore.Insert(tx, new Order
        {
            TenantId = tenant, Id = id, TrackingNumber = number, ContactId = contact, Status = status, CreatedAt = 1, UpdatedAt = 1,
        }));
        await chat.Asks($"je veux annuler {number}", "Voulez-vous annuler");
        var question = chat.Answers[^1];
        await chat.Phone.Tap(relais.Meta, question.Choices[0], question.Id);
    }

    private static async Task<string> Status(RelaisHost relais, string number) =>
        (await relais.Facts.Query<string>("SELECT status FROM customer_order WHERE tracking_number = @number", new { number }))[0];
}
