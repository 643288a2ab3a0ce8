using System.Text.Json;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>More than words from the desk: buttons that come back, pages of choices, quotes, reactions, and what is refused with the field's name.</summary>
public sealed class RichMessages
{
    [Theory, OnEveryDatabase]
    public async Task Buttons_arrive_and_the_tap_comes_back_with_id_and_title(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk, "+33611110041");
        var sent = (await desk.Act(id, "send", new
        {
            content = new { type = "buttons", body = "On livre demain ?", items = new[] { new { id = "yes", title = "Oui" }, new { id = "no", title = "Non" } } },
        }, key: "k1")).Ok();
        await phone.Receives(relais.Meta, 2);
        var bubble = phone.Messages(relais.Meta)[^1];
        bubble.Text.ShouldBe("On livre demain ?");
        bubble.Choices.Select(c => (c.Id, c.Title)).ShouldBe([("yes", "Oui"), ("no", "Non")]);

        await phone.Tap(relais.Meta, bubble.Choices[0], bubble.Id);
        var tap = await desk.MessageThat(id, m => m.Text("choice_id") == "yes", "the tap is in the conversation");
        tap.Text("content").ShouldBe("Oui");
        var stored = await desk.MessageThat(id, m => m.Text("id") == sent.Text("message_id"), "our question");
        tap.Text("replies_to").ShouldBe(stored.Text("provider_id"));
        stored.Text("type").ShouldBe("buttons");
        stored.Text("content").ShouldBe("On livre demain ?");
        stored.GetProperty("payload").GetProperty("items")[1].GetProperty("title").GetString().ShouldBe("Non");
        (await desk.Conversation(id)).Text("assignee").ShouldBe("agent");
    }

    [Theory, OnEveryDatabase]
    public async Task Many_choices_are_pages_and_turning_one_reaches_nobody(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk, "+33611110042");
        (await desk.Act(id, "send", new { type = "choices", body = "Quel jour ?", items = Days(25) })).Ok();
        await phone.Receives(relais.Meta, 2);
        await Turn(relais, phone, "relais.page:1", "day:10", 3);
        await Turn(relais, phone, "relais.page:2", "day:19", 4);
        (await desk.Conversation(id)).Text("assignee").ShouldBe("agent");

        (await desk.Act(id, "release")).Ok();
        await Turn(relais, phone, "relais.page:0", "day:1", 5);
        await relais.Settled();
        phone.Received(relais.Meta).Count.ShouldBe(5, "the AI agent has nothing to say to a page");
        var shown = (await desk.Messages(id)).Where(m => m.Text("type") == "choices").ToList();
        shown.Select(m => m.Text("author")).ShouldBe(["concierge", "system", "system", "system"]);
    }

    [Theory, OnEveryDatabase]
    public async Task A_number_that_is_typed_counts_as_the_choice(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk, "+33611110043");
        (await desk.Act(id, "send", new
        {
            type = "choices", body = "Que voulez-vous savoir ?",
            items = new[] { new { id = "track", title = "Où est ma commande TRK234567 ?" }, new { id = "hours", title = "Horaires" } },
        })).Ok();
        (await desk.Act(id, "release")).Ok();
        await phone.Receives(relais.Meta, 2);
        await phone.Say(relais.Meta, "1");
        await phone.Receives(relais.Meta, 3);
        phone.Received(relais.Meta)[2].ShouldContain("TRK234567");

        (await desk.Act(id, "send", new { type = "choices", body = "Quel jour ?", items = Days(25) })).Ok();
        (await desk.Act(id, "release")).Ok();
        await phone.Receives(relais.Meta, 4);
        await phone.Say(relais.Meta, "١٠");
        await phone.Receives(relais.Meta, 5);
        phone.Messages(relais.Meta)[^1].Choices[0].Id.ShouldBe("day:10");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task On_Twilio_a_choice_is_understood_however_it_arrives(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110044");
        await phone.Say(relais.Twilio, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Twilio, 1);
        var id = await desk.ConversationWith(phone);
        (await desk.Act(id, "send", new { type = "choices", body = "Laquelle ?", items = new[] { new { id = "a", title = "TRK234567" }, new { id = "b", title = "TRK345678" } } })).Ok();
        await phone.Receives(relais.Twilio, 2);
        (await desk.Act(id, "release")).Ok();
        await phone.Say(relais.Twilio, "deux");
        await phone.Receives(relais.Twilio, 3);
        phone.Received(relais.Twilio)[2].ShouldContain("TRK345678");
        await relais.Settled();
    }

    [Theory, OnEveryDatabase]
    public async Task Quotes_and_reactions_name_the_message_they_are_about(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk, "+33611110045");
        var asked = (await desk.Messages(id))[0];
        var askedId = asked.GetProperty("id").GetInt64();
        (await desk.Act(id, "send", new { message = "Celle-ci est partie.", reply_to = askedId })).Ok();
        (await desk.Act(id, "send", new { type = "reaction", emoji = "👍", reply_to = askedId })).Ok();
        await phone.Receives(relais.Meta, 2);
        await relais.Settled();

        var bodies = relais.Simulator.Accepted.Select(s => JsonElement.Parse(s.Raw)).ToList();
        var quoting = bodies.Single(b => b.Text("type") == "text" && b.GetProperty("text").Text("body") == "Celle-ci est partie.");
        quoting.GetProperty("context").Text("message_id").ShouldBe(asked.Text("provider_id"));
        bodies.Single(b => b.Text("type") == "reaction").GetProperty("reaction").Text("message_id").ShouldBe(asked.Text("provider_id"));

        (await desk.Act(id, "send", new { message = "x", reply_to = 999_999_999L })).Wrong("reply_to");
        (await desk.Act(id, "send", new { message = "x", reply_to = "a" })).Wrong("reply_to");
        (await desk.Act(id, "send", new { content = new { type = "reaction", emoji = "👍" } })).Wrong("reply_to");
    }

    [Theory, OnEveryDatabase]
    public async Task What_cannot_be_sent_is_refused_with_the_fields_name(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await Answered(relais, desk, "+33611110046");
        object Button(string title) => new { id = title, title };
        (await desk.Act(id, "send", new { content = new { type = "buttons", body = "x", items = new[] { Button("A"), Button("Un titre de plus de vingt") } } }))
            .Wrong("content.items[1].title");
        (await desk.Act(id, "send", new { type = "buttons", body = "x", items = new[] { Button("A"), Button("Un titre de plus de vingt") } })).Wrong("items[1].title");
        (await desk.Act(id, "send", new { content = new { type = "buttons", body = 7 } })).Wrong("content.body");
        (await desk.Act(id, "send", new { content = new { type = "buttons", body = "x", header_media = new { link = "https://a.example" }, items = new[] { Button("A") } } }))
            .Wrong("content.header_media.type");
        (await desk.Act(id, "send", new { content = new { type = "telegram" } })).Wrong("content.type");
        (await desk.Act(id, "send", new { content = new { body = "x" } })).Wrong("content.type");
        (await desk.Act(id, "send", new { content = "x" })).Wrong("content");
        (await desk.Act(id, "send", new { type = "location", latitude = 1 })).Wrong("longitude");
        (await desk.Act(id, "send", new { type = "location", latitude = "1", longitude = 2 })).Wrong("latitude");
        (await desk.Act(id, "send", new { content = new { type = "text", body = "" } })).Wrong("content.body");
        (await desk.Act(id, "send", new { message = "" })).Wrong("message");
        (await desk.Act(id, "send", new { message = 7 })).Wrong("message");
        (await desk.Act(id, "send", new[] { 1 })).Wrong("body");
        (await desk.Act(id, "send", new { nothing = 1 })).Wrong("message");
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent", "a refused send takes nothing over");
        await relais.Settled();
        phone.Received(relais.Meta).Count.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Typing_shows_on_both_providers_and_marks_as_read(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in (SimulatedNumber[])[relais.Meta, relais.Twilio])
        {
            var phone = relais.Simulator.Phone("+3361111" + (number == relais.Meta ? "0047" : "0048"));
            await phone.Say(number, "Où est ma commande TRK123456 ?");
            await phone.Receives(number, 1);
            var id = await desk.ConversationWith(phone);
            (await desk.Act(id, "typing")).Ok().Text("success").ShouldBe("True");
            phone.Messages(number)[0].State.ShouldBe(BubbleState.Seen);
        }

        (await desk.Act(999_999_999, "typing")).Refused(404, "not_found");
    }

    private static async Task Turn(RelaisHost relais, SimulatedPhone phone, string row, string first, int count)
    {
        var bubble = phone.Messages(relais.Meta).Last(m => !m.FromCustomer);
        await phone.Tap(relais.Meta, bubble.Choices.Single(c => c.Id == row), bubble.Id);
        await phone.Receives(relais.Meta, count);
        phone.Messages(relais.Meta).Last(m => !m.FromCustomer).Choices[0].Id.ShouldBe(first);
    }

    private static object[] Days(int count) => [.. Enumerable.Range(1, count).Select(i => new { id = $"day:{i}", title = $"Jour {i}" })];

    private static async Task<(SimulatedPhone Phone, long Conversation)> Answered(RelaisHost relais, DeskClient desk, string from)
    {
        var phone = relais.Simulator.Phone(from);
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        return (phone, await desk.ConversationWith(phone));
    }
}
