using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A number that the provider stops holds its messages, says why, and sends them all once it may again.</summary>
public sealed class PausedNumbers
{
    [Theory, OnEveryDatabase]
    public async Task What_waits_for_a_locked_account_leaves_when_an_admin_resumes_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Nadia", "agent");
        relais.Simulator.Faults.Add(new Fault(FaultKind.Refused, Number: relais.Meta.Address, Code: 131031, HttpStatus: 403));
        var first = relais.Chat(relais.Meta, "+33655500001");
        await first.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM inbox WHERE pause_code = 131031") == 1, "the number is paused");
        var second = relais.Chat(relais.Meta, "+33655500002");
        await second.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0") == 2, "both answers wait");
        (await relais.Facts.Count("SELECT count(*) FROM change WHERE type = 'inbox.updated'")).ShouldBe(1, "the console is told once");
        var waiting = (await desk.Messages(await desk.ConversationWith(first.Phone))).Last();
        (waiting.Text("status"), waiting.Text("error")).ShouldBe(("queued", waiting.Text("error")));
        waiting.Text("error").ShouldContain("locked");
        (await desk.Messages(await desk.ConversationWith(second.Phone))).Last().Text("error").ShouldContain("locked", customMessage: "also of what came later");

        // The other number is not concerned.
        await relais.Chat(relais.Twilio, "+33655500003").Asks("Bonjour", "Beyond Express");

        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE pause_code = 131031");
        relais.Simulator.Faults.Clear();
        (await agent.Post($"/api/inboxes/{inbox}/resume")).Refused(403, "forbidden");
        (await desk.Post("/api/inboxes/999999/resume")).Refused(404, "not_found");
        (await desk.Post($"/api/inboxes/{inbox}/resume")).Ok().Text("paused_at").ShouldBeEmpty();
        await first.Hears("Beyond Express");
        await second.Hears("Beyond Express");
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task An_expired_token_pauses_the_number_and_no_message_dies_of_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        relais.Simulator.Faults.Add(new Fault(FaultKind.TokenExpired));
        var customer = relais.Chat(relais.Meta, "+33655500001");
        await customer.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM inbox WHERE pause_code = 190 AND pause_probes = 60") == 1, "the number is paused");
        (await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0")).ShouldBe(1);
        relais.Simulator.Faults.Clear();
        (await desk.Post($"/api/inboxes/{await relais.Facts.Count("SELECT id FROM inbox WHERE pause_code = 190")}/resume")).Ok();
        await customer.Hears("Beyond Express");
    }

    [Theory, OnEveryDatabase]
    public async Task A_token_put_right_is_noticed_by_the_next_message_that_goes(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.TokenExpired, Times: 1));
        var first = relais.Chat(relais.Meta, "+33655500001");
        await first.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM inbox WHERE pause_code = 190") == 1, "the number is paused");
        await relais.Chat(relais.Meta, "+33655500002").Asks("Bonjour", "Beyond Express");
        await first.Hears("Beyond Express");
        (await relais.Facts.Count("SELECT count(*) FROM inbox WHERE paused_at IS NOT NULL")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_failed_status_that_is_about_the_account_pauses_the_number_too(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Faults.Add(new Fault(FaultKind.StatusFailed, Times: 1, Code: 131042));
        await relais.Chat(relais.Meta, "+33655500001").Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM inbox WHERE pause_code = 131042") == 1, "the number is paused");
    }
}
