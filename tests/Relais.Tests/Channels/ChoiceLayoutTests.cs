using Relais.Channels;
using Shouldly;
using Xunit;
using static Relais.Channels.OutboundContent;

namespace Relais.Tests.Channels;

public sealed class ChoiceLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Few_short_choices_are_buttons(int count) =>
        ChoiceLayout.Of(OutboundSamples.Choices(count)).ShouldBeOfType<Buttons>().Items.Count.ShouldBe(count);

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void Up_to_ten_are_a_list(int count)
    {
        var list = ChoiceLayout.Of(OutboundSamples.Choices(count)).ShouldBeOfType<ChoiceList>();
        list.Button.ShouldBe("Choisir");
        list.Sections.ShouldHaveSingleItem().Rows.Count.ShouldBe(count);
    }

    [Fact]
    public void Few_choices_that_no_button_takes_are_a_list()
    {
        Of(new Choice("a", "Un titre de vingt-et-un"), new Choice("b", "B")).ShouldBeOfType<ChoiceList>();
        Of(new Choice("a", "A", "avec une description")).ShouldBeOfType<ChoiceList>();
        Of(new Choice("a", "Pareil"), new Choice("b", "Pareil")).ShouldBeOfType<ChoiceList>();
    }

    [Fact]
    public void More_than_ten_are_pages_that_lead_to_each_other_and_back()
    {
        var seen = new List<string>();
        int? page = 0;
        for (var shown = 0; shown < 3; shown++)
        {
            var rows = Rows(OutboundSamples.Choices(25) with { Page = page!.Value });
            rows.Count.ShouldBeLessThanOrEqualTo(10);
            rows.SkipLast(1).ShouldAllBe(r => ChoiceLayout.PageOf(r.Id) == null);
            seen.AddRange(rows.SkipLast(1).Select(r => r.Id));
            page = ChoiceLayout.PageOf(rows[^1].Id).ShouldNotBeNull();
        }

        seen.ShouldBe(Enumerable.Range(1, 25).Select(i => $"day:{i}"));
        page.ShouldBe(0, "the last page leads to the first");
        Rows(OutboundSamples.Choices(25) with { Page = 99 })[0].Id.ShouldBe("day:19", "a page beyond the last is the last");
    }

    [Fact]
    public void A_long_title_is_cut_between_graphemes_and_stands_in_full_below()
    {
        const string Title = "Famille nombreuse 👨‍👩‍👧‍👦 avec enfants en bas âge";
        var row = Rows(new Choices("?", [new Choice("a", Title, "Le mardi"), new Choice("b", "B")])).First();
        row.Title.ShouldBe("Famille nombreuse…");
        row.Title.Length.ShouldBeLessThanOrEqualTo(24);
        row.Description.ShouldBe($"{Title} – Le mardi"[..Math.Min(72, $"{Title} – Le mardi".Length)]);
    }

    [Theory]
    [InlineData("ar", "اختر")]
    [InlineData("en", "Choose")]
    [InlineData("fr", "Choisir")]
    public void The_words_added_are_in_the_language(string language, string button) =>
        ((ChoiceList)ChoiceLayout.Of(OutboundSamples.Choices(4) with { Language = language })).Button.ShouldBe(button);

    [Fact]
    public void Without_a_language_its_letters_tell() =>
        ((ChoiceList)ChoiceLayout.Of(OutboundSamples.Choices(4) with { Body = "أي يوم؟" })).Button.ShouldBe("اختر");

    [Theory]
    [InlineData("relais.page:2", 2)]
    [InlineData("relais.page:-1", null)]
    [InlineData("relais.page:x", null)]
    [InlineData("day:2", null)]
    [InlineData(null, null)]
    public void Page_ids_are_read_back(string? id, int? page) => ChoiceLayout.PageOf(id).ShouldBe(page);

    [Fact]
    public void Whatever_is_laid_out_both_channels_take()
    {
        foreach (var count in (int[])[1, 3, 4, 10, 11, 18, 19, 200])
        {
            foreach (var choices in (Choices[])[OutboundSamples.Choices(count), Wordy(count)])
            {
                ContentCheck.Of(choices, ContentLimits.Meta).ShouldBeEmpty();
                ContentCheck.Of(ChoiceLayout.Of(choices), ContentLimits.Meta).ShouldBeEmpty();
                ContentCheck.Of(ChoiceLayout.Of(choices), ContentLimits.Twilio).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void In_words_choices_are_numbered_and_never_cut()
    {
        PlainRendering.Of(OutboundSamples.Choices(3) with { Header = "Rendez-vous" }, 1600)
            .ShouldBe("*Rendez-vous*\n\nQuel jour ?\n\n1. Jour 1\n2. Jour 2\n3. Jour 3\n\nRépondez par le numéro de votre choix.");
        var wordy = PlainRendering.Of(Wordy(200) with { Body = new string('é', 1024) }, 1600);
        wordy.Length.ShouldBeLessThanOrEqualTo(1600);
        wordy.ShouldContain("\n10. Voir la suite…");
        wordy.ShouldEndWith("Répondez par le numéro de votre choix.");
        PlainRendering.Of(new LocationRequest("أين نوصل؟"), 1600).ShouldContain("الموقع");
        PlainRendering.Of(new UrlButton("Voici", "Le site", "https://a.example"), 1600).ShouldBe("Voici\n\nLe site : https://a.example");
    }

    private static OutboundContent Of(params Choice[] items) => ChoiceLayout.Of(new Choices("?", items));

    private static IReadOnlyList<Choice> Rows(Choices choices) => ChoiceLayout.Of(choices).ShouldBeOfType<ChoiceList>().Sections.ShouldHaveSingleItem().Rows;

    private static Choices Wordy(int count) => new("Lequel ?",
        [.. Enumerable.Range(1, count).Select(i => new Choice($"{i}", $"Un titre bien trop long pour une ligne {i} 🍞🍞🍞", new string('d', 150)))]);
}
