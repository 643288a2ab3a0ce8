using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Commands;
using Relais.Engine.Ai.Providers;
using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Tests.Engine.Ai;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Simulations;

public sealed class CaseRunnerTests
{
    private const string Faqs = "name: Frais\nlanguage: fr\nturns: [{ customer: \"Combien coûte la livraison ?\", expect: { must_say: [\"4,90\"], handoff: false } }]";

    [Fact]
    public async Task Each_unmet_expectation_is_a_sentence()
    {
        var result = await Run("""
            name: X
            language: fr
            setup: { orders: [{ number: TRK567890, status: placed }] }
            turns:
              - customer: "Je veux annuler ma commande TRK567890"
                expect: { tools: [track_order], tools_not: [cancel_order], must_say: ["bravo"], must_not_say: ["Voulez-vous"], handoff: true, language: en, orders: { TRK567890: cancelled } }
              - tap: "Peut-être"
            """, SimulatedModel.BuiltIn(NullLogger.Instance));

        result.Verdict.ShouldBe(Verdict.Failed);
        var reasons = string.Join('\n', result.Reasons);
        reasons.ShouldContain("There is no “Peut-être” to tap");
        reasons.ShouldContain("Turn 1: Tool track_order was not called (called: cancel_order).");
        reasons.ShouldContain("Turn 1: Tool cancel_order may not be called, but was.");
        reasons.ShouldContain("Turn 1: “bravo” was not said; what was: “Voulez-vous annuler la commande TRK567890 ?");
        reasons.ShouldContain("Turn 1: “Voulez-vous” may not be said");
        reasons.ShouldContain("Turn 1: It had to go to people, and did not.");
        reasons.ShouldContain("Turn 1: The answer had to be in en and is in fr");
        reasons.ShouldContain("Turn 1: Order TRK567890 is placed afterwards, not cancelled.");
        result.Transcript.Select(l => l.Who).ShouldBe(["customer", "tool", "agent", "customer", "outcome"]);
    }

    [Fact]
    public async Task A_second_tap_has_no_second_effect()
    {
        var result = await Run("""
            name: X
            language: en
            setup: { orders: [{ number: TRK567890, status: placed }] }
            turns:
              - customer: "I want to cancel my order TRK567890"
              - tap: "Cancel the order"
                expect: { must_say: ["is cancelled"], orders: { TRK567890: cancelled } }
              - customer: "Where is TRK567890?"
                expect: { must_say: ["is cancelled"] }
            """, SimulatedModel.BuiltIn(NullLogger.Instance));
        result.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_of_a_model_are_recorded_and_played_again_without_it()
    {
        var recordings = new Recordings();
        using var model = new StagedModel((step, _) => Task.FromResult(step == 0
            ? StagedModel.Call("track_order", new Dictionary<string, object?> { ["tracking_number"] = "TRK1" })
            : new ChatResponse(new ChatMessage(ChatRole.Assistant, "Votre commande TRK1 est expédiée."))));
        const string Case = "name: Suivi\nlanguage: fr\nsetup: { orders: [{ number: TRK1, status: shipped }] }\nturns: [{ customer: \"Où est TRK1 ?\", expect: { tools: [track_order], must_say: [expédiée], language: fr } }]";

        var asked = await Run(Case, SimulatedModel.Configured([Of(model)], recordings, NullLogger.Instance));
        asked.Reasons.ShouldBeEmpty();
        model.Asked.Count.ShouldBe(2);
        var file = Path.Combine(Directory.CreateTempSubdirectory("relais-recordings-").FullName, "r.json");
        await recordings.Write(file, CancellationToken.None);

        var kept = SimulatedModel.Recorded(await Recordings.Read(file, CancellationToken.None), NullLogger.Instance);
        (await Run(Case, kept)).Reasons.ShouldBeEmpty();
        model.Asked.Count.ShouldBe(2, "nobody was asked");
        var missing = await Run(Case.Replace("Où est", "Donc où est", StringComparison.Ordinal), kept);
        missing.Verdict.ShouldBe(Verdict.Failed);
        missing.Reasons[0].ShouldContain("No recorded answer for this request of case “Suivi”");
        missing.Reasons[0].ShouldContain("relais eval --record");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_model_that_fails_fails_the_case_and_the_built_in_agent_does_not_answer_for_it()
    {
        using var model = StagedModel.Failing(new ModelFailedException(new ModelFailure.Refused(401)));
        var result = await Run(Faqs, SimulatedModel.Configured([Of(model)], null, NullLogger.Instance));
        result.Verdict.ShouldBe(Verdict.Failed);
        result.Reasons[0].ShouldStartWith("Model openai/staged failed:");
    }

    [Fact]
    public async Task A_persona_is_played_by_the_model_until_it_has_what_it_wants()
    {
        // Customer, agent, customer.
        using var model = new StagedModel((step, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, step switch
        {
            0 => "c koi vos horaires",
            1 => "Nous sommes ouverts jusqu'à 19 h.",
            _ => "[DONE]",
        }))));
        const string Case = "name: P\nlanguage: fr\npersona: \"Pressé, écrit sans accents\"\ngoal: \"Connaître les horaires\"\nmax_turns: 4\nexpect: { must_say: [\"19 h\"], handoff: false }";
        var result = await Run(Case, SimulatedModel.Configured([Of(model)], null, NullLogger.Instance));
        result.Reasons.ShouldBeEmpty();
        result.Transcript.Select(l => l.Text).ShouldBe(["c koi vos horaires", "Nous sommes ouverts jusqu'à 19 h."]);
        (await Run(Case, SimulatedModel.BuiltIn(NullLogger.Instance))).Verdict.ShouldBe(Verdict.Skipped);
    }

    private static Model Of(IChatClient client) => new(
        new ModelSetup("openai", "staged", new Uri("http://127.0.0.1:9/"), "k", null, 0, 0, IsTenants: true), client, TimeProvider.System);

    private static async Task<CaseResult> Run(string yaml, SimulatedModel model)
    {
        await using var rooms = await EvalRooms.Open(Settings.From([]), ownDemo: true, CancellationToken.None);
        var tenantId = (await rooms.FindTenant(null, CancellationToken.None))!.Value;
        var business = await rooms.Get<Relais.Storage.Database>().Read(Relais.Storage.Scope.Tenant(tenantId), tx => SimulatedBusiness.Read(tx, tenantId));
        return await rooms.Get<CaseRunner>().Run(CaseReader.One(yaml), business, model, CancellationToken.None);
    }
}
