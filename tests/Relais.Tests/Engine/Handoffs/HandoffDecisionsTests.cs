using Relais.Channels;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Engine.Handoffs;
using Relais.Tenants;
using Relais.Tests.Engine.Ai;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Handoffs;

public sealed class HandoffDecisionsTests
{
    private const string Question = "Vous livrez à Oran le samedi ?";

    [Fact]
    public void A_request_for_a_person_reaches_no_model() =>
        Before(AgentStage.Turn("I want to talk to a person")).ShouldBe(
            [new Decision.SpeakLanguage("en"), new Decision.HandOff(HandoffReason.CustomerAsked, AgentTexts.HandOff("en", HandoffReason.CustomerAsked))]);

    [Fact]
    public void What_is_calm_is_the_agents() => Before(AgentStage.Turn(Question)).ShouldBeNull();

    [Fact]
    public void Anger_gets_its_answer_and_an_offer_and_the_second_time_a_person()
    {
        var turn = AgentStage.Turn("C'est une honte, où est ma commande ?");
        Before(turn).ShouldBeNull();
        var offered = After(turn, "Votre commande est en route.");
        offered[0].ShouldBe(new Decision.Reply("Votre commande est en route."));
        var offer = offered[1].ShouldBeOfType<Decision.Send>().Content.ShouldBeOfType<OutboundContent.Choices>();
        offer.Body.ShouldBe("Je suis désolé pour ce désagrément. Voulez-vous parler à une personne de notre équipe ?");
        offer.Items.Select(c => c.Title).ShouldBe(["Parler à quelqu'un", "Continuer"]);

        var again = turn with { History = [.. turn.Unanswered, AgentStage.Answered(200, offer.Body)], Unanswered = [AgentStage.Said(300, "bande de voleurs")] };
        Handed(Before(again)).ShouldBe(HandoffReason.Anger);
        var tapped = again with { Unanswered = [AgentStage.Said(300, "Parler à quelqu'un") with { ChoiceId = offer.Items[0].Id }] };
        Handed(Before(tapped)).ShouldBe(HandoffReason.Anger);
        var stays = again with { Unanswered = [AgentStage.Said(300, "Continuer") with { ChoiceId = offer.Items[1].Id }] };
        Before(stays)![^1].ShouldBe(new Decision.Reply(AgentTexts.Invite("fr")));
    }

    [Fact]
    public void Who_says_hello_again_is_greeted_again()
    {
        var greeting = AgentTexts.Greeting("fr", "Beyond Express");
        var again = AgentStage.Turn("Bonjour") with { History = [AgentStage.Said(1, "Bonjour"), AgentStage.Answered(2, greeting)] };
        After(again, greeting).ShouldBe([new Decision.Reply(greeting)]);
    }

    [Fact]
    public void A_rule_can_be_done_at_once_or_switched_off()
    {
        var angry = AgentStage.Turn("C'est une honte, où est ma commande ?");
        Handed(Before(angry, new HandoffRules(Anger: HandoffRules.Do))).ShouldBe(HandoffReason.Anger);
        Before(angry, new HandoffRules(Anger: HandoffRules.Off)).ShouldBeNull();
        After(angry, "Voici.", new HandoffRules(Anger: HandoffRules.Off)).ShouldBe([new Decision.Reply("Voici.")]);
    }

    [Fact]
    public void The_same_question_for_the_third_time_is_a_loop()
    {
        var twice = AgentStage.Turn(Question) with
        {
            History = [AgentStage.Said(1, Question), AgentStage.Answered(2, "Oui, nous livrons partout."), AgentStage.Said(3, "vous livrez a oran le samedi"), AgentStage.Answered(4, "Oui !")],
        };
        Before(twice)![^1].ShouldBeOfType<Decision.Send>();
        Handed(Before(twice, new HandoffRules(Loop: HandoffRules.Do))).ShouldBe(HandoffReason.Loop);
        Before(twice with { History = [.. twice.History.Skip(2)] }).ShouldBeNull("the second time");
        Before(twice with { History = [.. twice.History.Where(m => m.FromCustomer)] }).ShouldBeNull("nobody has answered yet");
        var courtesy = AgentStage.Turn("merci") with { History = [.. twice.History.Select(m => m.FromCustomer ? m with { Text = "merci" } : m)] };
        Before(courtesy).ShouldBeNull();
    }

