using Relais.Channels;
using Relais.Templates;
using Shouldly;
using Xunit;

namespace Relais.Tests.Templates;

/// <summary>A template and the values somebody gives.</summary>
public sealed class TemplateFillingTests
{
    [Fact]
    public void Values_make_a_content_that_says_how_it_reads()
    {
        var filled = Fill(SomeTemplate.Order with { Footer = "Beyond Express" }, body: [("1", "CMD-7"), ("2", "12 €")]);
        filled.Problems.ShouldBeEmpty();
        filled.Content.Shown.ShouldBe("Votre commande CMD-7 est confirmée. Total : 12 €. Merci !\n\nBeyond Express");
        filled.Content.Readable.ShouldBe(filled.Content.Shown);
        filled.Content.ProviderId.ShouldBeNull("Meta goes by name and language");
        filled.Content.Body.ShouldBe(SomeTemplate.Values(("1", "CMD-7"), ("2", "12 €")));
    }

    [Fact]
    public void Missing_and_superfluous_values_are_named()
    {
        var filled = Fill(SomeTemplate.Order, body: [("2", "  "), ("3", "x")], header: [("1", "x")]);
        filled.Missing.ShouldBe(["body.1", "body.2"]);
        filled.Superfluous.ShouldBe(["header.1", "body.3"]);
        filled.Problems.Select(p => p.Field).ShouldBe(["header.1", "body.1", "body.2", "body.3"]);
        filled.Problems[1].Reason.ShouldContain("{{1}}");
    }

    [Fact]
    public void Named_variables_go_by_their_names()
    {
        var parts = new TemplateParts("Hello {{first_name}}, your code is {{code}}.");
        Fill(parts, body: [("1", "Amal"), ("code", "9")]).Missing.ShouldBe(["body.first_name"]);
        Fill(parts, body: [("first_name", "Amal"), ("code", "9")]).Content.Shown.ShouldBe("Hello Amal, your code is 9.");
    }

    [Theory]
    [InlineData("ligne 1\nligne 2", "ligne 1 ligne 2")]
    [InlineData("a\tb", "a b")]
    [InlineData("a     b", "a b")]
    [InlineData("a    b", "a    b")]
    [InlineData("  bords \u0000 ", "bords")]
    [InlineData("قيمة\r\n\r\nأخرى", "قيمة أخرى")]
    public void A_value_is_made_what_WhatsApp_takes(string given, string sent) => TemplateValue.Clean(given).ShouldBe(sent);

    [Fact]
    public void What_the_values_make_too_long_is_refused()
    {
        var filled = Fill(SomeTemplate.Order, body: [("1", new string('x', 1100)), ("2", "1")]);
        filled.Problems.ShouldHaveSingleItem().Field.ShouldBe("body");
    }

    [Fact]
    public void A_header_with_a_file_wants_a_file_of_its_kind()
    {
        var parts = SomeTemplate.Order with { Header = new TemplateHeader("image") };
        Fill(parts, body: [("1", "a"), ("2", "b")]).Missing.ShouldBe(["header_media"]);
        var wrong = new OutboundContent.Template("order_confirmation", "fr")
        {
            Body = SomeTemplate.Values(("1", "a"), ("2", "b")), HeaderMedia = new OutboundContent.Video { Link = "https://x.example/a.mp4" },
        };
        TemplateFilling.Fill(SomeTemplate.Stored(parts), wrong).Problems.ShouldHaveSingleItem().Field.ShouldBe("header_media.type");
        var right = wrong with { HeaderMedia = new OutboundContent.Image { MediaId = 7 } };
        TemplateFilling.Fill(SomeTemplate.Stored(parts), right).Problems.ShouldBeEmpty();
        TemplateFilling.Fill(SomeTemplate.Stored(SomeTemplate.Order), right).Superfluous.ShouldBe(["header_media"]);
        var place = SomeTemplate.Order with { Header = new TemplateHeader("location") };
        Fill(place, body: [("1", "a"), ("2", "b")]).Missing.ShouldBe(["header_location"]);
    }

    [Fact]
    public void Buttons_say_which_of_them_needs_a_value()
    {
        var parts = SomeTemplate.Order with
        {
            Buttons =
            [
                new TemplateButtonPart("quick_reply", "Merci"), new TemplateButtonPart("url", "Suivre") { Url = "https://x.example/t/{{1}}" },
                new TemplateButtonPart("phone", "Appeler") { Phone = "+33100000000" }, new TemplateButtonPart("copy_code", "") { Example = "PROMO" },
            ],
        };
        var nothing = Fill(parts, body: [("1", "a"), ("2", "b")]);
        nothing.Missing.ShouldBe(["buttons[1]", "buttons[3]"]);
        var wrong = Fill(parts, [("1", "a"), ("2", "b")], null, new(1, "url", "TRK1"), new(3, "copy_code", "P"), new(2, "phone", "x"), new(9, "url", "x"));
        wrong.Superfluous.ShouldBe(["buttons[2]", "buttons[9]"]);
        var right = Fill(parts, [("1", "a"), ("2", "b")], null, new(3, "copy_code", "SOLDES"), new(1, "url", "TRK1"), new(0, "quick_reply", "thanks"));
        right.Problems.ShouldBeEmpty();
        right.Content.ButtonValues.ShouldBe([new(0, "quick_reply", "thanks"), new(1, "url", "TRK1"), new(3, "copy_code", "SOLDES")]);
    }

    [Fact]
    public void Twilio_gets_all_values_in_one_set_with_its_content_sid()
    {
        var parts = SomeTemplate.Order with
        {
            Header = new TemplateHeader("text", "Bonjour {{3}}"),
            Buttons = [new TemplateButtonPart("url", "Suivre") { Url = "https://x.example/t/{{4}}" }],
        };
        var given = new OutboundContent.Template("order_confirmation", "fr")
        {
            Header = SomeTemplate.Values(("3", "Amal")), Body = SomeTemplate.Values(("1", "a"), ("2", "b")), ButtonValues = [new(0, "url", "TRK1")],
        };
        var filled = TemplateFilling.Fill(SomeTemplate.Stored(parts, isTwilio: true, providerId: "HX1"), given);
        filled.Problems.ShouldBeEmpty();
        filled.Content.ProviderId.ShouldBe("HX1");
        filled.Content.Header.ShouldBeNull();
        filled.Content.ButtonValues.ShouldBeNull();
        filled.Content.Body!.OrderBy(v => v.Key).Select(v => v.Value).ShouldBe(["a", "b", "Amal", "TRK1"]);
        filled.Content.Shown.ShouldStartWith("Bonjour Amal\n\nVotre commande a");
        var flat = given with { Header = null, Body = SomeTemplate.Values(("1", "a"), ("2", "b"), ("3", "Amal")) };
        TemplateFilling.Fill(SomeTemplate.Stored(parts, isTwilio: true), flat).Problems.ShouldBeEmpty("one set of variables, wherever they are given");
    }

    private static FilledTemplate Fill(TemplateParts parts, (string, string)[]? body = null, (string, string)[]? header = null, params TemplateButton[] buttons) =>
        TemplateFilling.Fill(SomeTemplate.Stored(parts), new OutboundContent.Template("order_confirmation", "fr")
        {
            Header = header is null ? null : SomeTemplate.Values(header),
            Body = body is null ? null : SomeTemplate.Values(body),
            ButtonValues = buttons.Length == 0 ? null : buttons,
        });
}
