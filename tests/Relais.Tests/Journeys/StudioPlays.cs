using System.Text.Json.Nodes;
using Relais.Simulator;
using Relais.Simulator.Studio;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>System B's flows kept in Twilio Studio, played by the simulator with Twilio's signature: who speaks, and what the desk keeps.</summary>
public sealed class StudioPlays
{
    private const string Customer = "+212600000061";

    [Theory, OnEveryDatabase]
    public async Task With_agent_mode_Studio_speaks_until_a_person_has_the_conversation(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var studio = new SimulatedStudio(relais.Simulator);
        var phone = relais.Simulator.Phone(Customer, "Sara");
        Task<StudioAct> Say(string text) => studio.Say(phone, relais.Twilio, text, StudioOption.AgentMode);

        var begun = await Say("mercedes");
        Shown(begun).ShouldBe(["incoming 200"]);
        var told = begun.Calls[0].Answer!;
        told["success"]!.GetValue<bool>().ShouldBeTrue();
        told["agent_mode"]!.GetValue<bool>().ShouldBeFalse();
        told["is_client"]!.GetValue<bool>().ShouldBeFalse();
        told["current_menu"]!.GetValue<string>().ShouldBe("main_menu");
        var id = told["conversation_id"]!.GetValue<long>();
        Shown(await Say("3")).ShouldBe(["menu-choice 200"]);
        Shown(await Say("pas une adresse")).ShouldBe(["free-input 400"]);
        Shown(await Say("sara@exemple.ma")).ShouldBe(["free-input 200"]);
        var done = await Say("2099-03-25");
        Shown(done).ShouldBe(["free-input 200", "complete 200"]);
        KeysOf(done.Calls[1].Answer!).ShouldBe(["agent_mode", "conversation_id", "status", "success"]);
        done.Calls[1].Answer!["status"]!.GetValue<string>().ShouldBe("completed");
        (await desk.Conversation(id)).Text("status").ShouldBe("completed");
        (await Events(desk, id)).ShouldBe(["menu_choice", "free_input", "free_input", "completed_by_flow", "closed"]);

        // Anew, and a person takes over while Studio waits for an answer: from there on it is silent, and the person reads what is written.
        var second = (await Say("mercedes")).Calls[0].Answer!["conversation_id"]!.GetValue<long>();
        second.ShouldNotBe(id);
        relais.Simulator.AcceptedTotal.ShouldBe(0, "nothing of ours was said");
        (await desk.Act(second, "take-over")).Ok();
        var interrupted = await Say("Je préfère écrire à quelqu'un");
        Shown(interrupted).ShouldBe(["incoming 200"]);
        interrupted.Says.ShouldBeEmpty();
        (await desk.Messages(second)).Select(m => m.Text("content")).ShouldContain("Je préfère écrire à quelqu'un");
        var waits = await Say("Vous êtes là ?");
        Shown(waits).ShouldBe(["incoming 200"]);
        waits.Calls[0].AgentMode.ShouldBeTrue();
        (await desk.Act(second, "send", new { message = "Oui, bonjour." })).Ok();
        await Eventually.Holds(() => Task.FromResult(phone.Received(relais.Twilio).Contains("Oui, bonjour.")), "the person's words arrive");

        // Given back, the AI agent answers and Studio stays silent: one voice at a time.
        (await desk.Act(second, "release")).Ok();
        await relais.Settled();
        var accepted = relais.Simulator.AcceptedTotal;
        var given = await Say("Quels sont vos horaires d'ouverture ?");
        given.Calls[0].AgentMode.ShouldBeTrue();
        await Eventually.Holds(() => Task.FromResult(relais.Simulator.AcceptedTotal > accepted), "the AI agent answers");
        (await desk.Conversation(second)).Text("assignee").ShouldBe("ai_agent");
    }

    [Theory, OnEveryDatabase]
    public async Task Without_agent_mode_what_Studio_says_after_a_person_took_over_is_kept_and_changes_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var studio = new SimulatedStudio(relais.Simulator);
        var phone = relais.Simulator.Phone(Customer, "Sara");
        Task<StudioAct> Say(string text) => studio.Say(phone, relais.Twilio, text, StudioOption.Simple);

