using Relais.Commerce;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The business writes by customer instead of by conversation: POST /api/messages, and an order's recap.</summary>
public sealed class FirstWords
{
    [Theory, OnEveryDatabase]
    public async Task A_message_by_number_continues_the_conversation_without_taking_it_over(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110051");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        var id = await desk.ConversationWith(phone);

        var body = new { to = "+33 6 11 11 00 51", message = "Votre colis est là." };
        var sent = (await desk.Post("/api/messages", body, key: "m1")).Ok();
        sent.Text("conversation_id").ShouldBe(id.ToString());
        (await desk.Post("/api/messages", body, key: "m1")).Ok().Text("message_id").ShouldBe(sent.Text("message_id"));
        await phone.Receives(relais.Meta, 2);
        phone.Received(relais.Meta)[1].ShouldBe("Votre colis est là.");
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent");

        // Closed: what comes next is a new conversation, in the same service window.
        (await desk.Act(id, "close")).Ok();
        var next = (await desk.Post("/api/messages", new { to = "0033611110051", content = new { type = "location", latitude = 1, longitude = 2 } })).Ok();
        next.Text("conversation_id").ShouldNotBe(id.ToString());
        await relais.Settled();
        phone.Messages(relais.Meta).ShouldContain(m => m.Type == "location", "beside the goodbye of the other conversation");
        await phone.Say(relais.Meta, "Merci");
        await desk.MessageThat(long.Parse(next.Text("conversation_id")), m => m.Text("content") == "Merci", "the customer's answer is in it");
        (await desk.Conversation(id)).Text("status").ShouldBe("completed");
    }

    [Theory, OnEveryDatabase]
    public async Task To_somebody_who_never_wrote_the_gate_says_what_may_be_sent(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE address = @Address", new { relais.Meta.Address });
        (await desk.Post("/api/messages", new { to = "+33611110052", message = "Bonjour" })).Wrong("inbox_id");
        (await desk.Post("/api/messages", new { to = "+33611110052", inbox_id = 999_999L, message = "Bonjour" })).Wrong("inbox_id");
        (await desk.Post("/api/messages", new { to = "0611110052", inbox_id = inbox, message = "Bonjour" })).Wrong("to");
        (await desk.Post("/api/messages", new { contact_id = 999_999L, inbox_id = inbox, message = "Bonjour" })).Wrong("contact_id");
        (await desk.Post("/api/messages", new { to = "+33611110052", inbox_id = inbox })).Wrong("message");
        (await desk.Post("/api/messages", new { to = "+33611110052", inbox_id = inbox, message = "Bonjour" })).Refused(409, "window_closed");
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(0, "what is refused leaves no trace");
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task An_orders_recap_arrives_with_its_three_buttons(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+447711110053");
        await phone.Say(relais.Meta, "Where is my order TRK123456?");
        await phone.Receives(relais.Meta, 1);
        var order = await relais.Facts.Count("SELECT id FROM customer_order WHERE tracking_number = 'TRK456789'");
        var contact = await relais.Facts.Count("SELECT id FROM contact WHERE phone = @Number", new { phone.Number });

        (await desk.Post($"/api/orders/{order}/send-recap")).Wrong("contact_id");
        (await desk.Post("/api/orders/999999/send-recap", new { contact_id = contact })).Refused(404, "not_found");
        (await desk.Post($"/api/orders/{order}/send-recap", new { contact_id = contact, items = new[] { new { name = "" } } })).Wrong("items[0].name");
        (await desk.Post($"/api/orders/{order}/send-recap", new { contact_id = contact, items = new[] { new { name = "Bread", quantity = 2, total_minor = 4500 } } })).Ok();
        await phone.Receives(relais.Meta, 2);
        var recap = phone.Messages(relais.Meta)[^1];
        recap.Text.ShouldContain("TRK456789");
        recap.Text.ShouldContain("2 × Bread – €45.00");
        recap.Choices.Select(c => c.Title).ShouldBe(["Confirm", "Modify", "Cancel"]);
        recap.Choices[0].Id.ShouldStartWith($"order:confirm:{order}:");
        Money.Decimals("EUR").ShouldBe(2);
    }
}
