using Relais.Desk;
using Shouldly;
using Xunit;

namespace Relais.Tests.Desk;

public sealed class DeskTextsTests
{
    [Fact]
    public void Taking_over_names_the_agent_in_the_customers_language()
    {
        DeskTexts.Takeover("fr", "Sara").ShouldBe("👤 Sara a pris en charge votre conversation et va vous répondre.");
        DeskTexts.Takeover(null, "Sara").ShouldBe(DeskTexts.Takeover("fr", "Sara"));
        DeskTexts.Takeover("ar", "سارة").ShouldContain("سارة");
        DeskTexts.Closing("xx").ShouldBe(DeskTexts.Closing("fr"));
    }
}
