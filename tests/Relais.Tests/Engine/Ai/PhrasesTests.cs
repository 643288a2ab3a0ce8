using Relais.Engine.Ai.BuiltIn;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

public sealed class PhrasesTests
{
    private static readonly Phrases Some = new("bonjour|bon|bonne journée|merci\n*توصيل*|livr*|parler à un*");

    [Theory]
    [InlineData("Bonjour!", true)]
    [InlineData("bonjours", false)]
    [InlineData("une bonne journée à tous", true)]
    [InlineData("bonne nuit", false)]
    [InlineData("سعر التوصيلة", true)]
    [InlineData("une livraison", true)]
    [InlineData("délivrer", false)]
    [InlineData("je veux parler à une personne", true)]
    [InlineData("", false)]
    public void Phrases_are_found_as_whole_words_and_starred_ones_inside_words(string text, bool expected) =>
        Some.AreIn(Phrases.Pad(text)).ShouldBe(expected);

    [Theory]
    [InlineData("Bonjour, merci", " ")]
    [InlineData("bonjour bonjour Ali merci", " ali ")]
    [InlineData("Ali", " ali ")]
    [InlineData("Ali bonne journée Sara", " ali sara ")]
    [InlineData("bonne", " bone ")]
    [InlineData("", "  ")]
    public void What_is_left_keeps_its_words_apart(string text, string left) => Some.Without(Phrases.Pad(text)).ShouldBe(left);
}
