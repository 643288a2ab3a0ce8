using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Engine.Flows;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Flows with customers: what starts them, how they wait, who else may speak, and what is left of them.</summary>
public sealed class FlowRuns
{
    private static readonly FlowSketch Booking = new FlowSketch("name")
        .Asks("name", "Votre nom ?", "kind", """ "relais": {"expects": {"type": "name", "invalid": "Il me faut un nom.", "attempts": 3}, "saves_contact": "name"} """)
        .Asks("kind", "Merci {{widgets.name.value}}. Neuf ou occasion ?", "which",
            """ "timeout": "600", "relais": {"choices": [{"id": "new", "title": "Neuf"}, {"id": "used", "title": "Occasion"}], "expects": {"type": "choice", "invalid": "Choisissez, s'il vous plaît."}} """)
        .Step("which", "split-based-on", """{"input": "{{widgets.kind.choice}}"}""", "noMatch>", "match[equal_to new]>count", "match[equal_to used]>person")
        .Step("count", "set-variables", """{"variables": [{"key": "seats", "value": "{{ '4' | plus: 1 }}"}]}""", "next>done")
        .Says("done", "{{flow.variables.seats}} places, {{widgets.name.value | upcase}}.")
        .Step("person", "send-to-flex", """{"attributes": "{\"reason\": \"used_cars\"}", "relais": {"text": "Un conseiller arrive."}}""", "callComplete>");

