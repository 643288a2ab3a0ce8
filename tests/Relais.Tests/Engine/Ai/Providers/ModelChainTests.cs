using System.Text.Json.Nodes;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.Providers;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai.Providers;

public sealed class ModelChainTests
{
    [Fact]
    public async Task A_model_that_fails_after_its_tools_leaves_nothing_of_them_to_the_next()
    {
        await using var first = await FakeModelServer.Start((place, http) => place == 0
            ? FakeModelServer.Json(http, 200, WireAnswers.OpenAiTwoCalls)
            : FakeModelServer.Json(http, 500, "{}"));
        await using var second = await FakeModelServer.Saying(WireAnswers.AnthropicTwoCalls, WireAnswers.AnthropicText);
        using var stage = new ModelStage();
        (await stage.Decide(
                Turn("Où est TRK123456 ?"), stage.Model(ModelCatalogue.OpenAi, first.Url), stage.Model(ModelCatalogue.Anthropic, second.Url)))
            .ShouldBe(new Decision.Reply("Bonjour de loin"));

        Roles(second.Asked[0].Body).ShouldBe(["user"]);
        Roles(second.Asked[1].Body).ShouldBe(["user", "assistant", "user"]);
        second.Asked[1].Body.ToJsonString().ShouldNotContain("call_a");
        second.Asked[1].Body["messages"]![2]!["content"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_model_without_credit_is_not_asked_again_in_the_next_turn()
    {
        await using var spent = await FakeModelServer.Start((_, http) => FakeModelServer.Json(http, 402, "{}"));
        using var stage = new ModelStage();
        var model = stage.Model(ModelCatalogue.OpenAi, spent.Url);
        for (var turn = 0; turn < 3; turn++)
        {
            (await stage.Decide(Turn("TRK123456"), model)).ShouldBeOfType<Decision.Reply>();
        }

        spent.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_of_a_tenant_is_never_connected_to_on_this_computer()
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiText);
        using var stage = new ModelStage();
        foreach (var provider in (string[])[ModelCatalogue.Compatible, ModelCatalogue.Anthropic])
        {
            (await stage.Decide(Turn("TRK123456"), stage.Model(provider, server.Url, isTenants: true))).ShouldBeOfType<Decision.Reply>();
            stage.Calls.ShouldHaveSingleItem().Failure.ShouldBe(new ModelFailure.Refused(0));
        }

        server.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(1, null, 1)]
    [InlineData(10, 1, 1)]
    [InlineData(10, -5, 0)]
    public async Task A_spent_budget_hands_over_politely(long calls, int? cost, int asked)
    {
        await using var server = await FakeModelServer.Saying(WireAnswers.OpenAiTwoCalls);
        using var stage = new ModelStage { Allowance = new Allowance(calls, cost) };
        (await stage.Decide(Turn("Où est ma commande ?"), stage.Model(ModelCatalogue.OpenAi, server.Url)))
            .ShouldBe(new Decision.HandOff(HandoffReason.BudgetSpent, AgentTexts.HandOff("fr", HandoffReason.BudgetSpent)));
        server.Asked.Count.ShouldBe(asked);
    }

    [Fact]
    public void Gpt_6_astra_and_older_models_are_asked_without_an_effort() =>
        ((string[])["gpt-6-luna", "gpt-6-sol", "gpt-6-astra", "gpt-5-nano"]).Where(ModelCatalogue.ReasonsUnlessTold).ShouldBe(["gpt-6-luna", "gpt-6-sol"]);

    private static IEnumerable<string?> Roles(JsonNode body) => body["messages"]!.AsArray().Select(m => (string?)m!["role"]);
}
