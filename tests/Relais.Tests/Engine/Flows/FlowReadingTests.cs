using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Engine.Flows;
using Relais.Engine.Flows.Testing;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>What an import says about a definition, whatever it is.</summary>
public sealed class FlowReadingTests
{
    [Fact]
    public void A_sound_definition_has_no_problems_and_every_widget_a_verdict()
    {
        var report = FlowReport.Of(JsonElement.Parse(SmallFlows.Menu), FlowSurroundings.None);
        report.CanRun.ShouldBeTrue();
        report.Problems.ShouldBeEmpty();
        report.Widgets.Select(w => $"{w.Name} {w.Verdict}").ShouldBe(["Trigger runs", "ask runs", "which runs", "sales runs", "people mapped"]);
        report.Counts.ShouldBe(new FlowCounts(4, 1, 0));
    }

    [Fact]
    public void Each_widget_that_is_not_Studios_own_says_why()
    {
        var report = FlowReport.Of(JsonElement.Parse(SmallFlows.OfEveryKind), new FlowSurroundings(
            new HashSet<string> { "FW2" }, new Dictionary<string, string> { ["ZH2"] = "https://shop.example/z" }));
        report.Widgets.Select(w => $"{w.Name} {w.Verdict}").ShouldBe([
            "Trigger runs", "say cannot_run", "talk cannot_run", "twiml cannot_run", "bot mapped", "queue mapped", "far cannot_run", "known mapped",
            "near runs", "sub cannot_run", "here runs", "plain cannot_run", "odd unknown",
        ]);
        report.Widgets.Where(w => w.Verdict != "runs").ShouldAllBe(w => w.Note!.EndsWith('.'));
        report.Widgets[0].Note.ShouldBe("Calls do not start it here; its branch for incomingCall is never taken.");
        report.Widgets[6].Note.ShouldBe("The function ZH1 has no address in the definition: add one under settings.functions.");
        report.Counts.ShouldBe(new FlowCounts(3, 3, 7));
        report.CanRun.ShouldBeTrue("a step that cannot run ends in a hand-off, it does not keep the others from running");
    }