    [Theory, OnEveryDatabase]
    public async Task A_keyword_starts_it_answers_are_checked_and_then_the_ai_agent_is_back(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var flow = await Published(desk, Booking, """{"triggers": [{"type": "keyword", "words": ["rendez-vous"]}]}""");
        var amal = relais.Chat(relais.Meta, "+33611110401");
        await amal.Asks("Où est TRK123456 ?", "expédiée");
        await amal.Asks("Rendez-Vous", "Votre nom ?");
        (await amal.Assignee()).ShouldBe(1, "a flow has it");
        await amal.Asks("42", "Il me faut un nom.");
        await amal.Asks("Amal Idrissi", "Merci Amal Idrissi. Neuf ou occasion ?");
        amal.Answers[^1].Choices.Select(b => b.Title).ShouldBe(["Neuf", "Occasion"]);
        await amal.Asks("le vélo", "Choisissez");
        await amal.Asks("1", "5 places, AMAL IDRISSI.");
        await amal.Asks("Où est TRK123456 ?", "expédiée");
        await amal.HearsNoMore();

        var run = (await desk.Get($"/api/flows/{flow}/executions")).Ok().Body.GetProperty("items")[0];
        (run.Text("status"), run.Text("trigger"), run.Text("version")).ShouldBe(("completed", "keyword", "1"));
        var steps = (await desk.Get($"/api/flow-executions/{run.Text("id")}")).Ok().Body.GetProperty("steps").EnumerateArray()
            .Select(s => $"{s.Text("step")} {s.Text("event")}").ToList();
        steps.ShouldBe(["Trigger incomingMessage", "name incomingMessage", "kind incomingMessage", "which match", "count next", "done sent"]);
        var figures = (await desk.Get($"/api/flows/{flow}/statistics")).Ok().Body;
        (figures.Text("started"), figures.Text("completed"), figures.Text("active")).ShouldBe(("1", "1", "0"));
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Wrong_answers_end_with_people_and_so_does_asking_for_them(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Published(desk, Booking, """{"triggers": [{"type": "message"}], "exit_words": ["sortir"], "restart_words": ["recommencer"]}""");
        var lost = relais.Chat(relais.Twilio, "+33611110402");
        await lost.Asks("Bonjour", "Votre nom ?");
        await lost.Asks("1", "Il me faut un nom.");
        await lost.Asks("2", "Il me faut un nom.");
        await lost.Says("3");
        await lost.Hears();
        (await lost.Assignee()).ShouldBe(5);
        (await desk.Conversation(await desk.ConversationWith(lost.Phone))).Text("handoff_reason").ShouldBe("invalid_answers");

        var buyer = relais.Chat(relais.Twilio, "+33611110403");
        await buyer.Asks("Salut", "Votre nom ?");
        await buyer.Asks("Sortir", "on s'arrête là");
        (await buyer.Assignee()).ShouldBe(2);
        await buyer.Asks("Salut", "Votre nom ?");
        await buyer.Asks("Karim", "Neuf ou occasion");
        await buyer.Asks("recommencer", "Votre nom ?");
        await buyer.Asks("Karim", "Neuf ou occasion");
        await buyer.Asks("ocasion", "Un conseiller arrive.");
        (await buyer.Assignee()).ShouldBe(5);
        (await desk.Conversation(await desk.ConversationWith(buyer.Phone))).Text("handoff_reason").ShouldBe("used_cars");
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_person_wins_over_a_flow_and_may_give_back_to_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Published(desk, Booking, """{"triggers": [{"type": "message"}], "on_release": "resume"}""");
        var zoe = relais.Chat(relais.Meta, "+33611110404");
        await zoe.Asks("Bonjour", "Votre nom ?");
        var id = await desk.ConversationWith(zoe.Phone);
        (await desk.Act(id, "take-over")).Ok();
        await zoe.Hears();
        await zoe.Says("Zoé");
        await zoe.HearsNoMore();
        (await desk.Get($"/api/conversations/{id}/flow")).Ok().Text("status").ShouldBe("paused");
        (await desk.Act(id, "send", new { message = "Je vous rends au formulaire." })).Ok();
        await zoe.Hears("Je vous rends");
        (await desk.Act(id, "release")).Ok();
        await zoe.Hears("Votre nom ?");
        await zoe.Asks("Zoé", "Neuf ou occasion");
        (await desk.Act(id, "close")).Ok();
        await zoe.Hears();
        (await desk.Get($"/api/conversations/{id}/flow")).Ok().Text("reason").ShouldBe("closed");
    }

    [Theory, OnEveryDatabase]
    public async Task A_long_menu_has_pages_and_takes_a_choice_of_any(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var choices = string.Join(",", Enumerable.Range(1, 14).Select(i => $$"""{"id": "c{{i}}", "title": "Modèle {{i}}"}"""));
        var menu = new FlowSketch("menu")
            .Asks("menu", "Quel modèle ?", "got", $$""" "relais": {"choices": [{{choices}}], "expects": {"type": "choice", "attempts": 2, "invalid": "Un modèle de la liste, s'il vous plaît."} } """)
            .Says("got", "{{widgets.menu.title}} ({{widgets.menu.choice}}), noté.");
        await Published(desk, menu, """{"triggers": [{"type": "message"}]}""");
        var ali = relais.Chat(relais.Meta, "+33611110407");
        await ali.Asks("Bonjour", "Quel modèle ?");
        var shown = ali.Answers[^1].Choices;
        shown.Count.ShouldBe(10);
        await ali.Phone.Tap(relais.Meta, shown[^1], ali.Answers[^1].Id);
        await ali.Hears("Quel modèle ?");
        var thirteenth = ali.Answers[^1].Choices.Single(c => c.Title == "Modèle 13");
        await ali.Phone.Tap(relais.Meta, thirteenth, ali.Answers[^1].Id);
        await ali.Hears("Modèle 13 (c13), noté.");
        await ali.HearsNoMore();
    }

    [Theory, OnEveryDatabase]
    public async Task Nobody_answering_ends_it_and_silence_asked_for_ends_it_at_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var patience = new FlowSketch("pause")
            .Step("pause", "send-and-wait-for-reply", """{"body": "Un instant", "timeout": "1"}""", "incomingMessage>heard", "timeout>late")
            .Says("heard", "J'ai lu : {{widgets.pause.inbound.Body}}")
            .Asks("late", "Toujours là ?", "heard");
        var flow = await Published(desk, patience, """{"triggers": [{"type": "message"}]}""");
        var ines = relais.Chat(relais.Meta, "+33611110405");
        await ines.Asks("Bonjour", "Un instant");
        await ines.Hears("Toujours là ?");
        await ines.Asks("STOP", "C'est noté");
        await ines.HearsNoMore();
        var run = (await desk.Get($"/api/flows/{flow}/executions")).Ok().Body.GetProperty("items")[0];
        (run.Text("status"), run.Text("reason")).ShouldBe(("abandoned", "opted_out"));
    }

