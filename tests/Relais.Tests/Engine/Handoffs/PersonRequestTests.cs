using Relais.Engine.Handoffs;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Handoffs;

public sealed class PersonRequestTests
{
    [Theory]
    [InlineData("Je veux parler à un conseiller")]
    [InlineData("passez moi un responsable svp")]
    [InlineData("agent")]
    [InlineData("I want to talk to a person")]
    [InlineData("can you connect me with a human please")]
    [InlineData("أريد التحدث مع موظف")]
    [InlineData("بغيت نهضر مع شي واحد")]
    [InlineData("bghit nhder m3a chi wahd")]
    public void A_clear_request_is_heard(string text) => PersonRequest.IsClear(text).ShouldBeTrue();

    [Theory]
    [InlineData("Que me conseillez-vous comme taille ?")]
    [InlineData("Pouvez-vous me conseiller un parfum ?")]
    [InlineData("Êtes-vous un humain ?")]
    [InlineData("are you a human or a bot?")]
    [InlineData("I already spoke with an agent yesterday, where is my parcel?")]
    [InlineData("Je ne veux pas parler à un conseiller, dites-moi juste le prix")]
    [InlineData("واش نتا بنادم ولا روبو")]
    [InlineData("Bonjour")]
    [InlineData("Vous livrez où ?")]
    public void What_only_holds_such_words_is_left_to_the_agent(string text) => PersonRequest.IsClear(text).ShouldBeFalse();
}
