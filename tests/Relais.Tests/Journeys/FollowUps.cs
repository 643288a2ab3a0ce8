using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>System E's conversation: a customer goes quiet after an offer, and is followed up once a person has approved it.</summary>
public sealed class FollowUps
{
    private const string Offer = "Le pack photo coûte 49 €. Souhaitez-vous le réserver ?";
    private const string First = "Nous restons à votre disposition";
    private const string Second = "notre dernier message";

    [Theory, OnEveryDatabase]
    public async Task A_quiet_customer_is_followed_up_when_a_person_approves_and_their_answer_ends_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais);
        var chat = await GoesQuiet(relais, desk, "+33611119001");
        var plan = await Proposed(desk);
        (plan.Text("rule"), plan.Text("planner"), plan.Text("language")).ShouldBe(("quiet_after_offer", "built_in", "fr"));
        plan.GetProperty("evidence").ToString().ShouldContain("49 €");
        plan.GetProperty("steps").GetArrayLength().ShouldBe(2);
        await chat.HearsNoMore();

        var preview = (await desk.Get($"/api/follow-ups/{plan.Text("id")}/preview")).Ok().Body.GetProperty("items");
        (preview[0].Text("decision"), preview[0].Text("shows")).ShouldBe(("text", plan.GetProperty("steps")[0].Text("text")));
        (preview[1].Text("decision"), preview[1].Text("code")).ShouldBe(("refused", "window_closed"), "a day later only a template goes, and the rule has none");

        (await desk.Post($"/api/follow-ups/{plan.Text("id")}/approve")).Ok().Text("approved_by_name").ShouldBe("Camille");
        await chat.Hears(First);
        (await desk.Post($"/api/follow-ups/{plan.Text("id")}/approve")).Refused(409, "follow_up_closed");
        (await relais.Facts.Query<string>("SELECT basis FROM unasked_send WHERE kind = 'follow_up'")).ShouldBe(["rule quiet_after_offer, approved by Camille"]);
        var calendar = (await desk.Get($"/api/follow-ups/calendar?from={At(relais, -1)}&to={At(relais, 3)}")).Ok().Body.GetProperty("items");
        calendar.EnumerateArray().Select(s => s.Text("state")).ShouldBe(["sent", "waiting"]);

        await chat.Asks("Combien coûte le pack photo ?", "49 €");
        await State(desk, plan, "answered");
        Later(relais, 30);
        await chat.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM follow_up_step WHERE state = 1")).ShouldBe(1);
        using var again = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var results = (await again.Get("/api/follow-ups/results?days=30")).Ok().Body;
        var rule = results.GetProperty("items").EnumerateArray().Single(r => r.Text("rule") == "quiet_after_offer");
        (rule.Text("followed"), rule.Text("answered"), rule.Text("answered_rate"), rule.Text("held_out")).ShouldBe(("1", "1", "100", "0"));
    }

    [Theory, OnEveryDatabase]
    public async Task Gemini_plans_in_words_and_a_template_and_both_reach_the_phone_in_their_window(DatabaseKind kind)
    {
        await using var gemini = await Gemini(material => new
        {
            follow_up = true, language = "fr", confidence = 0.9, reason = "They asked for the price and did not answer.",
            evidence = new[] { new { message_id = MessageWith(material, "49 €"), quote = "Le pack photo coûte 49 €" } },
            steps = new object[]
            {
                new { in_hours = 0, text = "Bonjour Lina, toujours tentée par le pack photo ?", template = (string?)null, variables = new { } },
                new { in_hours = 30, text = "Un dernier mot au sujet du pack photo ?", template = "order_confirmation", variables = new Dictionary<string, string> { ["1"] = "PACK-1", ["2"] = "49 €" } },
            },
        });
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["GEMINI_API_KEY"] = "sk-gem", ["GEMINI_BASE_URL"] = $"{gemini.Url}v1beta/openai/", ["GEMINI_MODEL"] = "gemini-x",
        });
        using var desk = await Opened(relais);
        await Template(relais, desk);
        var chat = await GoesQuiet(relais, desk, "+33611119011", waits: false);
        var plan = await Proposed(desk);
        (plan.Text("planner"), plan.Text("confidence")).ShouldBe(("gemini/gemini-x", "90"));
        plan.GetProperty("evidence")[0].Text("quote").ShouldBe("Le pack photo coûte 49 €");

        var preview = (await desk.Get($"/api/follow-ups/{plan.Text("id")}/preview")).Ok().Body.GetProperty("items");
        preview.EnumerateArray().Select(s => s.Text("decision")).ShouldBe(["text", "template"]);
        preview[1].Text("shows").ShouldContain("PACK-1");
        (await desk.Post("/api/follow-ups/approve", new { })).Ok().Text("approved").ShouldBe("1");
        await chat.Hears("toujours tentée par le pack photo");
        Later(relais, 31);
        await chat.Hears("PACK-1", "49 €");
        await chat.HearsNoMore();
        (await relais.Facts.Query<long>("SELECT window_open FROM unasked_send WHERE kind = 'follow_up' ORDER BY message_id")).ShouldBe([1, 0]);
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE outcome = 'answered' AND contact_id > 0")).ShouldBeGreaterThan(0);
    }

    [Theory, OnEveryDatabase]
    public async Task What_a_model_may_not_say_is_not_said_and_the_built_in_planner_plans(DatabaseKind kind)
    {
        await using var gemini = await Gemini(material => new
        {
            follow_up = true, language = "fr", confidence = 0.99, reason = "Sure.",
            evidence = new[] { new { message_id = 1, quote = "never said" } },
            steps = new object[] { new { in_hours = 0, text = "Cliquez sur https://evil.example/pay" } },
        });
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["GEMINI_API_KEY"] = "sk-gem", ["GEMINI_BASE_URL"] = $"{gemini.Url}v1beta/openai/", ["GEMINI_MODEL"] = "gemini-x",
        });
        using var desk = await Opened(relais, new { kind = "quiet_after_offer", enabled = true, approval = "automatic", threshold = 80 });
        await GoesQuiet(relais, desk, "+33611119021");
        (await Proposed(desk)).Text("planner").ShouldBe("built_in", "and its 75 percent are below the threshold, so a person decides");
    }

    [Theory, OnEveryDatabase]
    public async Task A_sure_plan_goes_by_itself_and_stop_ends_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais, new { kind = "quiet_after_offer", enabled = true, approval = "automatic", threshold = 75, max_steps = 2, spacing_hours = 2 });
        var chat = await GoesQuiet(relais, desk, "+33611119031");
        await chat.Hears(First);
        await chat.Asks("STOP", "vous ne recevrez plus");
        var plan = (await desk.Get("/api/follow-ups")).Ok().Body.GetProperty("items")[0];
        await State(desk, plan, "opted_out");
        Later(relais, 3);
        await chat.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task A_person_who_takes_over_and_an_order_that_is_placed_end_what_was_planned(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais, new { kind = "quiet_after_offer", enabled = true, approval = "automatic", threshold = 50, max_steps = 3, spacing_hours = 2 });
        var (taken, buys) = (relais.Chat(relais.Meta, "+33611119041"), relais.Chat(relais.Meta, "+33611119042"));
        foreach (var chat in new[] { taken, buys })
        {
            await chat.Asks("Combien coûte le pack photo ?", "49 €");
        }

        await relais.Settled();
        Later(relais, 5);
        await taken.Hears(First);
        await buys.Hears(First);
        var id = await desk.ConversationWith(taken.Phone);
        (await desk.Act(id, "take-over")).Ok();
        await taken.Hears("Camille");
        var contact = (await desk.Conversation(await desk.ConversationWith(buys.Phone))).GetProperty("contact_id").GetInt64();
        await Order(relais, contact, "TRKFU1", "confirmed");
        Later(relais, 3);
        await taken.HearsNoMore();
        await buys.HearsNoMore();
        await Eventually.Holds(async () => (await relais.Facts.Query<string>("SELECT state FROM follow_up_plan ORDER BY state")) is ["converted", "overtaken"],
            "one was overtaken, the other converted");
    }

    [Theory, OnEveryDatabase]
    public async Task A_clock_that_jumps_sends_nothing_twice_and_forgets_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais, new { kind = "quiet_after_offer", enabled = true, max_steps = 2, spacing_hours = 6 });
        var chat = await GoesQuiet(relais, desk, "+33611119051");
        var plan = await Proposed(desk);
        (await desk.Post($"/api/follow-ups/{plan.Text("id")}/approve")).Ok();
        await chat.Hears(First);
        Later(relais, 3);
        await chat.HearsNoMore();
        relais.Clock.Advance(TimeSpan.FromHours(-1));
        await chat.HearsNoMore();
        await relais.StopServer();
        await relais.StartServer();

        // A server that starts anew has the machine's clock: seven hours back, until it is set.
        await chat.HearsNoMore();
        relais.Clock.Advance(TimeSpan.FromHours(7));
        await chat.HearsNoMore();
        Later(relais, 4.5);
        await chat.Hears(Second);
        Later(relais, 24);
        await chat.HearsNoMore();
        relais.Clock.Advance(TimeSpan.FromHours(-1));
        await chat.HearsNoMore();
        Later(relais, 24 * 8);
        using var later = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        await State(later, plan, "ended");
        (await relais.Facts.Count("SELECT count(*) FROM unasked_send")).ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task Each_rule_finds_its_customers_and_a_plan_can_be_changed_or_rejected(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais, new { kind = "order_unpaid_or_unconfirmed", enabled = true, wait_hours = 6, texts = new { fr = new[] { "Et la {{order.number}} ?" } } },
            new { kind = "appointment_missed", enabled = true, wait_hours = 1, field = "rdv" }, new { kind = "inactive", enabled = true, wait_hours = 48 });
        var contacts = new List<long>();
        foreach (var phone in new[] { "+33611119061", "+33611119062", "+33611119063" })
        {
            var chat = relais.Chat(relais.Meta, phone);
            await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
            contacts.Add((await desk.Conversation(await desk.ConversationWith(chat.Phone))).GetProperty("contact_id").GetInt64());
        }

        await relais.Settled();
        await Order(relais, contacts[0], "TRKFU2", "pending");
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => Relais.Conversations.ContactFieldStore.Set(
            tx, desk.TenantId, contacts[1], "rdv", $"{relais.Clock.GetUtcNow().AddDays(-1):yyyy-MM-dd}", relais.Clock.Micros));
        Later(relais, 7);
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM follow_up_plan WHERE rule = 'order_unpaid_or_unconfirmed' AND state = 'proposed'") == 1, "the order");
        Later(relais, 45);
        using var later = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM follow_up_plan WHERE state = 'proposed'") == 3, "all three");
        (await relais.Facts.Query<(long, string)>("SELECT contact_id, rule FROM follow_up_plan ORDER BY contact_id")).ShouldBe(
            [(contacts[0], "order_unpaid_or_unconfirmed"), (contacts[1], "appointment_missed"), (contacts[2], "inactive")]);

        var plans = (await later.Get("/api/follow-ups?rule=order_unpaid_or_unconfirmed")).Ok().Body.GetProperty("items");
        plans[0].GetProperty("steps")[0].Text("text").ShouldBe("Et la TRKFU2 ?");
        var id = plans[0].Text("id");
        var due = relais.Clock.GetUtcNow().AddHours(2);
        (await later.Patch($"/api/follow-ups/{id}", new { steps = new[] { new { due_at = due, text = "Et {{nothing}} ?" } } })).Wrong("steps[0].text");
        (await later.Patch($"/api/follow-ups/{id}", new { steps = Array.Empty<object>() })).Wrong("steps");
        var changed = (await later.Patch($"/api/follow-ups/{id}", new { steps = new[] { new { due_at = due, text = "Chère {{contact.name}}, et la suite ?" } } })).Ok();
        changed.Body.GetProperty("steps").GetArrayLength().ShouldBe(1);
        (await later.Post($"/api/follow-ups/{id}/reject", new { reason = "" })).Wrong("reason");
        (await later.Post($"/api/follow-ups/{id}/reject", new { reason = "déjà appelée" })).Ok().Text("state").ShouldBe("rejected");
        (await later.Patch($"/api/follow-ups/{id}", new { language = "ar" })).Refused(409, "follow_up_closed");
        (await later.Post("/api/follow-ups", new { contact_id = contacts[1] })).Refused(409, "follow_up_exists");
        var byHand = (await later.Post("/api/follow-ups", new { contact_id = contacts[0], note = "Votre devis est prêt." })).Ok();
        await State(later, byHand.Body, "proposed");
        (await later.Post("/api/follow-ups", new { contact_id = 1 })).Refused(404, "not_found");
        (await later.Put("/api/follow-ups/rules", new { items = new[] { new { kind = "inactive", max_steps = 6 } } })).Wrong("items[0].max_steps");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/follow-ups/{id}/approve")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task Nothing_leaves_on_a_holiday(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await Opened(relais);
        var chat = await GoesQuiet(relais, desk, "+33611119071");
        var plan = await Proposed(desk);
        var today = (await relais.Facts.Query<string>("SELECT time_zone FROM tenant")).Single() is var zone
            ? NodaTime.Instant.FromUnixTimeTicks(relais.Clock.Micros * 10).InZone(NodaTime.DateTimeZoneProviders.Tzdb[zone]).Date : default;
        var days = Enumerable.Range(0, 2).Select(d => new { date = today.PlusDays(d).ToString("uuuu-MM-dd", null), name = "Inventaire" }).ToArray();
        (await desk.Put("/api/follow-ups/holidays", new { country = false, days })).Ok();
        (await desk.Get($"/api/follow-ups/{plan.Text("id")}/preview")).Ok().Body.GetProperty("items")[0].GetProperty("holiday").GetBoolean().ShouldBeTrue();
        (await desk.Post($"/api/follow-ups/{plan.Text("id")}/approve")).Ok();
        await chat.HearsNoMore();
        (await desk.Put("/api/follow-ups/holidays", new { country = false, days = Array.Empty<object>() })).Ok();
        Later(relais, 1.1);
        await chat.Hears(First);
    }

    /// <summary>A desk whose business has the offer among its FAQs, no quiet hours, no holidays, and these rules on.</summary>
    private static async Task<DeskClient> Opened(RelaisHost relais, params object[] rules)
    {
        var desk = await DeskClient.SignIn(relais);
        await relais.AddFaq("Combien coûte le pack photo ?", Offer);
        (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();
        (await desk.Put("/api/follow-ups/holidays", new { country = false, days = Array.Empty<object>() })).Ok();
        (await desk.Put("/api/follow-ups/rules", new { items = rules.Length > 0 ? rules : [new { kind = "quiet_after_offer", enabled = true }] })).Ok();
        return desk;
    }

    private static async Task<ChatScript> GoesQuiet(RelaisHost relais, DeskClient desk, string phone, bool waits = true)
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Asks("Combien coûte le pack photo ?", "49 €");
        await relais.Settled();
        await desk.ConversationWith(chat.Phone);
        if (waits)
        {
            // The first search has found nothing by now, or finds nothing: hours have to pass.
            (await relais.Facts.Count("SELECT count(*) FROM follow_up_plan")).ShouldBe(0);
        }

        Later(relais, 5);
        return chat;
    }

    private static void Later(RelaisHost relais, double hours)
    {
        relais.Clock.Advance(TimeSpan.FromHours(hours));
        relais.Simulator.Advance(TimeSpan.FromHours(hours));
    }

    private static async Task<JsonElement> Proposed(DeskClient desk)
    {
        JsonElement found = default;
        await Eventually.Holds(async () =>
        {
            var items = (await desk.Get("/api/follow-ups?state=proposed")).Ok().Body.GetProperty("items");
            found = items.GetArrayLength() == 1 ? items[0] : default;
            return found.ValueKind == JsonValueKind.Object;
        }, "a follow-up is proposed");
        return found;
    }

    private static Task State(DeskClient desk, JsonElement plan, string state) => Eventually.Holds(
        async () => (await desk.Get($"/api/follow-ups/{plan.Text("id")}")).Ok().Text("state") == state, $"the plan is {state}");

    private static string At(RelaisHost relais, int days) => $"{relais.Clock.GetUtcNow().AddDays(days):yyyy-MM-ddTHH:mm:ssZ}";

    private static async Task Order(RelaisHost relais, long contact, string number, string status)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx => await Relais.Commerce.OrderStore.Insert(tx, new Relais.Commerce.Order
        {
            TenantId = await tx.QueryFirst<long>("SELECT tenant_id FROM contact WHERE id = @contact", new { contact }), Id = id, TrackingNumber = number,
            ContactId = contact, Status = status, CreatedAt = relais.Clock.Micros, UpdatedAt = relais.Clock.Micros,
        }));
    }

    private static async Task Template(RelaisHost relais, DeskClient desk)
    {
        relais.Simulator.TemplateReviewTakes = TimeSpan.FromMilliseconds(100);
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        (await desk.Post("/api/templates/shipped/order_confirmation/create", new { inbox_id = inbox, languages = new[] { "fr" } })).Ok();
        await Eventually.Holds(async () =>
        {
            (await desk.Post("/api/templates/sync")).Ok();
            return (await desk.Get($"/api/templates/usable?inbox_id={inbox}")).Ok().Body.GetProperty("items").GetArrayLength() == 1;
        }, "the provider approves");
    }

    /// <summary>Answers customers with the offer, and plans as <paramref name="plan"/> says of the material it is given.</summary>
    private static async Task<FakeModelServer> Gemini(Func<JsonNode, object> plan)
    {
        FakeModelServer? server = null;
        server = await FakeModelServer.Start((place, http) =>
        {
            var messages = server!.Asked[place].Body["messages"]!.AsArray();
            var isPlan = messages[0]!["content"]!.ToString().Contains("You plan follow-up", StringComparison.Ordinal);
            var text = isPlan ? JsonSerializer.Serialize(plan(JsonNode.Parse(messages[1]!["content"]!.ToString())!)) : Offer;
            return FakeModelServer.Json(http, 200, JsonSerializer.Serialize(new
            {
                id = "1", @object = "chat.completion", model = "gemini-x",
                choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
                usage = new { prompt_tokens = 100, completion_tokens = 50, total_tokens = 150 },
            }));
        });
        return server;
    }

    private static long MessageWith(JsonNode material, string words) =>
        (long)material["messages"]!.AsArray().Last(m => m!["text"]!.ToString().Contains(words, StringComparison.Ordinal))!["id"]!;
}
