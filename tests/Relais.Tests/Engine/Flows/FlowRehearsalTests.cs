using System.Text.Json;
using Relais.Engine.Flows;
using Relais.Engine.Flows.Testing;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>Scripts played through the runner.</summary>
public sealed class FlowRehearsalTests
{
    private static readonly FlowWorld World = new() { Now = new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.Zero) };

    [Fact]
    public void A_menu_is_answered_wrongly_then_rightly_and_people_get_it()
    {
        var play = Play(SmallFlows.Menu, """{"messages": ["Bonjour", "9", "2"]}""");
        play.Transcript.Select(l => $"{l.Who} {l.Step}: {l.Text}").ShouldBe([
            "customer Trigger: Bonjour", "flow ask: 1 Ventes, 2 Atelier", "customer ask: 9", "flow ask: 1 Ventes, 2 Atelier", "customer ask: 2",
        ]);
        play.Path.Select(p => $"{p.Step}/{p.Event}").ShouldBe([
            "Trigger/incomingMessage", "ask/incomingMessage", "which/noMatch", "ask/incomingMessage", "which/match#2", "people/transferred",
        ]);
        (play.Ended, play.HandedOff, play.Reason).ShouldBe((true, true, "flow_requested"));
    }

    [Fact]
    public void Silence_calls_and_parameters_are_played_and_what_differs_is_said()
    {
        const string Order = """
            {"initial_state": "Trigger", "states": [
              {"name": "Trigger", "type": "trigger", "transitions": [{"event": "incomingRequest", "next": "look"}], "properties": {}},
              {"name": "look", "type": "make-http-request", "transitions": [{"event": "success", "next": "keep"}, {"event": "failed", "next": "sorry"}],
               "properties": {"method": "GET", "url": "https://shop.example/{{flow.data.order}}"}},
              {"name": "keep", "type": "set-variables", "transitions": [{"event": "next", "next": "tell"}],
               "properties": {"variables": [{"key": "state", "value": "{{widgets.look.parsed.state}}"}]}},
              {"name": "tell", "type": "send-message", "transitions": [{"event": "sent", "next": "ask"}],
               "properties": {"body": "{{flow.data.order}} : {{flow.variables.state}}"}},
              {"name": "ask", "type": "send-and-wait-for-reply", "transitions": [{"event": "incomingMessage"}, {"event": "timeout", "next": "sorry"}],
               "properties": {"body": "Cela vous convient ?", "relais": {"choices": [{"id": "y", "title": "Oui"}, {"id": "n", "title": "Non"}]}}},
              {"name": "sorry", "type": "send-message", "transitions": [{"event": "sent"}], "properties": {"body": "Désolé."}}
            ]}
            """;
        var play = Play(Order, """{"parameters": {"order": "TRK1"}, "messages": [{"wait": true}], "http": {"look": {"status": 200, "body": {"state": "en route"}}}}""");
        play.Transcript.Select(l => $"{l.Step}: {l.Text} {string.Join('|', l.Choices?.Select(c => c.Title) ?? [])}").ShouldBe(
            ["tell: TRK1 : en route ", "ask: Cela vous convient ? Oui|Non", "sorry: Désolé. "]);
        play.Variables.ToString().ShouldBe("""{"state":"en route"}""");

        FlowScriptExpectation[] wrong =
        [
            new("livré", null, null, null, null), new(null, "people", null, null, null), new(null, null, false, true, JsonElement.Parse("""{"state":"livré","x":1}""")),
        ];
        play.Differences(wrong).ShouldBe([
            "No message of the flow says \"livré\".",
            "The run does not come to \"people\"; it goes Trigger → look → keep → tell → ask → sorry.",
            "The run is over, and should go on.", "People do not get the conversation.",
            "flow.variables.state is \"en route\" instead of \"livré\".", "flow.variables.x is not set.",
        ]);
        play.Differences([new("EN ROUTE", "ask", true, false, JsonElement.Parse("""{"state":"en route"}"""))]).ShouldBeEmpty();

        // A tap and the word for it are one answer; a step whose call gets no answer goes the other way.
        foreach (var answer in (string[])["{\"choice\": \"n\"}", "\"non\"", "\"2\""])
        {
            var said = Play(Order, $$"""{"parameters": {}, "messages": [{{answer}}], "http": {"look": {"status": null} } }""");
            said.Path.Select(p => p.Step).ShouldBe(["Trigger", "look", "sorry"]);
            var tapped = Play(Order, $$"""{"parameters": {}, "messages": [{{answer}}]}""");
            (tapped.Ended, tapped.Path[^1]).ShouldBe((true, new FlowPlayStep("ask", "incomingMessage")));
        }
    }

    /// <summary>Words of strangers that a flow reads as JSON.</summary>
    [Theory]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData(""""\ud800"""")]
    [InlineData("""{"a": "\udc00"}""")]
    [InlineData("""{"\ud800": 1}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [InlineData("1e999")]
    public void JSON_that_cannot_be_read_everywhere_does_not_stop_a_run(string said)
    {
        const string Reads = """
            {"initial_state": "Trigger", "states": [
              {"name": "Trigger", "type": "trigger", "transitions": [{"event": "incomingMessage", "next": "read"}], "properties": {}},
              {"name": "read", "type": "set-variables", "transitions": [{"event": "next", "next": "say"}],
               "properties": {"variables": [{"key": "v", "value": "{{trigger.message.Body}}", "parse_as_json": true}]}},
              {"name": "say", "type": "send-and-wait-for-reply", "transitions": [{"event": "incomingMessage", "next": "say"}],
               "properties": {"body": "Lu : {{flow.variables.v.a}} {{flow.variables.v}}"}}
            ]}
            """;
        var play = Play(Reads, JsonSerializer.Serialize(new { messages = new[] { said, "a" } }));
        play.Path[^1].ShouldBe(new FlowPlayStep("say", ""));
        JsonSerializer.Serialize(new FlowTestsRun(0, 1, [new FlowTestResult(1, "", false, [], play)]), ApiJson.Options).ShouldContain("Lu : ");
    }

    private static FlowPlay Play(string definition, string script) => FlowRehearsal.Play(
        FlowDefinition.Parse(definition)!, "FWtest", JsonSerializer.Deserialize<FlowScript>(script, ApiJson.Options)!, World);
}
