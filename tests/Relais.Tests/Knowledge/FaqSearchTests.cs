using Relais.Engine.Ai;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class FaqSearchTests(ITestOutputHelper output)
{
    private static readonly FaqSearch Search = FaqSearch.Build(FaqTrial.Entries);

    private static long? ClearAnswerTo(string text) =>
        ClearAnswer.Among([.. Search.Find(text).Select(m => new FaqHit(m.Id, m.Question, m.Answer, m.Score))])?.Id;

    [Fact]
    public void Clear_answers_are_nearly_always_right_and_most_questions_get_one()
    {
        var (right, wrong) = Measure(FaqTrial.Asked, "asked");
        wrong.ShouldBeLessThanOrEqualTo(2);
        right.ShouldBeGreaterThanOrEqualTo(FaqTrial.Asked.Count * 80 / 100);
    }

    [Fact]
    public void Questions_kept_apart_are_answered_rightly_or_not_at_all()
    {
        var (right, wrong) = Measure(FaqTrial.HeldOut, "held out");
        wrong.ShouldBeLessThanOrEqualTo(2);
        right.ShouldBeGreaterThanOrEqualTo(FaqTrial.HeldOut.Count * 60 / 100);
    }

    [Fact]
    public void What_the_faq_does_not_know_is_left_to_a_person()
    {
        var answered = FaqTrial.Elsewhere.Where(text => ClearAnswerTo(text) is not null).ToList();
        foreach (var text in answered)
        {
            output.WriteLine($"{text} => {Show(text)}");
        }

        output.WriteLine($"elsewhere: {answered.Count} of {FaqTrial.Elsewhere.Count} answered");
        answered.Count.ShouldBeLessThanOrEqualTo(2, string.Join(" | ", answered));
    }

    [Fact]
    public void The_right_entry_is_among_the_first_three()
    {
        var all = FaqTrial.Asked.Concat(FaqTrial.HeldOut).ToList();
        var first = all.Count(q => Search.Find(q.Text) is [var best, ..] && best.Id == q.Answer);
        var three = all.Count(q => Search.Find(q.Text).Any(m => m.Id == q.Answer));
        output.WriteLine($"first {first} of {all.Count}, in three {three}");
        three.ShouldBeGreaterThanOrEqualTo(all.Count * 90 / 100);
    }

    [Fact]
    public void Scores_lie_between_0_and_1_and_the_owners_own_words_score_highest()
    {
        foreach (var (id, question, _) in FaqTrial.Entries)
        {
            var best = Search.Find(question)[0];
            best.Id.ShouldBe(id);
            best.Score.ShouldBeInRange(0.8, 1.0);
        }
    }

    [Fact]
    public void An_empty_faq_and_an_empty_question_find_nothing()
    {
        FaqSearch.Build([]).Find("horaires").ShouldBeEmpty();
        Search.Find("").ShouldBeEmpty();
        Search.Find(" ?? 😀").ShouldBeEmpty();
        Search.Find("\ud800 horaires").ShouldNotBeEmpty();
    }

    [Fact]
    public void One_lone_entry_does_not_answer_everything()
    {
        var one = FaqSearch.Build([(1, "Quels sont vos horaires ?", "9h à 19h.")]);
        one.Find("quels sont vos tarifs ?").ShouldAllBe(m => m.Score < FaqClarity.LeastScore);
        one.Find("je voudrais réserver une table pour ce soir").ShouldAllBe(m => m.Score < FaqClarity.LeastScore);
        one.Find("vos horaires svp")[0].Score.ShouldBeGreaterThan(FaqClarity.LeastScore);
    }

    [Fact]
    public void An_owner_who_writes_arabic_is_found_by_french_questions_too()
    {
        var arabic = FaqSearch.Build([(1, "ما هي أوقات العمل؟ متى تفتحون؟", "من 9 إلى 19."), (2, "كم سعر التوصيل؟", "400 دج.")]);
        arabic.Find("prix de la livraison ?")[0].Id.ShouldBe(2);
        arabic.Find("vos horaires d'ouverture ?")[0].Id.ShouldBe(1);
    }

    private (int Right, int Wrong) Measure(IReadOnlyList<(string Text, long Answer)> questions, string name)
    {
        var (right, wrong) = (0, 0);
        foreach (var (text, answer) in questions)
        {
            var given = ClearAnswerTo(text);
            right += given == answer ? 1 : 0;
            wrong += given is not null && given != answer ? 1 : 0;
            if (given != answer)
            {
                output.WriteLine($"{(given is null ? "none " : "WRONG")} {answer} {text} => {Show(text)}");
            }
        }

        output.WriteLine($"{name}: {right} right, {wrong} wrong of {questions.Count}");
        return (right, wrong);
    }

    private static string Show(string text) => string.Join(", ", Search.Find(text).Select(m => $"{m.Id}:{m.Score:F2}"));
}
