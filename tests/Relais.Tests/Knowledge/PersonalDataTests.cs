using Relais.Knowledge.Candidates;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("Appelez Samira au +213 555 12 34 56 ou samira@mail.dz", "Appelez […] au [n°] ou […@…]")]
    [InlineData("Votre commande TRK123456 coûte 12 000 DA, payable en 3 fois", "Votre commande [n°] coûte 12 000 DA, payable en 3 fois")]
    [InlineData("Commande n° 4471 du 12/03/2026 : 1 250,50 €", "Commande n° [n°] du 12/03/2026 : 1 250,50 €")]
    [InlineData("رقم هاتفي 0555123456 والثمن 45000 دج", "رقم هاتفي [n°] والثمن 45000 دج")]
    [InlineData("Open from 9:00 to 19:30, room 12", "Open from 9:00 to 19:30, room 12")]
    public void What_tells_of_one_person_is_masked_and_amounts_stay(string text, string masked) => PersonalData.Mask(text, "Samira B.").ShouldBe(masked);
}
