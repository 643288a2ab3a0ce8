using Relais.Conversations;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations;

/// <summary>The words that end and restore messages, as people write them; and what people write that is none of them.</summary>
public sealed class ConsentWordsTests
{
    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop. ")]
    [InlineData("Stop!!!")]
    [InlineData("« stop »")]
    [InlineData("STOP 🙏")]
    [InlineData("stopall")]
    [InlineData("Unsubscribe")]
    [InlineData("Please stop")]
    [InlineData("Arrêt")]
    [InlineData("ARRET")]
    [InlineData("Arrêter")]
    [InlineData("arretez svp")]
    [InlineData("désabonner !")]
    [InlineData("Désabonnez-moi")]
    [InlineData("se desabonner")]
    [InlineData("Désinscription")]
    [InlineData("توقف")]
    [InlineData("تَوَقَّف")]
    [InlineData("تـوقف")]
    [InlineData("إيقاف")]
    [InlineData("ايقاف")]
    [InlineData("الإيقاف")]
    [InlineData("أوقفوا الرسائل")]
    [InlineData("اوقفوا رسائل")]
    [InlineData("إلغاء الاشتراك")]
    [InlineData("الغاء الإشتراك")]
    [InlineData("إلغاء اشتراك")]
    [InlineData("ألغِ الاشتراك!")]
    [InlineData("قف")]
    public void A_message_that_is_nothing_but_the_word_opts_out(string text) => ConsentWords.Said(text).ShouldBe(ConsentWord.OptOut);

    [Theory]
    [InlineData("START")]
    [InlineData("Unstop")]
    [InlineData("reprendre")]
    [InlineData("Réabonnez-moi")]
    [InlineData("ابدأ")]
    [InlineData("إبدأ")]
    [InlineData("استئناف")]
    [InlineData("الاشتراك")]
    public void A_message_that_is_nothing_but_the_word_restores(string text) => ConsentWords.Said(text).ShouldBe(ConsentWord.OptIn);

    [Theory]
    [InlineData("Stop, where is my order?")]
    [InlineData("nonstop")]
    [InlineData("Où est l'arrêt de bus ?")]
    [InlineData("annuler")]
    [InlineData("Annuler ma commande")]
    [InlineData("cancel")]
    [InlineData("fin")]
    [InlineData("end")]
    [InlineData("quit")]
    [InlineData("إلغاء")]
    [InlineData("الغاء الطلب")]
    [InlineData("Je commence demain")]
    [InlineData("when do you start?")]
    [InlineData("متى توقف التوصيل؟")]
    [InlineData("stop promotions")]
    [InlineData("👍")]
    [InlineData("")]
    public void Ordinary_words_say_nothing_of_consent(string text) => ConsentWords.Said(text).ShouldBe(ConsentWord.None);

    [Theory]
    [InlineData("Stop promotions", true)]
    [InlineData("Arrêter les promotions", true)]
    [InlineData("إيقاف العروض", true)]
    [InlineData("Stop", true)]
    [InlineData("Oui", false)]
    [InlineData("Start", false)]
    public void A_templates_button_ends_promotions_and_no_more(string title, bool ends) =>
        ConsentWords.Tapped(title).ShouldBe(ends ? ConsentWord.MarketingOptOut : ConsentWord.None);
}
