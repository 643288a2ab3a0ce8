using Relais.Channels;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

/// <summary>Numbers that one country writes in two ways, and all those that must be left alone.</summary>
public sealed class PhoneVariantsTests
{
    [Theory]
    [InlineData("Brazil", "551198765432", "5511998765432")]
    [InlineData("Brazil", "+558588765432", "+5585988765432")]
    [InlineData("Brazil, written with the 9", "5511998765432", "5511998765432")]
    [InlineData("Brazil, the lowest mobile number", "553161234567", "5531961234567")]
    [InlineData("Mexico", "5215512345678", "525512345678")]
    [InlineData("Mexico", "+5213312345678", "+523312345678")]
    [InlineData("Mexico, written without the 1", "525512345678", "525512345678")]
    [InlineData("Argentina", "5491123456789", "541123456789")]
    [InlineData("Argentina, Buenos Aires with 15", "54111523456789", "541123456789")]
    [InlineData("Argentina, both the 9 and the 15", "549111523456789", "541123456789")]
    [InlineData("Argentina, Córdoba with 15", "+54351151234567", "+543511234567")]
    [InlineData("Argentina, a town of four digits with 15", "54290115612345", "542901612345")]
    [InlineData("Argentina, written without either", "541123456789", "541123456789")]
    public void One_mobile_number_has_one_form(string where, string written, string canonical)
    {
        PhoneNumbers.Canonical(written).ShouldBe(canonical, where);
        PhoneNumbers.Canonical(canonical).ShouldBe(canonical, "once is enough");
    }

    [Theory]
    [InlineData("551132654321")]
    [InlineData("+556133123456")]
    [InlineData("555432123456")]
    [InlineData("525512345678")]
    [InlineData("+528181234567")]
    [InlineData("541143211234")]
    [InlineData("+543514321234")]
    [InlineData("542944412345")]
    [InlineData("33612340001")]
    [InlineData("+15215551234")]
    [InlineData("+4915112345678")]
    [InlineData("+5491112345678901")]
    [InlineData("+5214")]
    [InlineData("56912345678")]
    [InlineData("+573001234567")]
    [InlineData("FR.1349")]
    [InlineData("")]
    public void Landlines_and_every_other_number_stay_as_they_are(string number) => PhoneVariants.Canonical(number).ShouldBe(number);
}
