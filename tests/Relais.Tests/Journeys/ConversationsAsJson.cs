using System.Text.Json;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The names that the source systems' scripts read.</summary>
public sealed class ConversationsAsJson
{
    [Theory, OnEveryDatabase]
    public async Task A_conversation_and_its_messages_carry_the_source_systems_names(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110041", "Amina");
        await phone.Say(relais.Twilio, "Où est ma commande TRK123456 ?");
        await phone.Receives(relais.Twilio, 1);
        var id = await desk.ConversationWith(phone);
        (await desk.Act(id, "take-over")).Ok();
        (await desk.Act(id, "send", new { message = "Bonjour Amina" })).Ok();
        await desk.MessageThat(id, m => m.Text("content") == "Bonjour Amina" && m.Text("status") == "delivered", "it is delivered");

        var conversation = await desk.Conversation(id);
        conversation.Text("phone_number").ShouldBe("+33611110041");
        conversation.Text("conciergerie_id").ShouldBe(desk.TenantId.ToString());
        conversation.Text("agent_id").ShouldBe(desk.AgentId.ToString());
        conversation.Text("status").ShouldBe("transferred");
        conversation.Text("last_message").ShouldBe("Bonjour Amina");
        conversation.Text("session_id").ShouldNotBeEmpty();
        conversation.GetProperty("duration").ValueKind.ShouldBe(JsonValueKind.Null);
        var created = DateTimeOffset.Parse(conversation.Text("created_at"));
        created.Offset.ShouldBe(TimeSpan.Zero);
        DateTimeOffset.Parse(conversation.Text("last_message_at")).ShouldBeGreaterThanOrEqualTo(created);

        var messages = await desk.Messages(id);
        messages.Select(m => m.Text("seq")).ShouldBe(["1", "2", "3", "4"]);
        messages.Select(m => m.Text("sender")).ShouldBe(["client", "concierge", "concierge", "concierge"]);
        messages.Select(m => m.Text("author")).ShouldBe(["client", "ai", "system", "concierge"]);
        messages[0].Text("ai_suggestion").ShouldBe(messages[1].Text("content"));
        messages[0].Text("status").ShouldBeEmpty();
        messages.ShouldAllBe(m => m.Text("message") == m.Text("content") && m.Text("provider_id").Length > 0);
        messages[3].Text("agent_name").ShouldBe("Camille");
        DateTimeOffset.Parse(messages[3].Text("delivered_at")).ShouldBeGreaterThanOrEqualTo(DateTimeOffset.Parse(messages[3].Text("sent_at")));
    }
}
