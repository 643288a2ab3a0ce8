using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A person takes a conversation, speaks, gives it back, ends it.</summary>
public sealed class TakingOver
{
    [Theory, OnEveryDatabase]
    public async Task The_bot_is_silent_at_once_and_the_customer_is_told_in_their_language(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (from, question, told) in new[]
        {
            ("+33611110001", "Où est ma commande TRK123456 ?", "Camille a pris en charge"),
            ("+447711110002", "Where is my order TRK123456?", "Camille has taken over"),
            ("+212611110003", "أين طلبي TRK123456؟", "Camille يتابع محادثتك"),
        })
        {
            var phone = relais.Simulator.Phone(from);
            await phone.Say(relais.Meta, question);
            await phone.Receives(relais.Meta, 1);
            var id = await desk.ConversationWith(phone);

            var taken = (await desk.Act(id, "take-over")).Ok();
            taken.Text("status").ShouldBe("transferred");
            taken.Body.GetProperty("agent_mode").GetBoolean().ShouldBeTrue();
            await phone.Receives(relais.Meta, 2);
            phone.Received(relais.Meta)[1].ShouldContain(told);

            await phone.Say(relais.Meta, question);
            await Task.Delay(PhoneScreen.Silence);
            (await desk.Act(id, "send", new { message = "Je regarde." })).Ok();
            await phone.Receives(relais.Meta, 3);
            phone.Received(relais.Meta)[2].ShouldBe("Je regarde.");
            (await desk.Conversation(id)).GetProperty("agent_id").GetInt64().ShouldBe(desk.AgentId);
            (await desk.Act(id, "take-over")).Ok().Text("message_id").ShouldBeEmpty("taking over twice tells the customer once");
        }
    }

    [Theory, OnEveryDatabase]
    public async Task Given_back_the_agent_answers_what_is_unanswered_and_nothing_twice(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+447711110004");
        await phone.Say(relais.Meta, "Where is my order TRK123456?");
        await phone.Receives(relais.Meta, 1);
        var id = await desk.ConversationWith(phone);
        (await desk.Act(id, "take-over")).Ok();
        await phone.Receives(relais.Meta, 2);

        await phone.Say(relais.Meta, "What are your opening hours?");
        await desk.MessageThat(id, m => m.Text("seq") == "4", "the second question is in the conversation");
        (await desk.Act(id, "send", new { message = "From nine to seven." })).Ok();
        await phone.Receives(relais.Meta, 3);
        await phone.Say(relais.Meta, "How much is delivery?");
        await desk.MessageThat(id, m => m.Text("seq") == "6", "the third question is in the conversation");

        (await desk.Act(id, "release")).Ok().Text("status").ShouldBe("active");
        await phone.Receives(relais.Meta, 4);
        phone.Received(relais.Meta)[3].ShouldContain("4.90");
        await Task.Delay(PhoneScreen.Silence);
        phone.Received(relais.Meta).Count.ShouldBe(4);
        phone.Received(relais.Meta)[3].ShouldNotContain("Monday");
    }

    [Theory, OnEveryDatabase]
    public async Task Closing_says_goodbye_and_the_next_message_opens_a_new_conversation(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110005");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Meta, 1);
        var first = await desk.ConversationWith(phone);

        (await desk.Act(first, "close")).Ok().Text("status").ShouldBe("completed");
        await phone.Receives(relais.Meta, 2);
        phone.Received(relais.Meta)[1].ShouldContain("clôturée");
        var closed = await desk.Conversation(first);
        closed.GetProperty("duration").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        (await desk.Act(first, "send", new { message = "Encore un mot" })).Refused(409, "conversation_closed");
        (await desk.Act(first, "take-over")).Refused(409, "conversation_closed");

        await phone.Say(relais.Meta, "Combien coûte la livraison ?");
        await phone.Receives(relais.Meta, 3);
        var second = await desk.ConversationWith(phone);
        second.ShouldNotBe(first);
        phone.Received(relais.Meta)[2].ShouldContain("4,90");
        (await desk.Conversation(second)).Text("session_id").ShouldNotBe(closed.Text("session_id"));
    }

    [Theory, OnEveryDatabase]
    public async Task System_Bs_dashboard_addresses_take_JSON_and_forms(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110006");
        await phone.Say(relais.Twilio, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Twilio, 1);
        var id = await desk.ConversationWith(phone);

        (await desk.PostForm($"/dashboard/chat/{id}/take-over")).Ok();
        (await desk.PostForm($"/dashboard/chat/{id}/send", ("message", "Bonjour, c'est Camille & Cie"))).Ok();
        (await desk.Post($"/dashboard/chat/{id}/send", new { message = "Je vérifie 👍" })).Ok();
        (await desk.Post($"/dashboard/chat/{id}/close")).Ok();
        await phone.Receives(relais.Twilio, 5);
        var received = phone.Received(relais.Twilio);
        received[1].ShouldContain("a pris en charge");
        received[2].ShouldBe("Bonjour, c'est Camille & Cie");
        received[3].ShouldBe("Je vérifie 👍");
        received[4].ShouldContain("clôturée");
        (await desk.PostForm($"/dashboard/chat/{id}/send", ("message", " "))).Refused(400, "invalid");
        var events = (await desk.Get($"/api/conversations/{id}/events")).Ok().Body.GetProperty("items").EnumerateArray().Select(e => e.Text("type"));
        events.ShouldBe(["taken_over", "closed"]);
    }
}
