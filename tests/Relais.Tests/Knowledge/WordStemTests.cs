using Relais.Foundation;
using Relais.Knowledge.Search;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class WordStemTests
{
    [Theory]
    [InlineData("livraison", "livr")]
    [InlineData("livraisons", "livr")]
    [InlineData("livrées", "livr")]
    [InlineData("livrer", "livr")]
    [InlineData("chevaux", "cheval")]
    [InlineData("tapis", "tapi")]
    [InlineData("prix", "prix")]
    [InlineData("opening", "open")]
    [InlineData("opened", "open")]
    [InlineData("courses", "cours")]
    [InlineData("deliveries", "deliveri")]
    [InlineData("delivery", "deliveri")]
    [InlineData("bus", "bus")]
    [InlineData("السجادة", "سجاد")]
    [InlineData("سجادات", "سجاد")]
    [InlineData("والسجاد", "سجاد")]
    [InlineData("للسجاد", "سجاد")]
    [InlineData("بالتقسيط", "تقسيط")]
    [InlineData("التَّقْسِيطُ", "تقسيط")]
    [InlineData("الفنادق", "فنادق")]
    [InlineData("وقت", "وقت")]
    [InlineData("لون", "لون")]
    [InlineData("١٢٣", "123")]
    [InlineData("", "")]
    public void Forms_of_a_word_meet(string word, string stem) => WordStem.Of(TextFolding.FoldWords(word)).ShouldBe(stem);
}
