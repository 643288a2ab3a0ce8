using Relais.Conversations;
using Relais.Foundation;
using Relais.FollowUps;
using Relais.FollowUps.Finding;
using Relais.FollowUps.Planning;
using Relais.Outbox;
using Relais.Templates;
using Shouldly;
using Xunit;

namespace Relais.Tests.FollowUps;

/// <summary>What a model wrote is read strictly: what it was not shown, may not say or could not mean is not used.</summary>
public sealed class ProposalReadingTests
{
    private static readonly long Now = Instants.ToMicros(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));

    private static PlanContext Context => new(
        new FollowUpPlan { Rule = RuleKinds.QuietAfterOffer, Language = "fr" }, RuleSettings.Of(RuleKinds.QuietAfterOffer), new PlanFacts { Business = "Beyond" },
        new QuietTimes("UTC", new QuietHours("UTC", 21 * 60, 8 * 60), new HashSet<DateOnly>(), FixedHolidays.None), Now)
    {
        Messages =
        [
            new Relais.Conversations.StoredMessage { Id = 7, Author = Author.Customer, Content = "C'est combien ?" },
            new Relais.Conversations.StoredMessage { Id = 8, Author = Author.Agent, Content = "49 €, voyez https://shop.example/pack" },
        ],
        Templates = [new UsableTemplate("relance", "fr", "utility", ["body.1"], "Bonjour {{1}}")],
    };

    private static string Answer(
        string step = """{"in_hours": 12, "text": "Toujours intéressée ?", "template": "relance", "variables": {"1": "Lina"}}""",
        string evidence = """{"message_id": 8, "quote": "49 €"}""", string confidence = "0.82", string language = "fr") =>
        $$"""
        ```json
        {"follow_up": true, "language": "{{language}}", "confidence": {{confidence}}, "reason": "Price asked.", "evidence": [{{evidence}}], "steps": [{{step}}]}
        ```
        """;

    [Fact]
    public void A_good_proposal_is_taken_and_its_time_is_put_out_of_the_night()
    {
        var proposed = ProposalReading.Read(Answer(), "gemini/x", Context).ShouldBeOfType<PlanOutcome.Proposed>();
        (proposed.Confidence, proposed.Language, proposed.Planner).ShouldBe((82, "fr", "gemini/x"));
        var step = proposed.Steps.ShouldHaveSingleItem();
        step.DueAt.ShouldBe(Now + (20 * Instants.Hour), "twelve hours on is midnight: eight in the morning instead");
        step.Template!.Body!["1"].ShouldBe("Lina");
    }

    [Fact]
    public void A_link_of_the_business_stays_and_any_other_goes()
    {
        var step = """{"in_hours": 0, "text": "Voyez https://shop.example/pack ou https://evil.example/x"}""";
        var text = ProposalReading.Read(Answer(step), "m", Context).ShouldBeOfType<PlanOutcome.Proposed>().Steps[0].Text;
        text.ShouldContain("shop.example/pack");
        text.ShouldNotContain("evil");
    }

    [Theory]
    [InlineData("""{"message_id": 9, "quote": "49 €"}""", "a message it was not shown")]
    [InlineData("""{"message_id": 8, "quote": "59 €"}""", "words that were not said")]
    public void Evidence_that_is_none_ends_it(string evidence, string why) => ProposalReading.Read(Answer(evidence: evidence), "m", Context).ShouldBeNull(why);

    [Theory]
    [InlineData("""{"in_hours": -1, "text": "A"}""")]
    [InlineData("""{"in_hours": 900, "text": "A"}""")]
    [InlineData("""{"in_hours": 0, "text": ""}""")]
    [InlineData("""{"in_hours": 0, "text": "A", "template": "other", "variables": {}}""")]
    [InlineData("""{"in_hours": 0, "text": "A", "template": "relance", "variables": {}}""")]
    [InlineData("""{"in_hours": 0, "text": "A", "template": "relance", "variables": {"1": "https://evil.example"}}""")]
    [InlineData("""{"in_hours": 0, "text": "Je vous transfère à un collègue."}""")]
    [InlineData("""{"in_hours": 0}""")]
    [InlineData("")]
    [InlineData("""{"in_hours": 0, "text": "A"}, {"in_hours": 30, "text": "B"}, {"in_hours": 60, "text": "C"}""")]
    public void A_step_that_cannot_be_sent_ends_it(string step) => ProposalReading.Read(Answer(step), "m", Context).ShouldBeNull();

    [Theory]
    [InlineData("1.2", "fr")]
    [InlineData("\"high\"", "fr")]
    [InlineData("0.9", "de")]
    public void What_is_out_of_range_ends_it(string confidence, string language) =>
        ProposalReading.Read(Answer(confidence: confidence, language: language), "m", Context).ShouldBeNull();

    [Theory]
    [InlineData("Bien sûr, je relance demain !")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"follow_up": "yes"}""")]
    public void What_is_no_plan_is_none(string answer) => ProposalReading.Read(answer, "m", Context).ShouldBeNull();

    [Fact]
    public void A_model_may_say_that_nothing_is_needed() =>
        ProposalReading.Read("""{"follow_up": false, "reason": "They said no."}""", "m", Context).ShouldBe(new PlanOutcome.NotNeeded("m", null, "They said no."));

    [Theory]
    [InlineData("Le pack coûte 49 €.", true)]
    [InlineData("Voulez-vous le réserver ?", true)]
    [InlineData("السعر 200 درهم", true)]
    [InlineData("هل تريد المتابعة؟", true)]
    [InlineData("We have a discount for you.", true)]
    [InlineData("Votre colis est en route.", false)]
    [InlineData("Merci, bonne journée !", false)]
    public void An_offer_a_price_or_a_question_waits_for_an_answer(string words, bool waits) => OfferSigns.In(words).ShouldBe(waits);

    [Theory]
    [InlineData("fr", "Nous nous sommes manqués le 1er mai 2026")]
    [InlineData("en", "We missed each other on 1 May 2026")]
    [InlineData("ar", "1 مايو 2026")]
    public void The_usual_words_speak_the_customers_language_and_write_dates_as_it_does(string language, string part)
    {
        foreach (var rule in RuleKinds.All)
        {
            FollowUpTexts.Usual(rule, language).ShouldAllBe(t => FollowUpWords.Unknown(t).Count == 0 && t.Length < 300);
        }

        new FollowUpWords("Lina", null, "Beyond", "2026-05-01").Fill(FollowUpTexts.Usual(RuleKinds.AppointmentMissed, language)[0], language).ShouldContain(part);
    }
}
