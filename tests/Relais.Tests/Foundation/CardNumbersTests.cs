using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

public sealed class CardNumbersTests
{
    [Theory]
    [InlineData("ma carte 4111 1111 1111 1111 svp", "ma carte **** 1111 svp")]
    [InlineData("5555-5555-5555-4444", "**** 4444")]
    [InlineData("بطاقتي ٤١١١١١١١١١١١١١١١", "بطاقتي **** ١١١١")]
    [InlineData("4111 1111 1111 1112", "4111 1111 1111 1112")]
    [InlineData("TRK4111111111111111", "TRK4111111111111111")]
    [InlineData("""{"number":"4111111111111111"}""", """{"number":"**** 1111"}""")]
    public void Only_numbers_of_cards_are_masked(string text, string kept) => CardNumbers.Mask(text).ShouldBe(kept);
}
