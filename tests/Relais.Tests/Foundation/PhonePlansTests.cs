using Relais.Channels;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

/// <summary>Numbers as people write them at home.</summary>
public sealed class PhonePlansTests
{
    [Theory]
    [InlineData("FR", "06 12 34 56 78", "+33612345678")]
    [InlineData("FR", "0033 6 12 34 56 78", "+33612345678")]
    [InlineData("FR", "+212 612-345678", "+212612345678")]
    [InlineData("FR", "33612345678", "+33612345678")]
    [InlineData("MA", "0612345678", "+212612345678")]
    [InlineData("DZ", "0555 12 34 56", "+213555123456")]
    [InlineData("TN", "20 123 456", "+21620123456")]
    [InlineData("US", "(415) 523-8886", "+14155238886")]
    [InlineData("ES", "612 34 56 78", "+34612345678")]
    [InlineData("RU", "8 912 345 67 89", "+79123456789")]
    [InlineData(null, "+33612345678", "+33612345678")]
    public void A_number_is_one_of_its_country(string? country, string written, string expected) => PhoneNumbers.ToE164(written, country).ShouldBe(expected);

    [Theory]
    [InlineData("FR", "06 12 34 56")]
    [InlineData("FR", "06 12 34 56 78 90")]
    [InlineData("FR", "call me")]
    [InlineData("FR", "")]
    [InlineData(null, "0612345678")]
    public void What_is_none_is_refused(string? country, string written) => PhoneNumbers.ToE164(written, country).ShouldBeNull();
}