    [Fact]
    public void An_answer_said_twice_already_is_not_said_again()
    {
        var turn = AgentStage.Turn(Question) with
        {
            History = [AgentStage.Said(1, "Et dimanche ?"), AgentStage.Answered(2, "Nous livrons partout."), AgentStage.Said(3, "Et lundi ?"), AgentStage.Answered(4, "Nous livrons partout.")],
        };
        After(turn, "Nous livrons partout.").Single().ShouldBeOfType<Decision.Send>();
        Handed(After(turn, "Nous livrons partout.", new HandoffRules(Loop: HandoffRules.Do))).ShouldBe(HandoffReason.Loop);
        After(turn, "Oui, le samedi aussi.").ShouldBe([new Decision.Reply("Oui, le samedi aussi.")]);
    }

    [Theory]
    [InlineData("Je ne sais pas, désolé.", "Je n'ai pas cette information.", true)]
    [InlineData("I'm not sure about that.", "I don't have that information.", true)]
    [InlineData("لا أعرف ذلك.", "ليس لدي معلومات عن هذا.", true)]
    [InlineData("Quelle taille voulez-vous ?", "Quelle taille voulez-vous ?", true)]
    [InlineData("Oui, en 48 h.", "Je n'ai pas cette information.", false)]
    [InlineData("Quelle couleur ?", "Quelle taille voulez-vous ?", false)]
    public void Two_answers_in_a_row_that_are_none_go_to_a_person(string before, string answer, bool isFailed)
    {
        var turn = AgentStage.Turn(Question) with { History = [AgentStage.Said(1, "Et dimanche ?"), AgentStage.Answered(2, before)] };
        After(turn, answer)[^1].ShouldBeOfType(isFailed ? typeof(Decision.HandOff) : typeof(Decision.Reply));
    }

    [Fact]
    public void Without_an_answer_a_person_is_offered_once_where_the_business_wants_it()
    {
        var rules = new HandoffRules(NoAnswer: HandoffRules.Offer);
        var turn = AgentStage.Turn(Question);
        IReadOnlyList<Decision> none = [new Decision.HandOff(HandoffReason.NoAnswerFound, "x")];
        var offer = HandoffDecisions.After(turn, none, Settings(rules)).Single().ShouldBeOfType<Decision.Send>().Content.ShouldBeOfType<OutboundContent.Choices>();
        offer.Body.ShouldBe("Je n'ai pas la réponse à cette question. Voulez-vous parler à une personne de notre équipe ?");
        var again = turn with { History = [AgentStage.Answered(2, offer.Body)] };
        Handed(HandoffDecisions.After(again, none, Settings(rules))).ShouldBe(HandoffReason.NoAnswerFound);
        HandoffDecisions.After(turn, none, Settings(new HandoffRules())).ShouldBe(none);
    }

    private static HandoffSettings Settings(HandoffRules? rules) => HandoffSettings.Usual with { Rules = HandoffRules.Usual.With(rules) };

    private static IReadOnlyList<Decision>? Before(Turn turn, HandoffRules? rules = null) => HandoffDecisions.Before(turn, Settings(rules));

    private static IReadOnlyList<Decision> After(Turn turn, string reply, HandoffRules? rules = null) =>
        HandoffDecisions.After(turn, [new Decision.Reply(reply)], Settings(rules));

    private static HandoffReason? Handed(IReadOnlyList<Decision>? decisions) => decisions?.OfType<Decision.HandOff>().Single().Reason;
}
