using FsCheck;
using FsCheck.Fluent;
using Relais.Conversations;
using Relais.Outbox;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Long answers become several messages and lose nothing on the way.</summary>
public sealed class TextSplitterTests
{
    private static Gen<string> Texts =>
        Gen.ListOf(Gen.Frequency(
            (12, Gen.Elements("Bonjour", "commande", "TRK123456", "طلبك", "في", "الطريق", "a", "é", "👩‍👩‍👧", "🙂")),
            (8, Gen.Constant(" ")),
            (2, Gen.Elements(". ", "؟ ", "! ", "; ", "… ", ".")),
            (1, Gen.Elements("\n", "\n\n", "   ", "\t")),
            (1, Gen.Choose(1, 2000).Select(n => new string('x', n))),
            (1, Gen.Choose(1, 900).Select(n => string.Concat(Enumerable.Repeat("🙂", n)))),
            (1, Gen.Choose(1, 1700).Select(n => new string(' ', n)))), 400)
        .Select(pieces => string.Concat(pieces));

    [Theory]
    [InlineData(1600)]
    [InlineData(4096)]
    public void Nothing_but_white_space_is_lost_and_every_part_fits(int limit) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(Texts), text =>
        {
            var parts = TextSplitter.Split(text, limit);
            string.Concat(parts.SelectMany(Letters)).ShouldBe(string.Concat(Letters(text)));
            parts.ShouldAllBe(p => p.Length <= limit);
            parts.ShouldAllBe(p => text.Length <= limit || !string.IsNullOrWhiteSpace(p));
            parts.ShouldAllBe(p => !char.IsLowSurrogate(p.FirstOrDefault()) && !char.IsHighSurrogate(p.LastOrDefault()));
            (2 * parts.Count).ShouldBeLessThanOrEqualTo(SendGate.IdsNeeded(text), "the gate reserves its ids before it splits");
        }));

    [Fact]
    public void A_text_that_fits_is_left_as_it_is() => TextSplitter.Split(" as is \n", 1600).ShouldBe([" as is \n"]);

    [Theory]
    [InlineData("؟ ")]
    [InlineData(". ")]
    [InlineData("! ")]
    [InlineData("… ")]
    public void A_long_text_is_cut_after_a_sentence(string end)
    {
        var first = string.Join(' ', Enumerable.Repeat("كلمة", 250)) + end.Trim();
        var second = string.Join(' ', Enumerable.Repeat("أخرى", 200)) + end.Trim();
        TextSplitter.Split($"{first} {second}", 1600).ShouldBe([first, second]);
    }

    [Fact]
    public void A_paragraph_goes_before_a_line_a_line_before_a_sentence_and_a_sentence_before_a_word()
    {
        var words = new string('a', 899);
        TextSplitter.Split($"{words}\n\nb. c\nd. e {words}", 1600)[0].ShouldBe(words);
        TextSplitter.Split($"{words}\nb. c {words}", 1600)[0].ShouldBe(words);
        TextSplitter.Split($"{words}. b c {words}", 1600)[0].ShouldBe(words + ".");
        TextSplitter.Split($"{words} {words}", 1600).ShouldBe([words, words]);
    }

    [Fact]
    public void An_early_break_does_not_make_a_message_of_a_few_words()
    {
        var parts = TextSplitter.Split("Bonjour.\n\n" + string.Join(' ', Enumerable.Repeat("mot", 500)), 1600);
        parts[0].Length.ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void A_surrogate_pair_on_the_edge_goes_to_the_next_part()
    {
        var parts = TextSplitter.Split(new string('x', 1599) + "🙂" + new string('y', 10), 1600);
        parts[0].ShouldBe(new string('x', 1599));
        parts[1].ShouldStartWith("🙂");
    }

    [Fact]
    public void White_space_alone_is_never_a_part_of_its_own()
    {
        TextSplitter.Split(new string(' ', 1700) + "fin", 1600).ShouldBe(["fin"]);
        TextSplitter.Split(new string('\n', 5000), 1600).ShouldBe([""]);
    }

    private static IEnumerable<char> Letters(string text) => text.Where(c => !char.IsWhiteSpace(c));
}
