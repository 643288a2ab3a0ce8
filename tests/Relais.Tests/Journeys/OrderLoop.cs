using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relais.Foundation;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>
/// System A's loop: an order is made with the tick, its customer confirms, changes or cancels it by a tap, the courier's statuses reach
/// them once, and who does not answer is reminded and then listed for a call.
/// </summary>
public sealed class OrderLoop
{
    [Theory, OnEveryDatabase]
    public async Task An_order_made_with_the_tick_is_confirmed_by_one_tap(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (number, from) in new[] { (relais.Meta, "+213600000011"), (relais.Twilio, "+213600000012") })
        {
            var amina = await Known(relais, number, from);
            var made = (await desk.Post("/api/orders", Order(relais, number, from), $"key-{from}")).Ok();
            made.Status.ShouldBe(201);
            var order = made.Body.GetProperty("order");
            (order.Text("status"), order.Text("total_minor"), order.Text("carrier")).ShouldBe(("placed", "6490", "Yalidine"));
            order.Text("tracking_number").ShouldStartWith("TRK");
            order.Text("order_number").ShouldStartWith("CMD-");
            made.Body.GetProperty("confirmation").GetProperty("sent").GetBoolean().ShouldBeTrue();
            (await desk.Post("/api/orders", Order(relais, number, from), $"key-{from}")).Ok().Body.GetProperty("order").Text("id").ShouldBe(order.Text("id"));

            await amina.Hears("Récapitulatif de votre commande", order.Text("order_number"), "2 × Tajine", "64,90");
            var recap = amina.Answers[^1];
            recap.Choices.Select(c => c.Title).ShouldBe(["Confirmer", "Modifier", "Annuler"]);

            // A button shown to one is no button for another.
            var foreign = await Known(relais, number, from[..^1] + "9");
            await foreign.Phone.Tap(number, recap.Choices[0], recap.Id);
            await foreign.Hears("plus valable");
            (await Status(desk, order)).ShouldBe("placed");

            var tap = await amina.Phone.Tap(number, recap.Choices[0], recap.Id);
            await amina.Phone.Redeliver(tap);
            await amina.Hears("✅", order.Text("order_number"), "est confirmée");
            (await Status(desk, order)).ShouldBe("confirmed");
            await amina.Phone.Tap(number, recap.Choices[2], recap.Id);
            await amina.Hears("déjà répondu");
            await amina.HearsNoMore();
            var read = (await desk.Get($"/api/orders/{order.Text("id")}")).Ok().Body;
            Moves(read).ShouldBe(["→placed person", "placed→confirmed customer"]);
            read.Text("confirmed_at").ShouldNotBeEmpty();
        }

        var figures = (await desk.Get("/api/orders/statistics")).Ok().Body;
        (figures.GetProperty("asked").GetInt32(), figures.GetProperty("confirmed").GetInt32(), figures.GetProperty("confirmation_rate").GetDouble()).ShouldBe((2, 2, 1));
        (await relais.Facts.Count("SELECT count(*) FROM customer_order WHERE order_number LIKE 'CMD-%'")).ShouldBe(2, "the key made one order each");
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'order.created'")).ShouldBe(2);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Modify_asks_what_and_the_next_message_is_the_wish(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (number, from) in new[] { (relais.Meta, "+213600000021"), (relais.Twilio, "+213600000022") })
        {
            var amina = await Known(relais, number, from);
            var order = (await desk.Post("/api/orders", Order(relais, number, from))).Ok().Body.GetProperty("order");
            await amina.Hears("Récapitulatif");
            var recap = amina.Answers[^1];
            await amina.Phone.Tap(number, recap.Choices[1], recap.Id);
            await amina.Hears("Que souhaitez-vous modifier", order.Text("order_number"));
            (await Status(desk, order)).ShouldBe("placed", "nothing is known of the wish yet");

            await amina.Says("Livrez plutôt au 12 rue du Four, et 3 tajines");
            await amina.Hears("modification de la commande", order.Text("order_number"));
            await relais.Settled();
            var read = (await desk.Get($"/api/orders/{order.Text("id")}")).Ok().Body;
            (read.Text("status"), read.Text("note")).ShouldBe(("draft", "✏️ Livrez plutôt au 12 rue du Four, et 3 tajines"));
            Moves(read).ShouldBe(["→placed person", "placed→draft customer"]);
            (await relais.Facts.Query<string>(
                "SELECT c.handoff_reason FROM conversation c JOIN contact k ON k.id = c.contact_id AND k.tenant_id = c.tenant_id WHERE k.phone = @from", new { from }))
                .ShouldBe(["order_change"]);

            // Mended, and asked again: a new question, which Cancel answers.
            (await desk.Patch($"/api/orders/{order.Text("id")}", new { status = "placed" })).Ok();
            (await desk.Act(await desk.ConversationWith(amina.Phone), "release")).Ok();
            await relais.Settled();
            var heard = amina.Answers.Count;
            (await desk.Post($"/api/orders/{order.Text("id")}/send-confirmation")).Ok().Body.GetProperty("confirmation").GetProperty("sent").GetBoolean().ShouldBeTrue();
            await amina.Phone.Receives(number, heard + 1);
            var again = amina.Answers[^1];
            again.Choices[2].Id.ShouldNotBe(recap.Choices[2].Id);
            await amina.Phone.Tap(number, again.Choices[2], again.Id);
            await amina.Phone.Receives(number, heard + 2);
            amina.Answers[^1].Text.ShouldContain("est annulée");
            (await Status(desk, order)).ShouldBe("cancelled");
        }

