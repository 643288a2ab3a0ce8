using Relais.Engine;
using Relais.Engine.Ai;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

public sealed class AgentTextsTests
{
    [Fact]
    public void Every_reason_has_its_sentence_in_every_language()
    {
        // Where the agent is switched off, nothing is said; nor to a program.
        foreach (var reason in Enum.GetValues<HandoffReason>().Where(r => r is not (HandoffReason.AutoRespondOff or HandoffReason.AutomaticReplies or HandoffReason.Draft)))
        {
            AgentTexts.Languages.Select(language => AgentTexts.HandOff(language, reason)).Distinct().Count().ShouldBe(3);
        }
    }

    [Theory]
    [InlineData("placed")]
    [InlineData("confirmed")]
    [InlineData("preparing")]
    [InlineData("shipped")]
    [InlineData("out_for_delivery")]
    [InlineData("delivered")]
    [InlineData("cancelled")]
    [InlineData("a state of tomorrow")]
    public void Every_status_has_its_sentence_in_every_language(string status)
    {
        var order = new OrderFact("TRK1", status, "Amana", new DateOnly(2026, 8, 1));
        foreach (var language in AgentTexts.Languages)
        {
            OrderTexts.Status(language, order).ShouldContain("TRK1");
            OrderTexts.Status(language, order).ShouldNotContain("_");
        }
    }

    [Theory]
    [InlineData("fr", "Livraison prévue le 1er août.")]
    [InlineData("en", "Expected delivery: August 1.")]
    [InlineData("ar", "التسليم متوقع يوم 1 أغسطس.")]
    public void The_expected_day_is_written_in_the_language(string language, string day) =>
        OrderTexts.Status(language, new("TRK1", "shipped", null, new DateOnly(2026, 8, 1))).ShouldEndWith(day);

    [Fact]
    public void A_delivered_order_is_no_longer_expected() =>
        OrderTexts.Status("fr", new("TRK1", "delivered", "Amana", new DateOnly(2026, 8, 1))).ShouldBe("🎉 Votre commande TRK1 est livrée.");
}
