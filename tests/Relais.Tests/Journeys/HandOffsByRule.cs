using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Relais.Simulator;
using Relais.Tests.Engine.Ai;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Rules that no model can talk its way round: a person on request, an offer to the angry, silence towards programs, honest hours.</summary>
public sealed class HandOffsByRule
{
    [Theory, OnEveryDatabase]
    public async Task A_model_cannot_refuse_a_person(DatabaseKind kind)
    {
        using var model = StagedModel.Saying("Non, je suis là pour vous aider.");
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+212611110201");
        await chat.Asks("bghit nhder m3a chi wahd 3afak", "فريق");
        model.Asked.ShouldBeEmpty();
        (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("handoff_reason").ShouldBe("customer_asked");
    }

    [Theory, OnEveryDatabase]
    public async Task The_angry_are_answered_and_offered_a_person_and_the_tap_hands_off(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var chat = relais.Chat(number, "+33611110202");
            await chat.Asks("C'est une honte, où est ma commande TRK123456 ?", "TRK123456 est expédiée");
            await chat.Hears("Voulez-vous parler à une personne");
            var offer = chat.Answers[^1];
            if (number == relais.Meta)
            {
                offer.Choices.Select(c => c.Title).ShouldBe(["Parler à quelqu'un", "Continuer"]);
                await chat.Phone.Tap(number, offer.Choices[0], offer.Id);
            }
            else
            {
                await chat.Says("1");
            }

            await chat.Hears("Je comprends votre mécontentement");
            await chat.HearsNoMore();
            (await chat.Assignee()).ShouldBe(5);
        }

        (await relais.Facts.Query<string>("SELECT DISTINCT handoff_reason FROM conversation")).ShouldBe(["anger"]);
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Who_goes_on_is_listened_to(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var chat = relais.Chat(relais.Meta, "+447711110203");
        await chat.Asks("This is ridiculous, where is my order TRK123456?", "TRK123456");
        await chat.Hears("Would you like to talk to a person");
        await chat.Phone.Tap(relais.Meta, chat.Answers[^1].Choices[1], chat.Answers[^1].Id);
        await chat.Hears("I'm listening");
        await chat.Asks("What are your opening hours?");
        (await chat.Assignee()).ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task Two_bots_stop_before_the_tenth_answer_and_nothing_is_said_of_it(DatabaseKind kind)
    {
        var answers = 0;
        using var model = new StagedModel((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(
            ChatRole.Assistant, $"Réponse numéro {Interlocked.Increment(ref answers)} de notre boutique, que puis-je encore faire ?"))));
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);

        // One says something else each time; one always the same; one sends our words back.
        foreach (var (phone, reply) in ((string, Func<int, string, string>)[])
            [
                ("+33611110211", (i, _) => $"Bonjour, je suis l'assistant d'une autre maison, message {i}."),
                ("+33611110212", (_, _) => "Merci de votre message, nous vous répondrons dès que possible."),
                ("+33611110213", (_, said) => said),
            ])
        {
            var chat = relais.Chat(relais.Meta, phone);
            await chat.Says("Bonjour, je suis un assistant automatique.");
            var heard = 0;
            for (var i = 0; i < 20; i++)
            {
                await Eventually.Holds(async () => chat.Answers.Count > heard || (heard > 0 && await chat.Assignee() == 5), "an answer or the end");
                if (chat.Answers.Count == heard)
                {
                    break;
                }

                heard++;
                await chat.Says(reply(i, chat.Answers[heard - 1].Text));
            }

            await relais.Settled();
            chat.Answers.Count.ShouldBeLessThan(10);
            chat.Answers.ShouldAllBe(a => a.Text.StartsWith("Réponse numéro", StringComparison.Ordinal) || a.Text.StartsWith("Je crains", StringComparison.Ordinal));
            (await chat.Assignee()).ShouldBe(5);
            (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("handoff_reason").ShouldBe("automatic_replies");
            await chat.Says("Encore un message de ma part, sans fin.");
            await relais.Settled();
            chat.Answers.Count.ShouldBe(heard);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_hand_off_tells_the_businesss_hours_in_its_own_words(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Get("/api/business-hours")).Ok().Body.GetProperty("weekly").ValueKind.ShouldBe(JsonValueKind.Null);
        await relais.Chat(relais.Meta, "+33611110221").Asks("Je veux parler à un conseiller", "qui vous répondra ici.");
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE content LIKE '%ouvert%'")).ShouldBe(0, "nothing is promised that nobody told");

        (await desk.Patch("/api/tenant", new { time_zone = "Africa/Casablanca" })).Ok();
        var day = new[] { new { from = "00:00", until = "12:00" }, new { from = "12:00", until = "00:00" } };
        (await desk.Put("/api/business-hours", new { weekly = new { monday = day, tuesday = day, wednesday = day, thursday = day, friday = day, saturday = day } })).Ok()
            .Body.Text("time_zone").ShouldBe("Africa/Casablanca");
        (await desk.Put("/api/automatic-messages", new
        {
            messages = new object[]
            {
                new { name = "handoff_requested", texts = new { fr = "Un conseiller {business} vous répond." } },
                new { name = "hours_open", texts = new { fr = "Ouvert jusqu'à {until}." } },
                new { name = "hours_closed", texts = new { fr = "Fermé, retour {opens}." } },
            },
        })).Ok();
        var told = relais.Chat(relais.Meta, "+33611110222");
        await told.Says("Je veux parler à un conseiller");
        var said = await told.Hears("Un conseiller Beyond Express vous répond.");

        // On a Sunday and late on a Saturday it is another sentence; between them it does not close within a day.
        (said.EndsWith("vous répond.", StringComparison.Ordinal) || said.Contains("Ouvert jusqu'à 00:00.", StringComparison.Ordinal)
            || said.Contains("Fermé, retour demain à 00:00.", StringComparison.Ordinal)).ShouldBeTrue(said);
        await relais.Chat(relais.Meta, "+447711110223").Asks("I want to talk to a person", "I'm passing your request");

        var messages = (await desk.Get("/api/automatic-messages")).Ok().Body.GetProperty("messages").EnumerateArray().ToList();
        var requested = messages.Single(m => m.Text("name") == "handoff_requested");
        requested.GetProperty("texts").Text("fr").ShouldBe("Un conseiller {business} vous répond.");
        requested.GetProperty("ours").Text("en").ShouldStartWith("Of course!");
        (await desk.Put("/api/automatic-messages", new { messages = new[] { new { name = "handoff_requested", texts = new { fr = "Bonjour {phone}" } } } }))
            .Wrong("messages[0].texts.fr");
        (await desk.Put("/api/automatic-messages", new { messages = new[] { new { name = "nothing" } } })).Wrong("messages[0].name");
        (await desk.Put("/api/business-hours", new { weekly = new { monday = new[] { new { from = "25:00", until = "12:00" } } } })).Wrong("weekly.monday");
        (await desk.Put("/api/business-hours", new { weekly = new { }, closed_dates = new[] { "25/12" } })).Wrong("closed_dates");
    }

    [Theory, OnEveryDatabase]
    public async Task The_fallback_is_said_once_an_incident_and_never_per_retry(DatabaseKind kind)
    {
        // A defect: the turn is tried three times before people get it.
        using var model = StagedModel.Failing(new NotSupportedException("a defect"));
        await using var relais = await RelaisHost.Start(kind, extra: services =>
        {
            services.AddSingleton<IChatClient>(model);
            services.AddLogging(logging => logging.ClearProviders());
        });
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Put("/api/automatic-messages", new { messages = new[] { new { name = "technical_problem", texts = new { fr = "Petit souci technique chez {business}." } } } })).Ok();
        var chat = relais.Chat(relais.Meta, "+33611110231");
        await chat.Asks("Quels sont vos horaires d'ouverture ?", "Petit souci technique chez Beyond Express.");
        model.Asked.Count.ShouldBeGreaterThan(1);
        await chat.Asks("Vous êtes là ?", "Votre message a été reçu. Un agent vous répondra sous peu.");
        await chat.Says("Vous êtes là ?");
        await chat.HearsNoMore();
        chat.Answers.Count.ShouldBe(2);
        (await desk.Conversation(await desk.ConversationWith(chat.Phone))).Text("handoff_reason").ShouldBe("model_failed");
    }

    [Theory, OnEveryDatabase]
    public async Task The_settings_are_read_and_changed(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var before = (await desk.Get("/api/tenant")).Ok().Body.GetProperty("ai_settings");
        before.GetProperty("quiet_ms").ValueKind.ShouldBe(JsonValueKind.Null, "the installation's");
        before.GetProperty("handoff_rules").Text("anger").ShouldBe("offer");
        var after = (await desk.Patch("/api/tenant", new { ai_settings = new { quiet_ms = 300, handoff_rules = new { anger = "do" } } })).Ok().Body.GetProperty("ai_settings");
        (after.Text("quiet_ms"), after.GetProperty("handoff_rules").Text("anger"), after.GetProperty("handoff_rules").Text("no_answer")).ShouldBe(("300", "do", "do"));
        await Eventually.Holds(() => Task.FromResult(relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>().Inboxes
            .All(i => i.Quiet == TimeSpan.FromMilliseconds(300))), "the directory knows");
        (await desk.Patch("/api/tenant", new { ai_settings = new { quiet_ms = -1 } })).Ok().Body.GetProperty("ai_settings").GetProperty("quiet_ms").ValueKind.ShouldBe(JsonValueKind.Null);
        (await desk.Patch("/api/tenant", new { ai_settings = new { quiet_ms = 5001 } })).Wrong("ai_settings.quiet_ms");
        (await desk.Patch("/api/tenant", new { ai_settings = new { handoff_rules = new { anger = "maybe" } } })).Wrong("ai_settings.handoff_rules.anger");
        (await desk.Patch("/api/tenant", new { ai_settings = new { handoff_rules = new { no_answer = "off" } } })).Wrong("ai_settings.handoff_rules.no_answer");
    }
}
