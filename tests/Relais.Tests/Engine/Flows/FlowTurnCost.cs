using System.Diagnostics;
using System.Text.Json.Nodes;
using Relais.Engine.Flows;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>
/// What a turn of a flow costs besides storage: its state read, an answer checked, a split, a variable, a text with Liquid, its state written.
/// Says the figure and asserts none (docs/performance.md): <c>dotnet test tests/Relais.Tests -c Release --filter FlowTurnCost --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class FlowTurnCost(ITestOutputHelper log)
{
    [Fact]
    public void A_turn_of_a_flow_in_microseconds()
    {
        var sketch = new FlowSketch("mail")
            .Asks("mail", "Votre e-mail ?", "split", """ "relais": {"expects": {"type": "email"}, "save_as": "mail"} """)
            .Step("split", "split-based-on", """{"input": "{{flow.variables.mail}}"}""", "noMatch>", "match[contains @shop.]>", "match[regex .*\\.example]>set")
            .Step("set", "set-variables", """{"variables": [{"key": "name", "value": "{{contact.name | split: ' ' | first | upcase}}"}]}""", "next>thanks")
            .Asks("thanks", "Merci {{flow.variables.name}}, nous écrivons à {{flow.variables.mail}} avant le {{ 'now' | date: '%d/%m' }}. Autre chose ?", "");
        var flow = FlowDefinition.Parse(sketch.Json)!;
        var world = new FlowWorld { Now = new DateTimeOffset(2026, 3, 9, 12, 0, 0, TimeSpan.Zero) };
        var started = FlowRunner.Run(
            flow, FlowContext.Start(flow, "incomingMessage", new JsonObject { ["Body"] = "Bonjour" }, new FlowFacts("FN1", "FW1", "whatsapp:+1", new JsonObject { ["name"] = "Amal Idrissi" })),
            new FlowEvent.Continue(), world).State.ToJson();
        var reply = new FlowEvent.Reply(new FlowReply(new JsonObject { ["Body"] = "amal@mail.example" }, "amal@mail.example", "text", null, null));

        var written = "";
        void Turn() => written = FlowRunner.Run(flow, FlowState.Read(started), reply, world).State.ToJson();
        const int turns = 20_000;
        for (var i = 0; i < turns; i++)
        {
            Turn();
        }

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < turns; i++)
        {
            Turn();
        }

        process.Refresh();
        log.WriteLine(FormattableString.Invariant(
            $"{(process.TotalProcessorTime - before).TotalMicroseconds / turns:0.0} µs of processor, {watch.Elapsed.TotalMicroseconds / turns:0.0} µs of time a turn"));
        FlowState.Read(written).Step.ShouldBe("thanks");
        FlowState.Read(written).Context["flow"]!["variables"]!["name"]!.ToString().ShouldBe("AMAL");
    }
}
