using Relais.Engine.Why;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Why;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("ma carte 4111 1111 1111 1111 svp", "ma carte **** 1111 svp")]
    [InlineData("5555-5555-5555-4444", "**** 4444")]
    [InlineData("بطاقتي ٤١١١١١١١١١١١١١١١", "بطاقتي **** ١١١١")]
    [InlineData("4111 1111 1111 1112", "4111 1111 1111 1112")]
    [InlineData("TRK4111111111111111", "TRK4111111111111111")]
    [InlineData("""{"number":"4111111111111111"}""", """{"number":"**** 1111"}""")]
    public void Only_numbers_of_cards_are_masked(string text, string kept) => PersonalData.WithoutCards(text).ShouldBe(kept);

    [Theory]
    [InlineData("Je suis Amina Benali, appelez le 06 12 34 56 78", "Je suis Client Client, appelez le +33600000000")]
    [InlineData("amina@exemple.fr ou +212 612-345678", "client@example.com ou +33600000000")]
    [InlineData("TRK123456 et #998877665", "TRK123456 et #998877665")]
    [InlineData("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN FR0000000000")]
    [InlineData("Carte 4111111111111111", "Carte 0000 0000 0000 0000")]
    [InlineData("J'attends depuis 2026 et 3 semaines, 49,90 €", "J'attends depuis 2026 et 3 semaines, 49,90 €")]
    [InlineData("Aminata n'est pas Amina", "Aminata n'est pas Client")]
    public void What_a_test_case_keeps_names_nobody(string text, string kept) => PersonalData.Without(text, "Amina Benali").ShouldBe(kept);

    [Fact]
    public void A_cut_never_parts_a_pair()
    {
        Cut.To("ab😀cd", 4).ShouldBe("ab…");
        Cut.To("abcd", 4).ShouldBe("abcd");
    }
}
