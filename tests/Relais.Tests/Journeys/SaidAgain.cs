using Relais.Simulator;
using Relais.Tests.Engine.Ai.Providers;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>One click sends again what did not arrive, and one click says it in another language.</summary>
public sealed class SaidAgain
{
    [Theory, OnEveryDatabase]
    public async Task A_failed_message_is_sent_again_once_however_often_it_is_clicked(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110731");
        await phone.Say(relais.Meta, "Bonjour");
        var id = await desk.ConversationWith(phone);
        await relais.Settled();
        (await desk.Act(id, "take-over")).Ok();
        await relais.Settled();
        var heard = phone.Received(relais.Meta).Count;

        // Refused by the provider: a dead letter, which goes again as it is.
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 1));
        (await desk.Act(id, "send", new { message = "Premier" })).Ok();
        var dead = await desk.MessageThat(id, m => m.Text("message") == "Premier" && m.Text("status") == "failed", "it fails");
        var first = (await desk.Post($"/api/messages/{dead.Text("id")}/retry")).Ok();
        await phone.Receives(relais.Meta, heard + 1);
        await relais.Settled();
        var second = await desk.Post($"/api/messages/{dead.Text("id")}/retry");

        // As it is (a dead letter) or anew (its fate came by a status): either way there is one.
        if (second.Status == 200)
        {
            second.Text("message_id").ShouldBe(first.Text("message_id"));
        }
        else
        {
            second.Refused(409, "not_failed");
        }

        await relais.Settled();
        phone.Received(relais.Meta).Count(t => t == "Premier").ShouldBe(1);

        // Taken back before it left: said anew, in a person's name.
        (await desk.Act(id, "send", new { message = "Deuxième" })).Ok();
        var taken = await desk.MessageThat(id, m => m.Text("message") == "Deuxième" && m.Text("status") is "sent" or "delivered" or "read", "it is sent");
        (await desk.Post($"/api/messages/{taken.Text("id")}/retry")).Refused(409, "not_failed");
        await relais.Settled();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), tx => tx.Execute(
            "UPDATE message SET status = 5 WHERE tenant_id = @TenantId AND content = 'Deuxième'", new { desk.TenantId }));
        var anew = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => desk.Post($"/api/messages/{taken.Text("id")}/retry")));
        anew.Select(a => a.Ok().Text("message_id")).Distinct().ShouldHaveSingleItem().ShouldNotBe(taken.Text("id"));
        await relais.Settled();
        phone.Received(relais.Meta).Count(t => t == "Deuxième").ShouldBe(2, "the first, and the one that was asked for");

        var theirs = (await desk.Messages(id))[0].Text("id");
        (await desk.Post($"/api/messages/{theirs}/retry")).Refused(409, "not_failed");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/messages/{taken.Text("id")}/retry")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_is_translated_by_the_business_s_own_model_and_paid_for_once(DatabaseKind kind)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal)
        {
            ["OPENAI_BASE_URL"] = $"{server.Url}v1", ["OPENAI_MODEL"] = "gpt-6-luna",
        });
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611110732");
        await chat.Asks("Quels sont vos horaires d'ouverture ?", "Bonjour de loin");
        await relais.Settled();
        var id = await desk.ConversationWith(chat.Phone);
        var message = (await desk.Messages(id))[0].Text("id");
        var asked = server.Asked.Count;

        var first = (await desk.Post($"/api/messages/{message}/translate", new { to = "ar" })).Ok();
        (first.Text("text"), first.Text("from"), first.Text("to"), first.Text("provider")).ShouldBe(("Bonjour de loin", "fr", "ar", "openai"));
        (await desk.Post($"/api/messages/{message}/translate", new { to = "ar" })).Ok().Text("text").ShouldBe("Bonjour de loin");
        server.Asked.Count.ShouldBe(asked + 1, "it is kept");
        ((string)server.Asked[^1].Body["messages"]!.AsArray()[0]!["content"]!).ShouldContain("Arabic");
        (await desk.Post("/api/translate", new { text = "Good morning, where is the shop?", to = "fr" })).Ok().Text("from").ShouldBe("en");
        (await relais.Facts.Count("SELECT count(*) FROM ai_usage WHERE contact_id = @AgentId", new { desk.AgentId })).ShouldBe(2);
        (await desk.Post("/api/translate", new { text = "x", to = "de" })).Wrong("to");
        (await desk.Post("/api/translate", new { text = " ", to = "fr" })).Wrong("text");
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/messages/{message}/translate", new { to = "de" })).Refused(404, "not_found");
    }
}
