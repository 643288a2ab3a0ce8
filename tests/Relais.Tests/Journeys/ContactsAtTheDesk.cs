using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The customers as people at the desk look them up, name them and read their past.</summary>
public sealed class ContactsAtTheDesk
{
    [Theory, OnEveryDatabase]
    public async Task A_customer_is_found_named_and_their_past_is_read(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110701", "Hélène Dupré");
        await phone.Say(relais.Meta, "Bonjour");
        var first = await desk.ConversationWith(phone);
        await relais.Settled();
        var id = (await desk.Conversation(first)).GetProperty("contact_id").GetInt64();
        (await desk.Post("/api/contacts", new { name = "أحمد بنعلي", phone = "00212 612-34 56 70", language = "ar" })).Ok().Status.ShouldBe(201);
        (await desk.Put("/api/contact-fields", new { fields = new[] { new { name = "email" } } })).Ok();
        (await desk.Patch($"/api/contacts/{id}/fields", new { values = new { email = "helene@shop.example" } })).Ok();

        foreach (var (q, found) in new[] { ("helene DUPRE", 1), ("06 11 11 07 01", 1), ("HELENE@shop", 1), ("احمد", 1), ("+212612345670", 1), ("nobody", 0), ("", 2) })
        {
            (await desk.Get($"/api/contacts?q={Uri.EscapeDataString(q)}")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(found, q);
        }

        (await desk.Get("/api/contacts?limit=1")).Ok().Text("next_cursor").ShouldNotBeEmpty();
        var card = (await desk.Get($"/api/contacts/{id}")).Ok().Body;
        (card.Text("name"), card.Text("phone"), card.Text("conversations"), card.Text("orders")).ShouldBe(("Hélène Dupré", "+33611110701", "1", "0"));
        card.GetProperty("identities").EnumerateArray().Select(i => i.Text("kind")).ShouldContain("wa_id");
        card.GetProperty("fields").Text("email").ShouldBe("helene@shop.example");
        card.GetProperty("consents").Text("marketing").ShouldBe("unknown");

        (await desk.Patch($"/api/contacts/{id}", new { name = "Mme Dupré", language = "fr" })).Ok().Text("name").ShouldBe("Mme Dupré");
        await phone.Say(relais.Meta, "Merci");
        await relais.Settled();
        (await desk.Conversation(first)).Text("profile_name").ShouldBe("Mme Dupré", "what she shows changes nothing any more");
        (await desk.Patch($"/api/contacts/{id}", new { name = "" })).Ok();
        await phone.Say(relais.Meta, "Au revoir");
        await relais.Settled();
        (await desk.Get($"/api/contacts/{id}")).Text("name").ShouldBe("Hélène Dupré");
        (await desk.Patch($"/api/contacts/{id}", new { language = "de" })).Wrong("language");
        (await desk.Post("/api/contacts", new { name = "Autre", phone = "+33 6 11 11 07 01" })).Refused(409, "contact_exists");
        (await desk.Post("/api/contacts", new { name = "Autre", phone = "06" })).Wrong("phone");

        await phone.SendMedia(relais.Meta, "image");
        await relais.Settled();
        (await desk.Act(first, "take-over")).Ok();
        (await desk.Act(first, "close")).Ok();
        await relais.Settled();
        await phone.Say(relais.Meta, "Encore moi");
        await relais.Settled();
        var past = (await desk.Get($"/api/contacts/{id}/conversations")).Ok().Body.GetProperty("items");
        past.GetArrayLength().ShouldBe(2);
        (past[1].Text("id"), past[1].Text("status"), past[1].Text("agent_name")).ShouldBe((first.ToString(), "completed", "Camille"));
        past[1].GetProperty("duration").GetInt64().ShouldBeInRange(0, 600);
        past[0].GetProperty("duration").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var file = (await desk.Get($"/api/contacts/{id}/media")).Ok().Body.GetProperty("items")[0];
        (file.Text("type"), file.GetProperty("media").Text("state")).ShouldBe(("image", "stored"));

        using var colleague = await DeskClient.SignIn(relais, "Nadia", Relais.Tenants.Roles.Agent);
        var note = (await desk.Post($"/api/contacts/{id}/notes", new { message = "Préfère être rappelée le soir" })).Ok();
        note.Text("agent_name").ShouldBe("Camille");
        (await colleague.Get($"/api/contacts/{id}/notes")).Ok().Body.GetProperty("items")[0].Text("message").ShouldStartWith("Préfère");
        (await colleague.Send(HttpMethod.Delete, $"/api/contact-notes/{note.Text("id")}")).Refused(403, "forbidden");
        (await desk.Send(HttpMethod.Delete, $"/api/contact-notes/{note.Text("id")}")).Ok();
        (await desk.Get($"/api/contacts/{id}/notes")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task An_order_is_moved_on_by_people_under_the_same_rules_as_by_taps(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110702", "Yanis");
        await phone.Say(relais.Meta, "Bonjour");
        var conversation = await desk.ConversationWith(phone);
        await relais.Settled();
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        var order = (await desk.Get("/api/orders?q=trk456")).Ok().Body.GetProperty("items")[0];
        (order.Text("tracking_number"), order.Text("status")).ShouldBe(("TRK456789", "preparing"));
        order.GetProperty("acts").EnumerateArray().Select(a => a.GetString()).ShouldBe(["cancel"]);
        var id = order.GetProperty("id").GetInt64();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), tx => tx.Execute(
            "UPDATE customer_order SET contact_id = @contact, status = 'placed' WHERE tenant_id = @TenantId AND id = @id", new { contact, desk.TenantId, id }));

        (await desk.Post($"/api/orders/{id}/confirm", new { reason = "payé au comptoir" }, "k")).Ok().Text("status").ShouldBe("confirmed");
        (await desk.Post($"/api/orders/{id}/confirm", new { reason = "payé au comptoir" }, "k")).Ok().Response.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        (await desk.Post($"/api/orders/{id}/confirm")).Refused(409, "order_state");
        var moved = (await desk.Patch($"/api/orders/{id}", new { status = "shipped", carrier = "Colissimo", expected_on = "2027-01-04" })).Ok();
        (moved.Text("status"), moved.Text("carrier"), moved.Text("expected_on"), moved.Text("contact_name"), moved.Text("note"))
            .ShouldBe(("shipped", "Colissimo", "2027-01-04", "Yanis", "📝 payé au comptoir"));
        (await desk.Post($"/api/orders/{id}/cancel")).Refused(409, "order_state");
        (await desk.Patch($"/api/orders/{id}", new { status = "preparing", carrier = "" })).Ok().Text("carrier").ShouldBeEmpty();
        (await desk.Post($"/api/orders/{id}/cancel", new { reason = "rupture" })).Ok().Text("status").ShouldBe("cancelled");
        (await desk.Patch($"/api/orders/{id}", new { status = "shipped" })).Refused(409, "order_state");
        (await desk.Patch($"/api/orders/{id}", new { status = "lost" })).Wrong("status");
        (await desk.Patch($"/api/orders/{id}", new { expected_on = "4 mai" })).Wrong("expected_on");

        (await desk.Get($"/api/orders?contact={contact}&status=cancelled&q=YANIS")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get("/api/orders?q=%2B33611110702")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get($"/api/contacts/{contact}/orders")).Ok().Body.GetProperty("items")[0].Text("tracking_number").ShouldBe("TRK456789");
        (await desk.Get($"/api/conversations/{conversation}/events")).Ok().Body.GetProperty("items").EnumerateArray()
            .Select(e => e.Text("type")).Where(t => t.StartsWith("order_", StringComparison.Ordinal))
            .ShouldBe(["order_confirmed", "order_updated", "order_updated", "order_cancelled"]);
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/orders/{id}/cancel", new { reason = new string('x', 600) })).Refused(404, "not_found");
    }
}
