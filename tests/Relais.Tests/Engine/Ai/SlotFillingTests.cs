using Relais.Channels;
using Relais.Commerce;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Shouldly;
using Xunit;
using static Relais.Tests.Engine.Ai.AgentStage;

namespace Relais.Tests.Engine.Ai;

/// <summary>What the built-in agent asks back: an order's number, once, and which of several FAQ entries is meant.</summary>
public sealed class SlotFillingTests
{
    [Theory]
    [InlineData("je veux annuler ma commande", "cancel", "fr")]
    [InlineData("lghiw lcommande 3afak", "cancel", "ar")]
    [InlineData("i confirm my order", "confirm", "en")]
    [InlineData("أريد تأكيد طلبي", "confirm", "ar")]
    [InlineData("change the address of my order please", "modify", "en")]
    public async Task The_missing_number_is_asked_for_and_comes_alone_in_the_next_message(string text, string act, string language)
    {
        var acted = new List<(string Act, string Number)>();
        Text((await Decide(Turn(text), acted))[^1]).ShouldBe(OrderAction.AskNumber(language, act));
        acted.ShouldBeEmpty();

        var next = Turn("TRK123456") with { Language = language, History = [Said(1, text), Answered(2, OrderAction.AskNumber(language, act))] };
        (await Decide(next, acted))[^1].ShouldBeOfType<Decision.Send>();
        acted.ShouldBe([(act, "TRK123456")]);

        var lost = next with { Unanswered = [Said(3, "je ne trouve pas le numéro de ma commande")] };
        (await Decide(lost, acted))[^1].ShouldBeOfType<Decision.HandOff>();
    }

    [Theory]
    [InlineData("combien coûte la livraison ?", "fr", "Combien coûte la livraison à Alger ?", "Combien coûte la livraison à Oran ?", "Vouliez-vous dire l'une de ces questions ?")]
    [InlineData("how much is delivery?", "en", "How much is delivery in the north?", "How much is delivery in the south?", "Did you mean one of these?")]
    [InlineData("كم سعر التوصيل؟", "ar", "كم سعر التوصيل في الشمال؟", "كم سعر التوصيل في الجنوب؟", "هل تقصد أحد هذه الأسئلة؟")]
    public async Task Entries_that_are_equally_likely_are_offered_once_and_a_tap_answers(string text, string language, string one, string other, string words)
    {
        var faq = FaqSearch.Build([(1, one, "400 DA"), (2, other, "600 DA"), (3, "Avez-vous une piscine ?", "Non.")]);
        var tools = Tools with { SearchFaqs = (q, _) => Task.FromResult<IReadOnlyList<FaqHit>>([.. faq.Find(q).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))]) };
        using var client = new BuiltInChatClient();
        var asked = Turn(text) with { Language = language };
        var offered = (await Agent.Decide(asked, client, tools, CancellationToken.None))[^1].ShouldBeOfType<Decision.Send>().Content.ShouldBeOfType<OutboundContent.Choices>();
        offered.Body.ShouldBe(words);
        offered.Items.Select(i => i.Id).Order().ShouldBe(["faq:1", "faq:2"]);

        var tapped = asked with { History = [Said(1, text), Answered(2, words)], Unanswered = [Said(3, other)] };
        Text((await Agent.Decide(tapped, client, tools, CancellationToken.None))[^1]).ShouldBe("600 DA");
        (await Agent.Decide(asked with { History = [Said(1, text), Answered(2, words)] }, client, tools, CancellationToken.None))[^1].ShouldBeOfType<Decision.HandOff>();
    }

    private static async Task<IReadOnlyList<Decision>> Decide(Turn turn, List<(string Act, string Number)> acted)
    {
        var orders = new OrderTools(
            _ => Task.FromResult<IReadOnlyList<OrderFact>>([]),
            (act, number, _, _, _) =>
            {
                acted.Add((act, number));
                return Task.FromResult(new OrderAsked(OrderAskState.Asked, null, new OutboundContent.Text("?")));
            });
        using var client = new BuiltInChatClient();
        return await Agent.Decide(turn, client, Tools with { Orders = orders, SearchFaqs = (_, _) => Task.FromResult<IReadOnlyList<FaqHit>>([]) }, CancellationToken.None);
    }

    private static string Text(Decision decision) => decision.ShouldBeOfType<Decision.Reply>().Text;
}
