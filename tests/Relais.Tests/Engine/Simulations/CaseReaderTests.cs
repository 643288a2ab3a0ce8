using Relais.Engine.Simulations;
using Relais.Engine.Simulations.Cases;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Simulations;

public sealed class CaseReaderTests
{
    private const string Head = "name: A\nlanguage: fr\n";

    [Fact]
    public void Every_field_is_read()
    {
        var read = CaseReader.One("""
            name: "Annuler"
            language: fr
            setup:
              orders: [{ number: trk1, status: placed, mine: false, carrier: DHL, expected_on: 2026-11-24, total_minor: 5990 }]
            turns:
              - customer: ["Bonjour", "Annulez"]
                expect:
                  tools: [cancel_order]
                  tools_not: hand_off
                  must_say: ["a | b"]
                  must_not_say: [c]
                  handoff: customer_asked
                  language: ar
                  silent: false
                  orders: { TRK1: cancelled }
              - tap: "Annuler"
              - sends: audio
            expect: { handoff: false }
            """);

        read.Name.ShouldBe("Annuler");
        read.Orders!.ShouldBe([new CaseOrder("TRK1", "placed", false, "DHL", new DateOnly(2026, 11, 24), 5990, "EUR")]);
        var (first, expect) = (read.Turns[0], read.Turns[0].Expect);
        first.Messages.ShouldBe(["Bonjour", "Annulez"]);
        expect.Tools!.ShouldBe(["cancel_order"]);
        expect.ToolsNot.ShouldBe(["hand_off"]);
        expect.MustSay.ShouldBe(["a | b"]);
        expect.MustNotSay.ShouldBe(["c"]);
        expect.HandOff.ShouldBe(new HandOffExpected(true, "customer_asked"));
        expect.Language.ShouldBe("ar");
        expect.Silent.ShouldBe(false);
        expect.Orders["TRK1"].ShouldBe("cancelled");
        read.Turns[1].Tap.ShouldBe("Annuler");
        read.Turns[2].Sends.ShouldBe("audio");
        read.Expect.HandOff.ShouldBe(new HandOffExpected(false, null));
    }

    [Theory]
    [InlineData("language: fr\nturns: [{ customer: a }]", "Line 1: name is missing.")]
    [InlineData("name: A\nlanguage: de\nturns: [{ customer: a }]", "Line 2: language is one of fr, ar, en, not de.")]
    [InlineData(Head + "turns:\n  - custommer: a", "Line 4: turns[1].custommer is not a field; there are customer, expect, sends, tap.")]
    [InlineData(Head + "turns:\n  - customer: a\n    expect:\n      handoff: soon", "Line 6: turns[1].expect.handoff is true, false or a reason")]
    [InlineData(Head + "turns:\n  - customer:", "Line 4: turns[1].customer is empty.")]
    [InlineData(Head + "turns: []", "Line 3: turns is missing: what the customer writes, or a persona.")]
    [InlineData(Head + "persona: x\ngoal: y\nturns: [{ customer: a }]", "Line 3: persona plays the customer alone: leave turns out.")]
    [InlineData(Head + "turns: [{ customer: a, tap: b }]", "Line 3: turns[1].tap stands alone: a tap is the whole turn.")]
    [InlineData(Head + "setup: { orders: [{ number: T1, status: lost }] }\nturns: [{ customer: a }]", "Line 3: setup.orders[1].status is one of placed,")]
    [InlineData(Head + "turns: [{ customer: a }]\n---\n" + Head + "turns: [{ customer: b }]", "Line 5: name “A” is taken by another case of this file.")]
    [InlineData(Head + "turns: &x [{ customer: a }]\nexpect: *x", "Line 4: aliases (*) are not read here; write it out.")]
    [InlineData("%YAML 1.1\n---\n" + Head + "turns: [{ customer: a }]", "directives (%) are not read here.")]
    [InlineData("a: [", "this is not YAML")]
    [InlineData("", "Line 1: there is no case here.")]
    [InlineData("- a", "Line 1: the case is a mapping (name: value).")]
    public void What_is_wrong_is_named_with_its_line_and_field(string yaml, string sentence) =>
        Should.Throw<CaseFormatException>(() => CaseReader.Read(yaml)).Message.ShouldContain(sentence);

    [Fact]
    public void Depth_ends_no_process() =>
        Should.Throw<CaseFormatException>(() => CaseReader.Read("a: " + new string('[', 100_000))).Message.ShouldContain("nested too deeply");

    [Fact]
    public void Every_case_that_comes_with_the_demo_is_written_back_as_it_was_read()
    {
        foreach (var read in SampleSuite.Files.SelectMany(f => CaseReader.Read(f.Yaml)))
        {
            var yaml = CaseWriter.Write(read);
            CaseWriter.Write(CaseReader.One(yaml)).ShouldBe(yaml);
            CaseReader.One(yaml).Turns.Count.ShouldBe(read.Turns.Count);
        }
    }

    [Fact]
    public void A_text_stays_a_text_whatever_stands_in_it()
    {
        const string Nasty = "x\"\n- tap: y # z\t: {a} \u2028 \ufeff 🙂 \\u0041";
        var yaml = CaseWriter.Write(
            new SimulationCase(Nasty.Trim(), "en") { Turns = [new CaseTurn([Nasty], null, null, new Expectation { MustSay = [Nasty] })] },
            new Dictionary<int, IReadOnlyList<string>> { [0] = ["said:\nturns: []"] });
        var read = CaseReader.One(yaml);
        read.Turns.Count.ShouldBe(1);
        read.Turns[0].Messages.ShouldBe([Nasty]);
        read.Turns[0].Expect.MustSay.ShouldBe([Nasty]);
    }
}