    [Theory]
    [InlineData("""{"states":[]}""", "initial_state_missing initial_state")]
    [InlineData("""{"initial_state":"A","states":[]}""", "initial_state_unknown initial_state")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger"},{"name":"A","type":"trigger"}]}""", "name_twice states[1].name")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger"},{"type":"trigger"}]}""", "name_missing states[1].name")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger"},{"name":"a\u0000b","type":"trigger"}]}""", "name_missing states[1].name")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger"},"B"]}""", "state_not_object states[1]")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A"}]}""", "type_missing states[0].type")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","properties":[]}]}""", "properties_not_object states[0].properties")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":{}}]}""", "transitions_not_list states[0].transitions")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":[7]}]}""", "transition_not_object states[0].transitions[0]")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":[{"next":"A"}]}]}""", "event_missing states[0].transitions[0].event")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":[{"event":"e","next":"B"}]}]}""", "next_unknown states[0].transitions[0].next")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":[{"event":"e","next":1}]}]}""", "next_not_name states[0].transitions[0].next")]
    [InlineData("""{"initial_state":"A","states":[{"name":"A","type":"trigger","transitions":[{"event":"match","conditions":[true]}]}]}""", "condition_not_object states[0].transitions[0].conditions[0]")]
    [InlineData("[]", "not_a_flow ")]
    [InlineData("""{"states":{}}""", "not_a_flow ")]
    public void What_keeps_a_definition_from_running_is_named_with_its_place(string json, string expected)
    {
        var problems = FlowReading.Problems(JsonElement.Parse(json)).Where(p => p.Blocks).Select(p => $"{p.Code} {p.Path}");
        problems.ShouldHaveSingleItem().ShouldBe(expected);
    }

    [Fact]
    public void What_Studio_runs_too_is_told_and_does_not_block()
    {
        const string Loose = """
            {"initial_state":"A","states":[{"name":"A","type":"split-based-on","transitions":[
              {"event":"e"},{"event":"e"},{"event":"match","next":"","conditions":[{"type":"sounds_like"},{}]}]},{"name":"B","type":"teleport"}]}
            """;
        var problems = FlowReading.Problems(JsonElement.Parse(Loose));
        problems.Select(p => $"{p.Step} {p.Code} {p.Blocks}").ShouldBe([
            "A event_twice False", "A condition_type_unknown False", "A condition_type_missing False", "B type_unknown False", "B transitions_missing False",
        ]);
    }

    /// <summary>Any JSON that an import takes or refuses, it does so with sentences; and what it does not block runs to an end on any answers.</summary>
    [Fact]
    public void No_definition_however_mangled_makes_reading_or_running_throw()
    {
        var random = new Random(20261121);
        string[] sources = [SmallFlows.Menu, SmallFlows.OfEveryKind];
        var readable = 0;
        for (var i = 0; i < 4000; i++)
        {
            var mangled = Mangle(sources[i % 2], random);
            if (FlowText.Parse(Encoding.UTF8.GetBytes(mangled), out var sentence) is not { } json)
            {
                sentence.ShouldNotBeEmpty();
                continue;
            }

            var report = FlowReport.Of(json, FlowSurroundings.None);
            JsonSerializer.Serialize(report, Relais.Foundation.ApiJson.Options).ShouldNotBeEmpty();
            if (FlowText.Problem(json) is not null)
            {
                report.Problems.ShouldHaveSingleItem().Code.ShouldBe("not_a_flow", "and it is never stored");
                continue;
            }

            JsonSerializer.Serialize(FlowDiff.Of(JsonElement.Parse(sources[0]), json), Relais.Foundation.ApiJson.Options).ShouldNotBeEmpty();
            FlowImport.Read(Encoding.UTF8.GetBytes(mangled), out _)?.Settled();
            if (report.CanRun)
            {
                var definition = FlowDefinition.Read(json);
                definition.Find(definition.InitialState).ShouldNotBeNull();
                FlowRehearsal.Play(definition, "FW1", Script, new FlowWorld { Now = DateTimeOffset.UnixEpoch }).Path.Count.ShouldBeLessThan(1100);
                readable++;
            }
        }

        readable.ShouldBeInRange(300, 3700, "both sides are tried");
    }

    private static readonly FlowScript Script = JsonSerializer.Deserialize<FlowScript>(
        """{"messages": ["Bonjour", "1", {"choice": "x"}, {"wait": true}, "{{ a }}", "2", ""]}""", Relais.Foundation.ApiJson.Options)!;

    private static readonly string[] Values =
    [
        "null", "true", "7", "-1.5e300", "\"\"", "\"ask\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[]]", "[null]", "{\"name\":1}", "\"{{ x\"",
        "{\"a\":1,\"a\":2}", "{\"\\udc00\":1}", new string('[', 40) + new string(']', 40),
    ];

    /// <summary>One to three values of it replaced or removed.</summary>
    private static string Mangle(string source, Random random)
    {
        var text = JsonNode.Parse(source)!.ToJsonString();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var starts = Enumerable.Range(0, text.Length).Where(i => text[i] is ':' or '[').ToList();
            var at = starts[random.Next(starts.Count)] + 1;
            var end = at;
            var depth = 0;
            var inText = false;
            for (; end < text.Length && (depth > 0 || inText || text[end] is not (',' or '}' or ']')); end++)
            {
                inText = text[end] == '"' && text[end - 1] != '\\' ? !inText : inText;
                depth += inText ? 0 : text[end] is '{' or '[' ? 1 : text[end] is '}' or ']' ? -1 : 0;
            }

            text = text[..at] + Values[random.Next(Values.Length)] + text[end..];
        }

        return text;
    }
}
