using Relais.Channels;
using Relais.Channels.Twilio;
using Relais.Templates;
using Shouldly;
using Xunit;

namespace Relais.Tests.Templates;

/// <summary>What WhatsApp would refuse is refused here, with the field that is wrong.</summary>
public sealed class TemplateDefinitionCheckTests
{
    private static readonly TemplateDefinition Good = new("order_confirmation", "fr", "utility", SomeTemplate.Order);

    [Fact]
    public void A_good_one_has_no_problems_on_either_channel()
    {
        Fields(Good).ShouldBeEmpty();
        TemplateDefinitionCheck.Problems(Good, isTwilio: true).ShouldBeEmpty();
        foreach (var shipped in ShippedTemplates.All)
        {
            TemplateDefinitionCheck.Problems(shipped.Definition, isTwilio: false).ShouldBeEmpty(shipped.Definition.Name + shipped.Definition.Language);
            TemplateDefinitionCheck.Problems(shipped.Definition, isTwilio: true).ShouldBeEmpty();
            shipped.Meanings.Count.ShouldBe(TemplateText.Variables(shipped.Definition.Parts.Body).Count);
        }

        ShippedTemplates.All.GroupBy(t => t.Definition.Name).ShouldAllBe(g => g.Select(t => t.Definition.Language).SequenceEqual(new[] { "fr", "ar", "en" }));
    }

    [Theory]
    [InlineData("Order Confirmation", "fr", "utility", "name")]
    [InlineData("", "fr", "utility", "name")]
    [InlineData("ok", "french", "utility", "language")]
    [InlineData("ok", "", "utility", "language")]
    [InlineData("ok", "fr", "spam", "category")]
    [InlineData("ok", "fr", "authentication", "category")]
    public void Name_language_and_category(string name, string language, string category, string field) =>
        Fields(Good with { Name = name, Language = language, Category = category }).ShouldBe([field]);

    [Theory]
    [InlineData("", "body")]
    [InlineData("{{1}} est confirmée, le total est de {{2}} euros.", "body")]
    [InlineData("Votre commande est confirmée pour {{1}} au total de {{2}}", "body")]
    [InlineData("Votre commande {{1}} {{2}} est bien confirmée, merci.", "body")]
    [InlineData("Votre commande {{1}} coûte {{3}} euros, merci beaucoup.", "body")]
    [InlineData("Votre commande {{1}} coûte {{total}} euros, merci beaucoup.", "body")]
    [InlineData("Votre commande {{1}} coûte {{2} euros, merci beaucoup.", "body")]
    [InlineData("Oui {{1}} non {{2}}.", "body")]
    public void The_text(string body, string field) => Fields(Good with { Parts = Good.Parts with { Body = body } }).ShouldContain(field);

    [Fact]
    public void Lengths_and_examples()
    {
        Fields(With(p => p with { Body = new string('a', 1025), Examples = null })).ShouldBe(["body"]);
        Fields(With(p => p with { Footer = new string('a', 61) })).ShouldBe(["footer"]);
        Fields(With(p => p with { Footer = "Pour {{1}}" })).ShouldBe(["footer"]);
        Fields(With(p => p with { Examples = SomeTemplate.Values(("1", "a")) })).ShouldBe(["examples.2"]);
        Fields(With(p => p with { Examples = SomeTemplate.Values(("1", "a"), ("2", "b"), ("x", "c")) })).ShouldBe(["examples.x"]);
    }

    [Fact]
    public void Headers()
    {
        Fields(With(p => p with { Header = new TemplateHeader("text", new string('a', 61)) })).ShouldBe(["header.text"]);
        Fields(With(p => p with { Header = new TemplateHeader("text", "Bonjour {{1}} et {{2}}", "a") })).ShouldBe(["header.text"]);
        Fields(With(p => p with { Header = new TemplateHeader("text", "Bonjour {{1}}") })).ShouldBe(["header.example"]);
        Fields(With(p => p with { Header = new TemplateHeader("text", "Bonjour {{1}}", "Amal") })).ShouldBeEmpty();
        Fields(With(p => p with { Header = new TemplateHeader("image") })).ShouldBe(["header.example"]);
        Fields(With(p => p with { Header = new TemplateHeader("hologram") })).ShouldBe(["header.kind"]);
        TemplateDefinitionCheck.Problems(With(p => p with { Header = new TemplateHeader("image", Example: "http://x.example/a.png") }), isTwilio: true)
            .ShouldHaveSingleItem().Field.ShouldBe("header.example");
    }

    [Fact]
    public void Buttons_are_few_grouped_and_complete()
    {
        TemplateButtonPart Reply(string text = "Oui") => new("quick_reply", text);
        TemplateButtonPart Link(string url, string? example = null) => new("url", "Voir") { Url = url, Example = example };
        Fields(Buttons([.. Enumerable.Range(0, 11).Select(_ => Reply())])).ShouldBe(["buttons"]);
        Fields(Buttons(Reply(new string('a', 26)))).ShouldBe(["buttons[0].text"]);
        Fields(Buttons(Reply(), Link("https://x.example"), Reply())).ShouldBe(["buttons"]);
        Fields(Buttons(Link("https://x.example/{{1}}"))).ShouldBe(["buttons[0].example"]);
        Fields(Buttons(Link("https://x.example/{{1}}/end", "https://x.example/1/end"))).ShouldBe(["buttons[0].url"]);
        Fields(Buttons(Link("x.example"))).ShouldBe(["buttons[0].url"]);
        Fields(Buttons(Link("https://a.example"), Link("https://b.example"), Link("https://c.example"))).ShouldBe(["buttons"]);
        Fields(Buttons(new TemplateButtonPart("phone", "Appeler") { Phone = "0612" })).ShouldBe(["buttons[0].phone"]);
        Fields(Buttons(new TemplateButtonPart("copy_code", ""))).ShouldBe(["buttons[0].example"]);
        Fields(Buttons(new TemplateButtonPart("teleport", "Go"))).ShouldBe(["buttons[0].kind"]);
        Fields(Buttons(Reply(), Reply("Non"), Link("https://x.example/{{1}}", "https://x.example/1"))).ShouldBeEmpty();
    }

    [Fact]
    public void Twilio_counts_all_variables_together_and_has_no_names()
    {
        var named = With(p => p with { Body = "Bonjour {{nom}}, votre colis est arrivé.", Examples = SomeTemplate.Values(("nom", "Amal")) });
        Fields(named).ShouldBeEmpty();
        TemplateDefinitionCheck.Problems(named, isTwilio: true).ShouldHaveSingleItem().Field.ShouldBe("body");
        var parts = TwilioTemplateWriter.Renumber(With(p => p with
        {
            Header = new TemplateHeader("text", "Bonjour {{1}}", "Amal"),
            Buttons = [new TemplateButtonPart("url", "Suivre") { Url = "https://x.example/t/{{1}}", Example = "https://x.example/t/TRK1" }],
        })).Parts;
        parts.Header!.Text.ShouldBe("Bonjour {{3}}");
        parts.Buttons[0].Url.ShouldBe("https://x.example/t/{{4}}");
    }

    private static TemplateDefinition With(Func<TemplateParts, TemplateParts> change) => Good with { Parts = change(Good.Parts) };

    private static TemplateDefinition Buttons(params TemplateButtonPart[] buttons) => With(p => p with { Buttons = buttons });

    private static IEnumerable<string> Fields(TemplateDefinition template) =>
        TemplateDefinitionCheck.Problems(template, isTwilio: false).Select(p => p.Field).Distinct();
}