        var id = (await Say("mercedes")).Calls[0].Answer!["conversation_id"]!.GetValue<long>();
        (await desk.Act(id, "take-over")).Ok();
        await relais.Settled();
        var accepted = relais.Simulator.AcceptedTotal;
        var acts = new List<StudioAct> { await Say("3"), await Say("sara@exemple.ma"), await Say("2099-03-25") };
        acts.SelectMany(Shown).ShouldBe(["menu-choice 200", "free-input 200", "free-input 200", "complete 200"]);
        foreach (var call in acts.SelectMany(a => a.Calls))
        {
            (call.Answer!["conversation_id"]!.GetValue<long>(), call.Answer!["status"]!.GetValue<string>(), call.AgentMode).ShouldBe((id, "transferred", true));
        }

        var conversation = await desk.Conversation(id);
        (conversation.Text("status"), conversation.Text("agent_id")).ShouldBe(("transferred", desk.AgentId.ToString()));
        (await Events(desk, id)).ShouldBe(["taken_over", "menu_choice", "free_input", "free_input", "completed_by_flow"]);

        // A transfer Studio asked for: the customer was told by Studio, and nobody of ours says that somebody will come.
        await desk.Act(id, "close");
        await relais.Settled();
        accepted = relais.Simulator.AcceptedTotal;
        var next = (await Say("mercedes")).Calls[0].Answer!["conversation_id"]!.GetValue<long>();
        var transfer = (await Say("5")).Calls[0].Answer!;
        (transfer["status"]!.GetValue<string>(), transfer["agent_mode"]!.GetValue<bool>()).ShouldBe(("transferred", true));
        (await Say("allo ?")).Calls[0].Answer!["conversation_id"]!.GetValue<long>().ShouldBe(next);
        await relais.Settled();
        await Task.Delay(PhoneScreen.Silence);
        relais.Simulator.AcceptedTotal.ShouldBe(accepted, "no greeting, no waiting text");
    }

    [Theory, OnEveryDatabase]
    public async Task A_conversation_of_the_AI_agent_that_Studio_feeds_becomes_Studios(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var studio = new SimulatedStudio(relais.Simulator);
        var phone = relais.Simulator.Phone(Customer, "Sara");
        await phone.Say(relais.Twilio, "Quels sont vos horaires d'ouverture ?");
        await phone.Receives(relais.Twilio, 1);
        var id = await desk.ConversationWith(phone);
        (await desk.Conversation(id)).Text("assignee").ShouldBe("ai_agent");
        await relais.Settled();
        var accepted = relais.Simulator.AcceptedTotal;

        var told = (await studio.Say(phone, relais.Twilio, "Combien coûte la livraison ?", StudioOption.AgentMode)).Calls[0];
        told.Answer!["conversation_id"]!.GetValue<long>().ShouldBe(id);
        told.AgentMode.ShouldBeFalse();
        (await desk.Conversation(id)).Text("assignee").ShouldBe("flow");
        await phone.Say(relais.Twilio, "Puis-je retourner un article ?");
        await Task.Delay(PhoneScreen.Silence);
        relais.Simulator.AcceptedTotal.ShouldBe(accepted, "one voice: the flow outside has it");

        // Whether they are a customer already: an answer says so, then a person says otherwise.
        Task<ApiAnswer> Signed(string verb, params (string Name, string Value)[] fields) => StudioFlows.SignedForm(relais, "/api/twilio/" + verb, fields);
        (await Signed("free-input", ("conversation_id", $"{id}"), ("widget_name", "is_client"), ("user_input", "Oui"))).Ok();
        (await Told()).ShouldBeTrue("answered");
        var contact = (await desk.Conversation(id)).Text("contact_id");
        (await desk.Patch($"/api/contacts/{contact}", new { is_client = false })).Ok().Body.GetProperty("is_client").GetBoolean().ShouldBeFalse();
        (await Told()).ShouldBeFalse("a person said so");

        async Task<bool> Told() => (await Signed("incoming", ("From", "whatsapp:" + Customer), ("Body", "x"), ("MessageSid", "SM77"))).Ok()
            .Body.GetProperty("is_client").GetBoolean();
    }

    private static IEnumerable<string> Shown(StudioAct act) => act.Calls.Select(c => $"{c.Path["/api/twilio/".Length..]} {c.Status}");

    private static IEnumerable<string> KeysOf(JsonNode answer) => answer.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);

    private static async Task<List<string>> Events(DeskClient desk, long id) =>
        [.. (await desk.Get($"/api/conversations/{id}/events")).Ok().Body.GetProperty("items").EnumerateArray().Select(e => e.Text("type"))];
}
