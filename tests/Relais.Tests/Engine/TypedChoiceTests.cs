using Relais.Channels;
using Relais.Engine;
using Relais.Tests.Channels;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine;

/// <summary>What customers type instead of tapping.</summary>
public sealed class TypedChoiceTests
{
    private static readonly OutboundContent Order = new OutboundContent.Buttons("D'accord ?",
        [new Choice("confirm", "✅ Confirmer"), new Choice("modify", "Modifier"), new Choice("cancel", "Annuler")]);

    private static readonly OutboundContent Arabic = new OutboundContent.Buttons("هل توافق؟",
        [new Choice("yes", "تأكيد الطلب"), new Choice("no", "إلغاء"), new Choice("agent", "التحدث مع موظف")]);

    [Theory]
    [InlineData("1", "confirm")]
    [InlineData("1.", "confirm")]
    [InlineData("1️⃣", "confirm")]
    [InlineData(" 2 ) ", "modify")]
    [InlineData("١", "confirm")]
    [InlineData("۳", "cancel")]
    [InlineData("un", "confirm")]
    [InlineData("UN", "confirm")]
    [InlineData("one", "confirm")]
    [InlineData("واحد", "confirm")]
    [InlineData("إثنان", "modify")]
    [InlineData("ثلاثة", "cancel")]
    [InlineData("three", "cancel")]
    [InlineData("le deuxième", "modify")]
    [InlineData("the second one", "none")]
    [InlineData("option 2", "modify")]
    [InlineData("choix numéro 3", "cancel")]
    [InlineData("الخيار رقم 2", "modify")]
    [InlineData("je veux le 3 svp", "cancel")]
    [InlineData("Confirmer", "confirm")]
    [InlineData("CONFIRMER !", "confirm")]
    [InlineData("confirmé", "confirm")]
    [InlineData("comfirmer", "confirm")]
    [InlineData("modifer", "modify")]
    [InlineData("anuler", "cancel")]
    [InlineData("0", "none")]
    [InlineData("4", "none")]
    [InlineData("12", "none")]
    [InlineData("99999999999999999999", "none")]
    [InlineData("-1", "confirm")]
    [InlineData("1 ou 2", "none")]
    [InlineData("1.5", "none")]
    [InlineData("ne pas confirmer", "none")]
    [InlineData("confirmer ou annuler ?", "none")]
    [InlineData("Bonjour", "none")]
    [InlineData("ok", "none")]
    [InlineData("", "none")]
    [InlineData("👍", "none")]
    [InlineData("svp", "none")]
    [InlineData("le", "none")]
    public void Beside_three_buttons(string text, string choice) => (TypedChoice.Match(text, Order)?.Id ?? "none").ShouldBe(choice);

    [Theory]
    [InlineData("تاكيد الطلب", "yes")]
    [InlineData("تأكيد", "yes")]
    [InlineData("الغاء", "no")]
    [InlineData("إلغـــاء", "no")]
    [InlineData("التحدث مع موضف", "agent")]
    [InlineData("التحدث", "agent")]
    [InlineData("لا", "none")]
    public void In_Arabic(string text, string choice) => (TypedChoice.Match(text, Arabic)?.Id ?? "none").ShouldBe(choice);

    [Fact]
    public void A_title_that_is_a_number_goes_before_the_place()
    {
        var people = new OutboundContent.Buttons("Combien ?", [new Choice("two", "2"), new Choice("one", "1"), new Choice("many", "4 et plus")]);
        TypedChoice.Match("1", people)!.Id.ShouldBe("one");
        TypedChoice.Match("3", people)!.Id.ShouldBe("many");
    }

    [Fact]
    public void What_could_mean_two_means_none()
    {
        var twins = new OutboundContent.ChoiceList("?", "b", [new ChoiceSection(
            [new Choice("a", "Livraison rapide"), new Choice("b", "Livraison lente"), new Choice("c", "Retrait"), new Choice("d", "retrait !")])]);
        TypedChoice.Match("livraison", twins).ShouldBeNull();
        TypedChoice.Match("retrait", twins).ShouldBeNull();
        TypedChoice.Match("livraison rapide", twins)!.Id.ShouldBe("a");
    }

    [Fact]
    public void On_a_page_numbers_are_those_shown_and_titles_those_of_every_page()
    {
        var second = OutboundSamples.Choices(25) with { Page = 1 };
        TypedChoice.Match("1", second)!.Id.ShouldBe("day:10");
        TypedChoice.Match("10", second)!.Id.ShouldBe("relais.page:2");
        TypedChoice.Match("11", second).ShouldBeNull();
        TypedChoice.Match("jour 25", second)!.Id.ShouldBe("day:25");
    }

    [Fact]
    public void Short_titles_must_be_typed_as_they_are()
    {
        var yesNo = new OutboundContent.Buttons("?", [new Choice("y", "Oui"), new Choice("n", "Non")]);
        TypedChoice.Match("oui", yesNo)!.Id.ShouldBe("y");
        TypedChoice.Match("nin", yesNo).ShouldBeNull();
        TypedChoice.Match("oui merci", yesNo)!.Id.ShouldBe("y");
    }

    [Fact]
    public void Nothing_is_chosen_where_nothing_was_offered() =>
        TypedChoice.Match("1", new OutboundContent.Text("1. a\n2. b")).ShouldBeNull();
}
