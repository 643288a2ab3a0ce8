using System.Diagnostics;
using Relais.Engine.Ai.BuiltIn;
using Relais.Knowledge;
using Relais.Knowledge.Documents;
using Relais.Knowledge.Search;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class KnowledgeSearchTests(ITestOutputHelper output)
{
    private static readonly KnowledgeIndex Index = KnowledgeIndex.Build([], Passages(), [], 0.45);

    [Fact]
    public void The_right_passage_is_found_in_three_languages()
    {
        var (first, _, _) = Measure(KnowledgeTrial.Tuning, "tuning");
        first.ShouldBeGreaterThanOrEqualTo(27);
        var (keptFirst, quoted, wrong) = Measure(KnowledgeTrial.Kept, "kept apart");
        keptFirst.ShouldBeGreaterThanOrEqualTo(29);
        quoted.ShouldBeGreaterThanOrEqualTo(20);
        wrong.ShouldBe(0);
    }

    [Fact]
    public void What_no_document_says_is_hardly_ever_quoted()
    {
        var quoted = KnowledgeTrial.Elsewhere.Where(text => Index.Find(text).Passages is [{ Score: >= KnowledgeFloor.QuotedPassage }, ..]).ToList();
        var shown = KnowledgeTrial.Elsewhere.Count(text => Index.Find(text).Passages.Count > 0);
        output.WriteLine($"elsewhere: {KnowledgeTrial.Elsewhere.Count}, shown to a model {shown}, quoted {quoted.Count}: {string.Join(" | ", quoted)}");
        quoted.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void A_search_through_much_is_fast()
    {
        var random = new Random(5);
        var words = KnowledgeTrial.Guide.Split(' ').Concat(KnowledgeTrial.Workshop.Split(' ')).Concat(KnowledgeTrial.Arabic.Split(' '))
            .Concat(Enumerable.Range(0, 6_000).Select(i => "mot" + Convert.ToHexStringLower(BitConverter.GetBytes(random.Next()))[..5])).ToArray();
        var faqs = Enumerable.Range(1, 500).Select(i => new Faq { Id = i, Question = Text(8), Answer = Text(25) }).ToList();
        var passages = Enumerable.Range(1_000, 2_000).Select(i => new StoredPassage { Id = i, Title = "T", Heading = Text(4), Text = Text(180) }).ToList();
        var since = Stopwatch.GetTimestamp();
        var index = KnowledgeIndex.Build(faqs, passages, [], 0.45);
        var built = Stopwatch.GetElapsedTime(since);
        var questions = KnowledgeTrial.Tuning.Concat(KnowledgeTrial.Kept).Select(q => q.Text).Concat(Enumerable.Range(0, 100).Select(_ => Text(12))).ToList();
        var times = new List<double>();
        for (var round = 0; round < 8; round++)
        {
            foreach (var question in questions)
            {
                since = Stopwatch.GetTimestamp();
                index.Find(question, "fr");
                times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        }

        times = [.. times.Skip(questions.Count).Order()];
        var p99 = times[times.Count * 99 / 100];
        output.WriteLine($"500 FAQs and 2,000 passages: built in {built.TotalMilliseconds:0} ms; a search takes {times[times.Count / 2]:0.00} ms, p99 {p99:0.00} ms");
        times[times.Count / 2].ShouldBeLessThan(10, "the tail depends on who else uses this machine");

        string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)]));
    }

    [Fact]
    public void The_entry_in_the_customers_language_comes_first_and_others_are_still_found()
    {
        List<Faq> faqs =
        [
            new() { Id = 1, Question = "Livrez-vous le dimanche ?", Answer = "Non, jamais.", Language = "fr" },
            new() { Id = 2, Question = "Livrez-vous le dimanche ?", Answer = "Yes, in English.", Language = "en" },
            new() { Id = 3, Question = "Quelle garantie donnez-vous ?", Answer = "Deux ans.", Language = "fr" },
        ];
        var index = KnowledgeIndex.Build(faqs, [], [], 0.45);
        Answer("livrez-vous le dimanche", "en").ShouldBe("Yes, in English.");
        Answer("livrez-vous le dimanche", "fr").ShouldBe("Non, jamais.");
        Answer("what is your warranty", "en").ShouldBe("Deux ans.");
        index.Find("avez-vous une piscine", "fr").Faqs.ShouldBeEmpty();

        string? Answer(string text, string language) => ClearAnswer.Among(
            [.. index.Find(text, language).Faqs.Select(m => new Relais.Engine.Ai.FaqHit(m.Id, m.Question, m.Answer, m.Score))])?.Answer;
    }

    [Fact]
    public void Vectors_find_what_words_do_not_and_the_floor_holds()
    {
        List<StoredPassage> passages = [new() { Id = 1, Heading = "Mites", Text = "Placez un sachet de lavande." }, new() { Id = 2, Heading = "Prix", Text = "Tout est affiché." }];
        var index = KnowledgeIndex.Build([], passages, [new(1, [1, 0]), new(2, [0, 1])], 0.45);
        index.Find("des insectes dévorent mon salon", "fr", [0.8f, 0.6f]).Passages.Select(p => p.Passage.Id).ShouldBe([1, 2]);
        index.Find("des insectes dévorent mon salon", "fr", [0.96f, 0.28f]).Passages.ShouldHaveSingleItem().Passage.Id.ShouldBe(1);
        index.Find("des insectes dévorent mon salon", "fr", [-1f, 0f]).Passages.ShouldBeEmpty();
        index.Find("des insectes dévorent mon salon", "fr", [1f]).Passages.ShouldBeEmpty("another model's length");
    }

    private (int First, int Quoted, int Wrong) Measure(IReadOnlyList<(string Language, string Text, string Heading)> asked, string name)
    {
        var (first, three, quoted, wrong) = (0, 0, 0, 0);
        foreach (var group in asked.GroupBy(q => q.Language))
        {
            var found = group.Select(q => (q.Heading, Index.Find(q.Text, q.Language).Passages)).ToList();
            var best = found.Count(f => f.Passages is [var top, ..] && Is(top, f.Heading));
            first += best;
            three += found.Count(f => f.Passages.Any(p => Is(p, f.Heading)));
            quoted += found.Count(f => f.Passages is [{ Score: >= KnowledgeFloor.QuotedPassage } top, ..] && Is(top, f.Heading));
            wrong += found.Count(f => f.Passages is [{ Score: >= KnowledgeFloor.QuotedPassage } top, ..] && !Is(top, f.Heading));
            output.WriteLine($"{name} {group.Key}: first {best} of {group.Count()}");
        }

        output.WriteLine($"{name}: {asked.Count} questions, first {first}, in three {three}, quoted rightly {quoted}, wrongly {wrong}");
        return (first, quoted, wrong);
    }

    private static bool Is(PassageMatch match, string heading) => match.Passage.Heading.EndsWith(heading, StringComparison.Ordinal);

    private static List<StoredPassage> Passages()
    {
        var id = 0;
        return [.. new (string Text, string Title, string Language)[]
            { (KnowledgeTrial.Guide, "Guide de la Maison Atlas", "fr"), (KnowledgeTrial.Workshop, "Atlas weaving workshop", "en"), (KnowledgeTrial.Arabic, "دليل الزبائن", "ar") }
        .SelectMany(d => PassageCutter.Cut(MarkdownText.Read(d.Text)).Select(p => new StoredPassage { Id = ++id, Title = d.Title, Language = d.Language, Heading = p.Heading, Text = p.Text }))];
    }
}