        (await desk.Get("/api/orders/statistics")).Ok().Body.GetProperty("reasons")[0].Text("actor").ShouldBe("customer");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Outside_the_window_a_template_asks_and_its_buttons_count(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.TemplateReviewTakes = TimeSpan.FromMilliseconds(100);
        using var desk = await DeskClient.SignIn(relais);
        var inboxes = await relais.Facts.Query<long>("SELECT id FROM inbox ORDER BY channel");
        foreach (var ((number, from), inbox) in new[] { (relais.Meta, "+213600000031"), (relais.Twilio, "+213600000032") }.Zip(inboxes))
        {
            // Somebody who never wrote: without a template the order is made, its confirmation is not sent, and both are said.
            var body = Order(relais, number, from, inbox);
            var foreseen = (await desk.Post("/api/orders/check", body)).Ok().Body;
            (foreseen.GetProperty("ok").GetBoolean(), foreseen.GetProperty("confirmation").GetProperty("sent").GetBoolean()).ShouldBe((true, false));
            foreseen.GetProperty("confirmation").Text("reason").ShouldContain("order_to_confirm");
            var made = (await desk.Post("/api/orders", body)).Ok().Body;
            made.GetProperty("confirmation").Text("code").ShouldBe("window_closed");
            var id = made.GetProperty("order").Text("id");
            (await desk.Get("/api/orders?to_call=true")).Ok().Body.GetProperty("items").EnumerateArray().Select(o => o.Text("id")).ShouldContain(id);

            (await desk.Post("/api/templates/shipped/order_to_confirm/create", new { inbox_id = inbox, languages = new[] { "fr" } })).Ok();
            await Eventually.Holds(async () =>
            {
                (await desk.Post("/api/templates/sync")).Ok();
                return (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items").GetArrayLength() == 1;
            }, "the provider approves");
            (await desk.Post("/api/orders/check", body)).Ok().Body.GetProperty("confirmation").GetProperty("sent").GetBoolean().ShouldBeTrue();
            var sent = (await desk.Post($"/api/orders/{id}/send-confirmation", new { inbox_id = inbox })).Ok().Body.GetProperty("confirmation");
            (sent.GetProperty("sent").GetBoolean(), sent.GetProperty("is_template").GetBoolean()).ShouldBe((true, true));
            (await desk.Get("/api/orders?to_call=true")).Ok().Body.GetProperty("items").EnumerateArray().Select(o => o.Text("id")).ShouldNotContain(id);

            var phone = relais.Simulator.Phone(from);
            await phone.Receives(number, 1);
            var template = phone.Messages(number)[^1];
            template.Choices.Select(c => c.Title).ShouldBe(["Confirmer", "Modifier", "Annuler"]);
            await phone.Tap(number, template.Choices[0], template.Id);
            await phone.Receives(number, 2);
            phone.Messages(number)[^1].Text.ShouldContain("est confirmée");
            (await desk.Get($"/api/orders/{id}")).Ok().Text("status").ShouldBe("confirmed");
        }

        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task A_couriers_status_reaches_the_customer_once_however_often_it_is_told(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Awake(desk);
        var amina = await Known(relais, relais.Meta, "+213600000041");
        var order = (await desk.Post("/api/orders", Order(relais, relais.Meta, "+213600000041"))).Ok().Body.GetProperty("order");
        await amina.Hears("Récapitulatif");
        var (id, number, tracking) = (order.Text("id"), order.Text("order_number"), order.Text("tracking_number"));
        var key = (await desk.Post("/api/orders/courier")).Ok().Body;
        var (path, secret) = (new Uri(key.Text("url")).AbsolutePath, key.Text("secret"));
        (await desk.Get("/api/orders/courier")).Ok().Body.GetProperty("key").Text("secret").ShouldBeEmpty();

        (await Courier(relais, path, "another", new { order_number = number, status = "shipped" })).Status.ShouldBe(401);
        (await Courier(relais, path + "x", secret, new { order_number = number, status = "shipped" })).Status.ShouldBe(401);
        (await Courier(relais, path, secret, new { order_number = "CMD-NOBODY", status = "shipped" })).Status.ShouldBe(404);
        (await Courier(relais, path, secret, new { order_number = number, status = "lost" })).Status.ShouldBe(400);
        (await Status(desk, order)).ShouldBe("placed");

        var told = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Courier(relais, path, secret, new { order_number = number, status = "shipped" })));
        told.Select(t => t.Body.Text("effect")).Order().ShouldBe(["moved", "none", "none"]);
        var text = await amina.Hears("Votre colis est en route", number, tracking, "Yalidine");
        text.ShouldNotContain("Livraison prévue", Case.Sensitive, "nobody knows the day");

        // A day that comes later is noted; what is older than what is known is not.
        var tomorrow = DateOnly.FromDateTime(relais.Clock.GetUtcNow().UtcDateTime).AddDays(1).ToString("yyyy-MM-dd");
        (await Courier(relais, path, secret, new { tracking_number = tracking, status = "out_for_delivery", estimated_delivery = tomorrow })).Body.Text("effect").ShouldBe("moved");
        await amina.Hears("en cours de livraison", number, "Livraison prévue : demain");
        (await desk.Post($"/api/orders/{id}/courier-status", new { status = "shipped" })).Ok().Text("effect").ShouldBe("none");
        (await desk.Post($"/api/orders/{id}/courier-status", new { status = "delivered", note = "remis au voisin" })).Ok().Text("effect").ShouldBe("moved");
        await amina.Hears("est livrée");
        await amina.HearsNoMore();

        var read = (await desk.Get($"/api/orders/{id}")).Ok().Body;
        Moves(read).ShouldBe(["→placed person", "placed→shipped courier", "shipped→out_for_delivery courier", "out_for_delivery→delivered courier"]);
        read.GetProperty("notices").EnumerateArray().Select(n => n.Text("status")).ShouldBe(["shipped", "out_for_delivery", "delivered"]);
        (await relais.Facts.Count("SELECT count(*) FROM unasked_send WHERE kind = 'order_notice'")).ShouldBe(3);
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/orders/{id}/courier-status", new { status = "x" })).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task The_words_of_a_notice_are_the_businesss_and_one_that_is_off_says_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Awake(desk);
        var amina = await Known(relais, relais.Twilio, "+213600000051");
        var id = (await desk.Post("/api/orders", Order(relais, relais.Twilio, "+213600000051", tick: false))).Ok().Body.GetProperty("order").Text("id");
        (await desk.Put("/api/orders/notices", new { items = new[] { new { status = "shipped", words = new { fr = "Coucou {nobody}" } } } })).Wrong("items[0].words");
        (await desk.Put("/api/orders/notices", new { items = new[] { new { status = "lost" } } })).Wrong("items[0].status");
        var put = (await desk.Put("/api/orders/notices", new { items = new object[]
        {
            new { status = "shipped", words = new { fr = "C'est parti {name} !\nPar {carrier}\nArrivée {day}" }, template = "delivery_notification" }, new { status = "out_for_delivery", enabled = false },
        } })).Ok().Body.GetProperty("items").EnumerateArray().ToDictionary(r => r.Text("status"));
        put["shipped"].GetProperty("words").Text("fr").ShouldStartWith("C'est parti");
        put["delivered"].GetProperty("enabled").GetBoolean().ShouldBeTrue();
        (await desk.Post($"/api/orders/{id}/courier-status", new { status = "shipped" })).Ok();
        (await amina.Hears("C'est parti")).ShouldEndWith("Par Yalidine");
        (await desk.Post($"/api/orders/{id}/courier-status", new { status = "out_for_delivery" })).Ok();

        // A person's step says nothing unless it is asked to.
        (await desk.Patch($"/api/orders/{id}", new { status = "delivered", notify = true })).Ok();
        await amina.Hears("est livrée");
        await amina.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task Who_does_not_answer_is_reminded_once_and_then_listed_for_a_call(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Awake(desk);
        (await desk.Put("/api/orders/reminders", new { hours = 0, times = 1 })).Wrong("hours");
        (await desk.Put("/api/orders/reminders", new { hours = 3, times = 1 })).Ok();
        var amina = await Known(relais, relais.Meta, "+213600000061");
        var yanis = await Known(relais, relais.Meta, "+213600000062");
        var lina = await Known(relais, relais.Meta, "+213600000063");
        var first = (await desk.Post("/api/orders", Order(relais, relais.Meta, "+213600000061"))).Ok().Body.GetProperty("order");
        var second = (await desk.Post("/api/orders", Order(relais, relais.Meta, "+213600000062"))).Ok().Body.GetProperty("order");
        var third = (await desk.Post("/api/orders", Order(relais, relais.Meta, "+213600000063"))).Ok().Body.GetProperty("order");
        await amina.Hears("Récapitulatif");
        await yanis.Hears("Récapitulatif");
        await lina.Hears("Récapitulatif");
        var asked = amina.Answers[^1];

        // One confirms by telephone, one wants no more messages.
        (await desk.Post($"/api/orders/{second.Text("id")}/confirm", new { reason = "au téléphone" })).Ok();
        await lina.Says("STOP");
        await lina.Hears();
        await relais.Settled();
        relais.Clock.Advance(TimeSpan.FromHours(3));
        relais.Simulator.Advance(TimeSpan.FromHours(3)).ShouldBeTrue();
        await amina.Hears("attend toujours votre confirmation", first.Text("order_number"));
        var reminder = amina.Answers[^1];
        reminder.Choices[0].Id.ShouldBe(asked.Choices[0].Id, "it is the same question");
        await ToCall(desk, third.Text("id"));
        (await desk.Get($"/api/orders/{third.Text("id")}")).Ok().Text("message_problem").ShouldNotBeEmpty();

        relais.Clock.Advance(TimeSpan.FromHours(3));
        relais.Simulator.Advance(TimeSpan.FromHours(3)).ShouldBeTrue();
        await ToCall(desk, first.Text("id"), third.Text("id"));
        await relais.Settled();
        await amina.HearsNoMore();
        await yanis.HearsNoMore();
        await lina.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM unasked_send WHERE kind = 'order_reminder'")).ShouldBe(1);

        (await desk.Post($"/api/orders/{third.Text("id")}/called")).Ok();
        await ToCall(desk, first.Text("id"));
        await amina.Phone.Tap(relais.Meta, reminder.Choices[0], reminder.Id);
        await amina.Hears("est confirmée");
        await ToCall(desk);
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Every_wrong_field_of_a_new_order_is_named(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var wrong = await desk.Post("/api/orders", new
        {
            items = new object[] { new { quantity = 0, price_minor = -1 }, new { name = "A", price_minor = 100 } },
            currency = "EURO", estimated_delivery = "demain", phone = "0612", language = "es", order_number = "a b", send_whatsapp_confirmation = true,
        });
        foreach (var field in new[] { "items[0].name", "items[0].quantity", "items[0].price_minor", "currency", "estimated_delivery", "phone", "language", "order_number" })
        {
            wrong.Wrong(field);
        }

        (await desk.Post("/api/orders", new { items = new[] { new { name = "A", price_minor = 100, quantity = 2 } }, currency = "EUR", total_minor = 300 })).Wrong("total_minor");
        (await desk.Post("/api/orders", new { items = new[] { new { product_id = "nothing" } } })).Wrong("items[0].product_id");
        (await desk.Post("/api/orders", new { send_whatsapp_confirmation = true })).Wrong("phone");
        (await desk.Post("/api/orders", new { contact_id = 1 })).Wrong("contact_id");

        // A national number is one of the business's country, once that is known.
        (await desk.Post("/api/orders/check", new { phone = "06 12 34 56 78" })).Ok().Body.GetProperty("errors").TryGetProperty("phone", out _).ShouldBeTrue();
        (await desk.Patch("/api/tenant", new { country = "XX" })).Wrong("country");
        (await desk.Patch("/api/tenant", new { country = "fr" })).Ok().Text("country").ShouldBe("FR");
        (await desk.Post("/api/orders/check", new { phone = "06 12 34 56 78" })).Ok().Text("phone").ShouldBe("+33612345678");

        (await desk.Post("/api/products", new { sku = "TAJ-1", title = new { fr = "Tajine" }, price_minor = 3245, currency = "EUR" })).Ok();
        var made = (await desk.Post("/api/orders", new { items = new[] { new { product_id = "TAJ-1", quantity = 2 } }, order_number = "cmd-7" })).Ok().Body.GetProperty("order");
        (made.Text("order_number"), made.Text("total_minor"), made.Text("currency"), made.GetProperty("items")[0].Text("name")).ShouldBe(("CMD-7", "6490", "EUR", "Tajine"));
        (await desk.Post("/api/orders", new { order_number = "CMD-7" })).Wrong("order_number");
        (await relais.Facts.Count("SELECT count(*) FROM customer_order WHERE order_number IS NOT NULL")).ShouldBe(1);
    }

    private static object Order(RelaisHost relais, SimulatedNumber number, string phone, long? inbox = null, bool tick = true) => new
    {
        items = new[] { new { name = "Tajine", quantity = 2, price_minor = 3245 } }, currency = "EUR", total_minor = 6490, address = "3 rue Didouche, Alger",
        carrier = "Yalidine", phone, name = "Amina", inbox_id = inbox ?? InboxOf(relais, number), send_whatsapp_confirmation = tick,
    };

    private static long InboxOf(RelaisHost relais, SimulatedNumber number) => relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>()
        .Inboxes.First(i => i.Address == number.Address).Id;

    private static async Task<ChatScript> Known(RelaisHost relais, SimulatedNumber number, string from)
    {
        var chat = relais.Chat(number, from);
        await chat.Says("Bonjour");
        await chat.Hears("Bonjour");
        return chat;
    }

    /// <summary>No quiet hours: the test runs at any time of the day.</summary>
    private static async Task Awake(DeskClient desk) => (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();

    private static async Task<string> Status(DeskClient desk, System.Text.Json.JsonElement order) => (await desk.Get($"/api/orders/{order.Text("id")}")).Ok().Text("status");

    private static Task ToCall(DeskClient desk, params string[] orders) => Eventually.Holds(async () =>
        (await desk.Get("/api/orders?to_call=true")).Ok().Body.GetProperty("items").EnumerateArray().Select(o => o.Text("id")).Order().SequenceEqual(orders.Order()),
        $"the orders {string.Join(", ", orders)} are listed for a call");

    private static List<string> Moves(System.Text.Json.JsonElement order) =>
        [.. order.GetProperty("moves").EnumerateArray().Select(m => $"{m.Text("from")}→{m.Text("to")} {m.Text("actor")}")];

    private static async Task<(int Status, System.Text.Json.JsonElement Body)> Courier(RelaisHost relais, string path, string secret, object call)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(call);
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(relais.Url, path)) { Content = content };
        request.Headers.Add("X-Relais-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var response = await relais.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, System.Text.Json.JsonDocument.Parse(text).RootElement);
    }
}
