using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("Où est ma Commande ?", "ou est ma comande ?")]
    [InlineData("ÉLÉPHANT œuvre cœur", "elephant oeuvre coeur")]
    [InlineData("أإآٱ ى ة", "ا ي ه")]
    [InlineData("مُؤَسَّسَة", "موسه")]
    [InlineData("شـــكراً", "شكرا")]
    [InlineData("TRK١٢٣ ۴۵۶", "trk123 456")]
    [InlineData("TRK111222", "trk111222")]
    [InlineData("merciiiii!!", "merci!!")]
    [InlineData("  a \t\r\n\u00a0b\u200f ", "a b")]
    [InlineData("l’agent", "l'agent")]
    [InlineData("ﬁn", "fin")]
    [InlineData("", "")]
    [InlineData("İstanbul", "istanbul")]
    public void One_spelling_for_many(string text, string folded) => TextFolding.Fold(text).ShouldBe(folded);

    [Theory]
    [InlineData("C'est où, l'agence?", "c est ou l agence")]
    [InlineData("#TRK-123 👍", "trk 123")]
    [InlineData("؟ ... !", "")]
    public void Words_alone_when_only_they_matter(string text, string folded) => TextFolding.FoldWords(text).ShouldBe(folded);

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm() => TextFolding.Fold("x\ud800Y").ShouldBe("x\ufffdy");

    [Fact]
    public void Folding_twice_changes_nothing_more()
    {
        foreach (var text in (string[])["مُؤَسَّسَة الشُّحن", "Où çà œœ ﷺ", "AAAaaa bB", "½ № ™ Ⅷ"])
        {
            TextFolding.Fold(TextFolding.Fold(text)).ShouldBe(TextFolding.Fold(text));
        }
    }

    /// <summary>Normalising throws on them; a customer who sends one must not end with a failed turn.</summary>
    [Fact]
    public void Code_points_that_are_no_characters_are_spaces() => TextFolding.FoldWords("Où\uffff est\ufffema").ShouldBe("ou est ma");
}
