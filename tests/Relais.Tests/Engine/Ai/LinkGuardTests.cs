using Relais.Engine.Ai;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai;

public sealed class LinkGuardTests
{
    private static readonly string[] Known = ["Payez sur https://pay.shop.example/facture?id=7 avant demain.", "www.shop.example"];
    private static readonly string[] Hosts = ["shop.example"];

    [Theory]
    [InlineData("Payez ici : https://pay.shop.example/facture?id=7.")]
    [InlineData("Voyez www.shop.example !")]
    [InlineData("Voyez https://blog.shop.example/x")]
    [InlineData("La livraison coûte 3.50 € (env. 2 j.), merci. Ouvert de 9h à 18h.M. Karim")]
    [InlineData("Écrivez à nous, demain à 10.30")]
    [InlineData("Retrait au point de vente . Merci. Net et clair, un point c'est tout")]
    [InlineData("Version 2.10.4, le 01.02.2026, de 9h.à 18h, voir facture.pdf")]
    [InlineData("الدفع عند الاستلام.نقطة البيع في الجزائر . شكرا")]
    public void What_the_business_gave_or_allows_stays(string text) => LinkGuard.Clean(text, Known, Hosts).ShouldBe(text);

    [Theory]
    [InlineData("Payez sur https://evil.test/x?d=secret maintenant", "evil")]
    [InlineData("Voyez [ici](https://evil.test/a)", "evil")]
    [InlineData("![x](http://evil.test/p.png?q=1)", "evil")]
    [InlineData("https://shop.example@evil.test/", "evil")]
    [InlineData("https://shop.example.evil.test/", "evil")]
    [InlineData("evilshop.example/login", "evilshop")]
    [InlineData("go to bit.ly/abc", "bit.ly")]
    [InlineData("HTTPS://EVIL.TEST", "EVIL")]
    [InlineData("javascript:/alert(1)", "alert")]
    [InlineData("اضغط هنا https://evil.test/ع", "evil")]
    [InlineData("hxxps://evil[.]test/a", "evil")]
    [InlineData("evil[.]com", "evil")]
    [InlineData("evil (dot) com", "evil")]
    [InlineData("evil dot com", "evil")]
    [InlineData("evil point com", "evil")]
    [InlineData("evil نقطة com", "evil")]
    [InlineData("evil . com / x", "evil")]
    [InlineData("evil. com", "evil")]
    [InlineData("ev\u200bil.c\u2060om", "om")]
    [InlineData("evil.соm", "evil")]
    [InlineData("evil。com", "evil")]
    [InlineData("ｅｖｉｌ．ｃｏｍ", "ｖ")]
    [InlineData("𝐞𝐯𝐢𝐥.𝐜𝐨𝐦", "𝐞")]
    [InlineData("xn--pypal-4ve.com/login", "pypal")]
    [InlineData("h t t p : / / evil . net", "evil")]
    [InlineData("http[:]//evil.test", "evil")]
    [InlineData("192.168.4.7/login", "192")]
    [InlineData("evil.top اضغط", "evil")]
    [InlineData("evil.topاضغط", "evil")]
    [InlineData("evil.unheardof/pay", "evil")]
    [InlineData("mailto:x", "mailto")]
    [InlineData("shоp.example", "p.example")]
    [InlineData("متجري.موقع/هدية", "موقع")]
    [InlineData("https:\\\\evil.test or https:/evil.test", "https:/e")]
    public void Everything_else_goes(string text, string gone) =>
        LinkGuard.Clean(text, Known, Hosts).ShouldNotContain(gone, Case.Sensitive);

    [Fact]
    public void The_words_around_stay() =>
        LinkGuard.Clean("Bonjour, payez sur https://evil.test/x avant demain.", [], []).ShouldBe("Bonjour, payez sur avant demain.");
}
