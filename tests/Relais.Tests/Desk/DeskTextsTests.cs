using Relais.Conversations;
using Shouldly;
using Xunit;

namespace Relais.Tests.Desk;

public sealed class DeskTextsTests
{
    [Fact]
    public void Taking_over_names_the_agent_in_the_customers_language()
    {
        Said(DeskTexts.TakenOver, "fr").ShouldBe("👤 Sara a pris en charge votre conversation et va vous répondre.");
        Said(DeskTexts.TakenOver, null).ShouldBe(Said(DeskTexts.TakenOver, "fr"));
        Said(DeskTexts.TakenOver, "ar").ShouldContain("Sara");
        Said(DeskTexts.Closed, "xx").ShouldBe(Said(DeskTexts.Closed, "fr"));
        Said(DeskTexts.Waiting, "fr").ShouldBe("Votre message a été reçu. Un agent vous répondra sous peu.");
        DeskTexts.Filled("{agent} de {business}", "Mirabel", null).ShouldBe("Mirabel de Mirabel");
    }

    private static string Said(string name, string? language) => DeskTexts.Filled(DeskTexts.Default(name, language), "Mirabel", "Sara");
}
