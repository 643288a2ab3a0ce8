using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commerce;

public sealed class MessagesTests
{
    private static readonly DateOnly Today = new(2026, 2, 27);

    [Theory]
    [InlineData(6490, "EUR", "fr", "64,90 €")]
    [InlineData(123456789, "EUR", "fr", "1 234 567,89 €")]
    [InlineData(6490, "EUR", "en", "€64.90")]
    [InlineData(-6490, "EUR", "en", "-€64.90")]
    [InlineData(6490, "EUR", "ar", "64.90 €")]
    [InlineData(1250, "TND", "fr", "1,250 TND")]
    [InlineData(1250, "TND", "en", "TND 1.250")]
    [InlineData(1250, "JPY", "fr", "1 250 ¥")]
    [InlineData(1250, "XOF", "fr", "1 250 XOF")]
    [InlineData(5, "MAD", "ar", "0.05 MAD")]
    [InlineData(0, "mad", "fr", "0,00 MAD")]
    [InlineData(long.MinValue, "JPY", "en", "-¥9,223,372,036,854,775,808")]
    public void An_amount_has_its_currencys_own_decimals(long minor, string currency, string language, string written) =>
        new Money(minor, currency).In(language).Replace('\u00A0', ' ').ShouldBe(written);

    [Theory]
    [InlineData("fr", "Confirmer", "Modifier", "Annuler")]
    [InlineData("ar", "تأكيد", "تعديل", "إلغاء")]
    [InlineData("en", "Confirm", "Modify", "Cancel")]
    public void A_recap_shows_lines_total_and_three_buttons(string language, params string[] titles)
    {
        var recap = OrderRecap.Of(language, new RecapOrder(7, "TRK123456", [new RecapLine("Pain *complet*", 2, new Money(500, "EUR")), new RecapLine("Carte", 1, null)], new Money(6490, "EUR")), "ab12");
        Taken(recap);
        recap.Items.Select(i => i.Title).ShouldBe(titles);
        recap.Items.Select(i => i.Id).ShouldBe(["order:confirm:7:ab12", "order:modify:7:ab12", "order:cancel:7:ab12"]);
        recap.Body.ShouldContain("TRK123456");
        recap.Body.ShouldContain("• 2 × Pain ·complet· – " + new Money(500, "EUR").In(language));
        recap.Body.ShouldContain("• 1 × Carte\n");
        recap.Body.ShouldNotContain("**");
        recap.Body.ShouldContain(new Money(6490, "EUR").In(language) + "*");
    }

    [Theory]
    [InlineData("fr", "+ 9", "autres articles")]
    [InlineData("en", "+ 9", "more")]
    [InlineData("ar", "+ 9", "أخرى")]
    public void A_recap_that_is_too_long_counts_what_it_leaves_out(string language, string most, string word)
    {
        var lines = Enumerable.Range(1, 1000).Select(i => new RecapLine($"Article 👨‍👩‍👧‍👦 numéro {i}", 1, new Money(i, "TND"))).ToList();
        var recap = OrderRecap.Of(language, new RecapOrder(7, "TRK1", lines, new Money(1, "TND")), "n");
        Taken(recap);
        var shown = recap.Body.Split('\n').Count(l => l.StartsWith("• ", StringComparison.Ordinal));
        recap.Body.ShouldContain($"+ {1000 - shown} ");
        recap.Body.ShouldContain(most);
        recap.Body.ShouldContain(word);
        recap.Body.Length.ShouldBeGreaterThan(900);
        Taken(OrderRecap.Of(language, new RecapOrder(7, new string('9', 500), [new RecapLine(string.Concat(Enumerable.Repeat("🍞", 900)), 1, null)], null), "n"));
        OrderRecap.Of(language, new RecapOrder(7, "TRK1", lines[..3], null), "n").Body.ShouldNotContain("+ ");
    }

    [Fact]
    public void Nonces_cannot_be_guessed() => RecapButton.NewNonce().ShouldNotBe(RecapButton.NewNonce());

    [Theory]
    [InlineData("fr", "Voir les produits")]
    [InlineData("ar", "عرض المنتجات")]
    [InlineData("en", "See the products")]
    public void Recommended_products_are_a_list_of_ten_at_most(string language, string button)
    {
        var list = ProductRecommendation.Of(language, [.. Enumerable.Range(1, 12).Select(i =>
            new RecommendedProduct($"p{i}", $"Pain de campagne au levain numéro {i}", new Money(350, "EUR"), new string('d', 100)))]);
        Taken(list);
        list.Button.ShouldBe(button);
        var rows = list.Sections.ShouldHaveSingleItem().Rows;
        rows.Count.ShouldBe(10);
        rows[0].Title.ShouldBe("Pain de campagne au lev…");
        rows[0].Description!.ShouldStartWith(new Money(350, "EUR").In(language) + " – ddd");
        Taken(ProductRecommendation.Of(language, [new RecommendedProduct("p", "Pain", null)], new string('x', 5000)));
    }

    [Theory]
    [InlineData("fr", 1, "Livraison prévue : demain")]
    [InlineData("en", 1, "Expected delivery: tomorrow")]
    [InlineData("ar", 1, "التسليم المتوقع: غداً")]
    [InlineData("fr", 0, "Livraison prévue : aujourd'hui")]
    [InlineData("fr", 2, "Livraison prévue : le 1er mars")]
    [InlineData("en", 3, "Expected delivery: March 2")]
    public void A_delivery_is_announced_for_its_own_day(string language, int days, string line) =>
        DeliveryNotification.Of(language, "42", "TRK1", "Chronopost", Today.AddDays(days), Today).Body.ShouldContain(line);

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    public void No_day_is_promised_that_nobody_knows(int? days)
    {
        foreach (var language in (string[])["fr", "en", "ar"])
        {
            var body = DeliveryNotification.Of(language, null, "TRK1", null, days is { } d ? Today.AddDays(d) : null, Today).Body;
            body.ShouldContain("TRK1");
            body.ShouldNotContain("📅");
            body.ShouldNotContain("📦");
            body.ShouldNotContain("**");
        }
    }

    private static void Taken(OutboundContent content)
    {
        ContentCheck.Of(content, ContentLimits.Meta).ShouldBeEmpty();
        ContentCheck.Of(content, ContentLimits.Twilio).ShouldBeEmpty();
    }
}