    [Theory, OnEveryDatabase]
    public async Task A_flow_that_says_nothing_leaves_the_customer_to_the_ai_agent(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Published(desk, new FlowSketch(""), """{"triggers": [{"type": "message"}]}""");
        var nora = relais.Chat(relais.Twilio, "+33611110408");
        await nora.Asks("Où est TRK123456 ?", "expédiée");
        (await nora.Assignee()).ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_program_starts_it_with_parameters_and_running_ones_keep_their_version(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var greeting = new FlowSketch("hello").Asks("hello", "Bonjour {{flow.data.first}}, un avis ?", "thanks").Says("thanks", "Merci pour « {{widgets.hello.inbound.Body}} » (v1).");
        var flow = await Published(desk, greeting, """{"triggers": []}""");
        var paul = relais.Chat(relais.Meta, "+33611110406");
        await paul.Asks("Où est TRK123456 ?", "expédiée");
        var body = new { to = "+33 6 11 11 04 06", from = relais.Meta.Address, parameters = new { first = "Paul" } };
        (await desk.Post($"/api/flows/{flow}/executions", body, key: "start-1")).Ok().Status.ShouldBe(201);
        (await desk.Post($"/api/flows/{flow}/executions", body, key: "start-1")).Ok();
        await paul.Hears("Bonjour Paul, un avis ?");
        (await desk.Post($"/api/flows/{flow}/executions", body)).Refused(409, "flow_busy");

        var second = greeting.Json.Replace("(v1)", "(v2)", StringComparison.Ordinal);
        var revision = (await desk.Get($"/api/flows/{flow}")).Ok().Body.GetProperty("draft_revision").GetInt64();
        (await desk.Json(HttpMethod.Put, $"/api/flows/{flow}/draft", $$"""{"revision": {{revision}}, "definition": {{second}}}""")).Ok();
        (await desk.Post($"/api/flows/{flow}/publish")).Ok();
        await paul.Asks("Très bien", "Merci pour « Très bien » (v1).");
        (await desk.Post($"/api/flows/{flow}/executions", body)).Ok();
        await paul.Hears("Bonjour Paul");
        await paul.Asks("Encore mieux", "(v2)");
        await paul.HearsNoMore();

        // Who never wrote can only be sent a template: the flow says so to itself and ends.
        (await desk.Post($"/api/flows/{flow}/executions", new { to = "+33611110499", from = relais.Meta.Address })).Ok();
        await relais.Settled();
        (await desk.Get($"/api/flows/{flow}/executions")).Ok().Body.GetProperty("items").EnumerateArray().Select(r => r.Text("status")).ShouldNotContain("active");
    }

    [Theory, OnEveryDatabase]
    public async Task The_first_answer_to_a_campaign_starts_its_flow_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await Published(desk, new FlowSketch("hello").Says("hello", "Merci de votre intérêt, {{contact.channel.address}}."), """{"triggers": [{"type": "campaign_reply", "values": ["7"]}]}""");
        (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();
        var amal = relais.Chat(relais.Meta, "+33611110441");
        await amal.Asks("Où est TRK123456 ?", "expédiée");
        await Campaign(relais, 8, "Les soldes");
        await amal.Hears("Les soldes");
        await amal.Asks("Où est TRK123456 ?", "expédiée");
        await Campaign(relais, 7, "Une offre pour vous");
        await amal.Hears("Une offre pour vous");
        await amal.Asks("Cela m'intéresse", "Merci de votre intérêt");
        await amal.Asks("Où est TRK123456 ?", "expédiée");
        await amal.HearsNoMore();
    }

    /// <summary>Queues what a campaign of this id would, to everybody.</summary>
    private static async Task Campaign(RelaisHost relais, long id, string text)
    {
        var gate = relais.Services.GetRequiredService<Relais.Outbox.SendGate>();
        var ids = await relais.Services.GetRequiredService<Relais.Storage.Ids>().Take(10);
        var conversations = await relais.Facts.Query<long>("SELECT id FROM conversation", new { });
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            var to = await Relais.Outbox.Addressing.Conversations(tx, 1, conversations);
            var why = new Relais.Outbox.UnaskedWhy(Relais.Outbox.UnaskedWhy.Campaign, id, "a test's campaign");
            return await gate.Offer(tx, to.ConvertAll(t => t.Unasked(new Relais.Channels.OutboundContent.Text(text), Relais.Conversations.Author.System, why, Relais.Outbox.SendPurpose.Service)), ids);
        });
    }

    private static async Task<string> Published(DeskClient desk, FlowSketch sketch, string settings)
    {
        var made = (await desk.Json(HttpMethod.Post, "/api/flows", $$"""{"settings": {{settings}}, "definition": {{sketch.Json}}}""")).Ok();
        (await desk.Post($"/api/flows/{made.Text("id")}/publish")).Ok();
        return made.Body.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
    }
}
