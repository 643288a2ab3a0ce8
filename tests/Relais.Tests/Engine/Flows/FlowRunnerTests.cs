using System.Globalization;
using System.Text.Json.Nodes;
using Relais.Channels;
using Relais.Engine.Flows;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>Each widget as a value: state and event in, state and effects out.</summary>
public sealed class FlowRunnerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    private static readonly FlowWorld World = new() { Now = Noon };

    [Fact]
    public void A_message_is_said_and_the_run_ends_where_nothing_follows()
    {
        var outcome = Begin(new FlowSketch("a").Says("a", "Bonjour {{contact.name}}", "b").Says("b", "Au revoir"));
        Texts(outcome).ShouldBe(["Bonjour Amal", "Au revoir"]);
        outcome.End.ShouldBe(new FlowEnd.Completed());
        outcome.Steps.ShouldBe([new FlowTrace("Trigger", "incomingMessage"), new FlowTrace("a", "sent"), new FlowTrace("b", "sent")]);
    }

    [Fact]
    public void What_cannot_be_said_now_leaves_by_its_failure()
    {
        var flow = new FlowSketch("a").Step("a", "send-message", """{"body": "x"}""", "sent>", "failed>b")
            .Step("b", "send-and-wait-for-reply", """{"body": "y"}""", "incomingMessage>", "deliveryFailure>c").Step("c", "set-variables", """{"variables": [{"key": "k", "value": "{{widgets.b.outbound.ErrorMessage}}"}]}""", "next>");
        var outcome = FlowRunner.Run(Definition(flow), Start(flow), new FlowEvent.Continue(), World with { Refusal = _ => "window_closed" });
        outcome.Effects.ShouldBeEmpty();
        Variable(outcome, "k").ShouldBe("window_closed");
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("2", 2)]
    [InlineData("0", 0)]
    [InlineData("", 3600)]
    [InlineData("soon", 3600)]
    public void A_question_waits_as_long_as_it_says(string timeout, long seconds)
    {
        var outcome = Begin(new FlowSketch("a").Asks("a", "Oui ?", "", $"\"timeout\": \"{timeout}\""));
        outcome.State.Wait.ShouldBe(FlowWait.Reply);
        outcome.State.Until.ShouldBe(Relais.Foundation.Instants.ToMicros(Noon) + (seconds * 1_000_000));
        outcome.Steps[^1].ShouldBe(new FlowTrace("a", ""));
    }

    [Fact]
    public void An_answer_stands_under_inbound_and_a_silence_without_a_way_abandons()
    {
        var flow = new FlowSketch("a").Asks("a", "Votre ville ?", "b").Says("b", "{{widgets.a.inbound.Body}} / {{widgets.a.inbound.From}}");
        var asked = Begin(flow);
        var heard = FlowRunner.Run(Definition(flow), asked.State, Reply("Rabat"), World);
        Texts(heard).ShouldBe(["Rabat / whatsapp:+212600000001"]);
        FlowRunner.Run(Definition(flow), asked.State, new FlowEvent.TimedOut(), World).End.ShouldBe(new FlowEnd.Abandoned("timeout"));
        asked.State.Context["widgets"]!["a"]!["inbound"].ShouldBeNull("the state given is not changed");
    }

    [Theory]
    [InlineData("email", "Amal@Example.MA", "amal@example.ma")]
    [InlineData("email", "amal@", null)]
    [InlineData("email", "amal at example.ma", null)]
    [InlineData("phone", "+212 6 12 34 56 78", "+212612345678")]
    [InlineData("phone", "bonjour", null)]
    [InlineData("number", "1 250,5", "1250.5")]
    [InlineData("number", "٤٢", "42")]
    [InlineData("number", "douze", null)]
    [InlineData("date", "2026-04-01", "2026-04-01")]
    [InlineData("date", "5/4/2026", "2026-04-05")]
    [InlineData("date", "5/2", "2027-02-05")]
    [InlineData("date", "31/2/2026", null)]
    [InlineData("date", "demain", "2026-03-10")]
    [InlineData("date", "غدا", "2026-03-10")]
    [InlineData("date", "vendredi", "2026-03-13")]
    [InlineData("date", "12 avril", "2026-04-12")]
    [InlineData("date", "n'importe quand", null)]
    [InlineData("time", "14h30", "14:30")]
    [InlineData("time", "9", "09:00")]
    [InlineData("time", "3 pm", "15:00")]
    [InlineData("time", "25:00", null)]
    [InlineData("name", "Amal El Idrissi", "Amal El Idrissi")]
    [InlineData("name", "42", null)]
    [InlineData("name", "?", null)]
    public void Answers_are_checked_and_kept_in_their_normal_form(string type, string answer, string? kept)
    {
        var flow = new FlowSketch("a").Asks("a", "?", "", $$""" "relais": {"expects": {"type": "{{type}}", "attempts": 1}, "save_as": "k"} """);
        var outcome = FlowRunner.Run(Definition(flow), Begin(flow).State, Reply(answer), World);
        if (kept is null)
        {
            outcome.End.ShouldBe(new FlowEnd.Transferred("invalid_answers", null));
            return;
        }

        outcome.End.ShouldBe(new FlowEnd.Completed());
        Variable(outcome, "k").ShouldBe(kept);
    }

    [Fact]
    public void Splits_look_at_every_match_before_no_match()
    {
        var flow = new FlowSketch("split").Step("split", "split-based-on", """{"input": "{{trigger.message.Body}}"}""",
            "noMatch>none", "match[equal_to 1]>one", "match[matches_any_of deux, 2]>two", "match[regex .*@.*]>mail")
            .Says("none", "rien").Says("one", "un").Says("two", "deux").Says("mail", "adresse");
        (string Said, string Heard)[] pairs = [("1", "un"), (" DEUX ", "deux"), ("a@b", "adresse"), ("3", "rien")];
        foreach (var (said, heard) in pairs)
        {
            Texts(Begin(flow, said)).ShouldBe([heard]);
        }

        Begin(flow, "2").Steps[1].ShouldBe(new FlowTrace("split", "match#2", "2"));
    }

    [Fact]
    public void Variables_see_earlier_ones_and_may_be_json()
    {
        var flow = new FlowSketch("v").Step("v", "set-variables",
            """{"variables": [{"key": "a", "value": "2"}, {"key": "b", "value": "{{flow.variables.a | plus: 3}}"}, {"key": "c", "value": "{\"d\": [7]}", "parse_as_json": true}, {"key": "n", "value": null}]}""", "next>s")
            .Says("s", "{{flow.variables.b}} {{flow.variables.c.d[0]}} {{widgets.v.a}} [{{flow.variables.n}}]");
        Texts(Begin(flow)).ShouldBe(["5 7 2 []"]);
    }

    [Theory]
    [InlineData(200, "application/json", "{\"name\": \"Zoé\"}", "bon Zoé 200")]
    [InlineData(404, "application/json", "{\"name\": \"Zoé\"}", "mauvais Zoé 404")]
    [InlineData(500, "text/plain", "oups", "mauvais  500")]
    [InlineData(200, "text/plain", "{\"name\": 1}", "bon  200")]
    [InlineData(null, null, "", "mauvais")]
    public void A_call_waits_for_its_answer_and_goes_on_by_it(int? status, string? type, string body, string said)
    {
        var flow = new FlowSketch("call").Step("call", "make-http-request",
            """{"method": "POST", "url": "https://shop.example/{{contact.name}}", "content_type": "application/json;charset=utf-8", "body": "{\"q\": \"{{trigger.message.Body}}\"}"}""",
            "success>good", "failed>bad")
            .Says("good", "bon {{widgets.call.parsed.name}} {{widgets.call.status_code}}").Says("bad", "mauvais {{widgets.call.parsed.name}} {{widgets.call.status_code}}");
        var waiting = Begin(flow, "x");
        waiting.State.Pending.ShouldBe(new FlowCall("POST", "https://shop.example/Amal", "application/json;charset=utf-8", "{\"q\": \"x\"}"));
        var outcome = FlowRunner.Run(Definition(flow), FlowState.Read(waiting.State.ToJson()), new FlowEvent.Called(new FlowAnswer(status, type, body)), World);
        Texts(outcome).ShouldBe([said]);
    }

    [Fact]
    public void A_subflow_gets_parameters_and_gives_its_variables_back()
    {
        var outer = new FlowSketch("sub").Step("sub", "run-subflow", """{"flow_sid": "FWinner", "parameters": [{"key": "who", "value": "{{contact.name}}"}]}""", "completed>after", "failed>lost")
            .Says("after", "{{widgets.sub.greeting}}").Says("lost", "perdu");
        var inner = FlowDefinition.Parse("""
            {"initial_state": "Trigger", "states": [{"name": "Trigger", "type": "trigger", "properties": {}, "transitions": [{"event": "incomingParent", "next": "v"}]},
             {"name": "v", "type": "set-variables", "properties": {"variables": [{"key": "greeting", "value": "Salut {{trigger.parent.parameters.who}}"}]}, "transitions": [{"event": "next"}]}]}
            """)!;
        var world = World with { Subflow = sid => sid == "FWinner" ? new FoundFlow(sid, 3, inner) : null, SubflowAt = (_, _) => inner };
        Texts(FlowRunner.Run(Definition(outer), Start(outer), new FlowEvent.Continue(), world)).ShouldBe(["Salut Amal"]);
        Texts(Begin(outer)).ShouldBe(["perdu"]);
    }

    [Fact]
    public void Fields_are_asked_for_one_by_one_and_come_back_checked()
    {
        var flow = new FlowSketch("agent").Step("agent", "connect-virtual-agent-v2",
            """{"relais": {"attempts": 2, "fields": [{"name": "mail", "type": "email", "question": "Votre e-mail ?", "invalid": "Pas une adresse."}, {"name": "day", "type": "date", "question": "Quel jour ?"}]}}""",
            "return>done", "failed>").Says("done", "{{widgets.agent.fields.mail}} le {{widgets.agent.fields.day}}");
        var definition = Definition(flow);
        var first = Begin(flow);
        Texts(first).ShouldBe(["Votre e-mail ?"]);
        var wrong = FlowRunner.Run(definition, first.State, Reply("non"), World);
        Texts(wrong).ShouldBe(["Pas une adresse."]);
        var second = FlowRunner.Run(definition, wrong.State, Reply("a@b.ma"), World);
        Texts(second).ShouldBe(["Quel jour ?"]);
        Texts(FlowRunner.Run(definition, second.State, Reply("demain"), World)).ShouldBe(["a@b.ma le 2026-03-10"]);
    }

    [Fact]
    public void What_cannot_run_and_what_runs_in_circles_ends_with_people()
    {
        Begin(new FlowSketch("v").Step("v", "say-play", "{}", "audioComplete>v")).End.ShouldBe(new FlowEnd.Transferred("flow_step_unsupported", null));
        Begin(new FlowSketch("v").Step("v", "set-variables", "{}", "next>v")).End.ShouldBe(new FlowEnd.Failed("loop"));
        Begin(new FlowSketch("a").Step("a", "set-variables", "{}", "next>b").Step("b", "set-variables", "{}", "next>a")).End.ShouldBe(new FlowEnd.Failed("too_many_steps"));
        Begin(new FlowSketch("a").Says("a", "x", "b").Says("b", "y", "a")).Effects.Count.ShouldBeLessThan(30);
        Begin(new FlowSketch("h").Step("h", "send-to-flex", """{"attributes": "{\"reason\": \"vip {{contact.name}}\"}"}""")).End.ShouldBe(new FlowEnd.Transferred("vip Amal", null));
    }

    [Fact]
    public void Choices_are_offered_in_the_language_of_the_customer()
    {
        var flow = new FlowSketch("m").Asks("m", "Choisissez", "", """
            "relais": {"choices": [{"id": "a", "title": "Neuf"}], "languages": {"ar": {"body": "اختر", "choices": [{"id": "a", "title": "جديد"}]}}}
            """);
        var said = FlowRunner.Run(Definition(flow), Start(flow), new FlowEvent.Continue(), World with { Language = "ar" }).Effects.OfType<FlowEffect.Say>().Single().Content;
        var choices = said.ShouldBeOfType<OutboundContent.Choices>();
        (choices.Body, choices.Items.Single().Title, choices.Language).ShouldBe(("اختر", "جديد", "ar"));
    }

    /// <summary>Whatever is imported runs without an exception, in bounded steps, whatever the customer says.</summary>
    [Fact]
    public void Any_definition_ends_whatever_happens()
    {
        var random = new Random(20260309);
        string[] types = ["send-message", "send-and-wait-for-reply", "split-based-on", "set-variables", "make-http-request", "run-function", "run-subflow", "send-to-flex",
            "connect-virtual-agent-v2", "say-play", "unheard-of"];
        string[] happenings = ["sent", "failed", "incomingMessage", "timeout", "deliveryFailure", "match", "noMatch", "next", "success", "fail", "completed", "return"];
        string[] texts = ["", "Bonjour {{contact.name}}", "{{widgets.s1.inbound.Body | upcase}}", "{% for i in (1..99) %}{{i}}{% endfor %}", "{{flow.variables.x | plus: 1}}", "{{", "{% if %}", "é\u0000\ud800"];
        for (var round = 0; round < 400; round++)
        {
            var count = random.Next(1, 9);
            var flow = new FlowSketch("s0");
            for (var i = 0; i < count; i++)
            {
                var text = JsonValue.Create(texts[random.Next(texts.Length)]).ToJsonString();
                flow.Step($"s{i}", types[random.Next(types.Length)],
                    $$$"""{"body": {{{text}}}, "input": {{{text}}}, "url": {{{text}}}, "timeout": {{{text}}}, "attributes": {{{text}}}, "variables": [{"key": "x", "value": {{{text}}}}], "flow_sid": {{{text}}}, "relais": {"expects": {"type": "email", "attempts": 2}, "fields": [{"name": "f", "type": "date", "question": {{{text}}}}]} }""",
                    [.. happenings.Select(h => h == "match" ? $"match[is_not_blank]>s{random.Next(count + 1)}" : $"{h}>s{random.Next(count + 1)}")]);
            }

            var definition = FlowDefinition.Parse(flow.Json)!;
            var state = Start(flow);
            for (var turn = 0; turn < 12; turn++)
            {
                FlowEvent happening = state.Wait switch
                {
                    FlowWait.Call => new FlowEvent.Called(new FlowAnswer(random.Next(2) == 0 ? null : random.Next(200, 600), "application/json", texts[random.Next(texts.Length)])),
                    FlowWait.None => new FlowEvent.Continue(),
                    _ => random.Next(4) switch { 0 => new FlowEvent.TimedOut(), 1 => new FlowEvent.Undelivered("x"), _ => Reply(texts[random.Next(texts.Length)]) },
                };
                var outcome = FlowRunner.Run(definition, state, happening, World with { Subflow = _ => new FoundFlow("FW1", 1, definition), SubflowAt = (_, _) => definition });
                outcome.State.Steps.ShouldBeLessThanOrEqualTo(FlowRunner.MostSteps + 5, round.ToString(CultureInfo.InvariantCulture));
                if (outcome.End is not null)
                {
                    break;
                }

                state = FlowState.Read(outcome.State.ToJson());
            }
        }
    }

    private static FlowOutcome Begin(FlowSketch flow, string said = "Bonjour") =>
        FlowRunner.Run(Definition(flow), Start(flow, said), new FlowEvent.Continue(), World);

    private static FlowDefinition Definition(FlowSketch flow) => FlowDefinition.Parse(flow.Json)!;

    private static FlowState Start(FlowSketch flow, string said = "Bonjour") => FlowContext.Start(
        Definition(flow), "incomingMessage", new JsonObject { ["Body"] = said, ["From"] = "whatsapp:+212600000001" },
        new FlowFacts("FN1", "FW0", "whatsapp:+212520000000", new JsonObject { ["name"] = "Amal", ["channel"] = new JsonObject { ["address"] = "whatsapp:+212600000001" } }));

    private static FlowEvent.Reply Reply(string text) => new(new FlowReply(
        new JsonObject { ["Body"] = text, ["From"] = "whatsapp:+212600000001" }, text, "text", null, null));

    private static List<string> Texts(FlowOutcome outcome) => [.. outcome.Effects.OfType<FlowEffect.Say>().Select(s => s.Content.Readable)];

    private static string? Variable(FlowOutcome outcome, string name) => outcome.State.Context["flow"]!["variables"]![name]?.ToString();
}
