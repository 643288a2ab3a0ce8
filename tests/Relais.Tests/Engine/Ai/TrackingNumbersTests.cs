using Relais.Engine.Ai.BuiltIn;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

public sealed class TrackingNumbersTests
{
    [Theory]
    [InlineData("TRK1", "TRK1")]
    [InlineData("mon trk 12 34 56 svp", "TRK123456")]
    [InlineData("TRK:123456 le 12", "TRK123456")]
    [InlineData("رقمTRK123456", "TRK123456")]
    [InlineData("TRK123, TRK456 et TRK789 et TRK000", "TRK123,TRK456,TRK789")]
    [InlineData("commande #12345", "12345")]
    [InlineData("#CMD-20241", "CMD-20241")]
    [InlineData("123456", "123456")]
    [InlineData("le 123456 mon ami", "")]
    [InlineData("appelez le 0661234567", "")]
    [InlineData("0661234567", "")]
    [InlineData("+213661234567", "")]
    [InlineData("strk123", "")]
    [InlineData("TRK", "")]
    [InlineData("12345", "")]
    public void Numbers_are_found_where_they_are_meant(string text, string expected) =>
        string.Join(',', TrackingNumbers.In(text, isAboutOrder: false, isAwaited: false)).ShouldBe(expected);

    [Theory]
    [InlineData("ma commande 123456", "123456")]
    [InlineData("order cmd-20241 please", "CMD-20241")]
    [InlineData("commande payée 250.000000 DA", "")]
    [InlineData("commande 12345", "")]
    [InlineData("commande, mon tel 0661234567", "")]
    public void Bare_numbers_count_when_an_order_is_spoken_of(string text, string expected) =>
        string.Join(',', TrackingNumbers.In(text, isAboutOrder: true, isAwaited: false)).ShouldBe(expected);

    [Fact]
    public void An_awaited_number_may_look_like_a_telephones() =>
        TrackingNumbers.In("0661234567", isAboutOrder: true, isAwaited: true).ShouldBe(["0661234567"]);
}
