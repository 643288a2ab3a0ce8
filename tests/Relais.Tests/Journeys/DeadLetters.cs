using System.Text.Json;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Messages that did not get through, or of which nobody knows: seen by a person, sent again by a person.</summary>
public sealed class DeadLetters
{
    [Theory, OnEveryDatabase]
    public async Task A_refused_message_is_listed_and_delivered_once_when_it_is_sent_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        var phone = relais.Simulator.Phone("+33611110031");
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 1));
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        var id = await desk.ConversationWith(phone);
        var failed = await desk.MessageThat(id, m => m.Text("status") == "failed", "the answer is refused");
        failed.Text("error").ShouldNotBeEmpty();
        failed.GetProperty("failed_at").ValueKind.ShouldBe(JsonValueKind.String);

        var letter = (await Letters(desk)).ShouldHaveSingleItem();
        letter.Text("kind").ShouldBe("dead");
        letter.Text("id").ShouldBe(failed.Text("id"));
        letter.Text("conversation_id").ShouldBe(id.ToString());
        letter.Text("reason").ShouldNotBeEmpty();
        (await Letters(other)).ShouldBeEmpty();
        (await other.Post($"/api/dead-letters/{letter.Text("id")}/replay")).Refused(404, "not_found");

        (await desk.Post($"/api/dead-letters/{letter.Text("id")}/replay")).Ok();
        await phone.Receives(relais.Meta, 1);
        await desk.MessageThat(id, m => m.Text("status") == "delivered", "it is delivered");
        (await Letters(desk)).ShouldBeEmpty();
        (await desk.Post($"/api/dead-letters/{letter.Text("id")}/replay")).Refused(404, "not_found");
        relais.Simulator.AcceptedTotal.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_of_unknown_fate_is_shown_after_ten_minutes_and_sent_again_by_a_person_only(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110032");
        relais.Simulator.Statuses = StatusPolicy.None;
        relais.Simulator.Faults.Add(new Fault(FaultKind.AcceptThenLose, Times: 1));
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        var id = await desk.ConversationWith(phone);
        var lost = await desk.MessageThat(id, m => m.Text("status") == "unknown", "nobody knows what became of the answer");
        (await Letters(desk)).ShouldBeEmpty("a status may still come");

        relais.Clock.Advance(TimeSpan.FromMinutes(11));
        var letter = (await Letters(desk)).ShouldHaveSingleItem();
        letter.Text("kind").ShouldBe("unknown");
        letter.Text("id").ShouldBe(lost.Text("id"));
        relais.Simulator.AcceptedTotal.ShouldBe(1, "it is never repeated blindly");

        (await desk.Post($"/api/dead-letters/{lost.Text("id")}/replay")).Ok();
        await desk.MessageThat(id, m => m.Text("status") == "sent", "it is sent again");
        relais.Simulator.AcceptedTotal.ShouldBe(2);
        (await Letters(desk)).ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task A_status_settles_what_was_unknown_and_nothing_is_repeated(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        relais.Simulator.Statuses = new StatusPolicy(StatusReach.Delivered, TimeSpan.FromSeconds(1.5), TimeSpan.FromMilliseconds(50));
        relais.Simulator.Faults.Add(new Fault(FaultKind.AcceptThenLose, Times: 2));
        foreach (var (number, from) in new[] { (relais.Meta, "+33611110033"), (relais.Twilio, "+33611110034") })
        {
            var phone = relais.Simulator.Phone(from);
            await phone.Say(number, "Où est ma commande TRK123456 ?");
            var id = await desk.ConversationWith(phone);
            await desk.MessageThat(id, m => m.Text("status") == "unknown", "nobody knows what became of the answer");
            var settled = await desk.MessageThat(id, m => m.Text("status") == "delivered", "the status settles it");
            settled.Text("provider_id").ShouldNotBeEmpty();
        }

        relais.Clock.Advance(TimeSpan.FromMinutes(11));
        (await Letters(desk)).ShouldBeEmpty();
        relais.Simulator.AcceptedTotal.ShouldBe(2);
    }

    private static async Task<List<JsonElement>> Letters(DeskClient desk) =>
        [.. (await desk.Get("/api/dead-letters")).Ok().Body.GetProperty("items").EnumerateArray()];
}
