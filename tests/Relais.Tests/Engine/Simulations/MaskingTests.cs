using Relais.Conversations;
using Relais.Engine.Simulations.Cases;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Simulations;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("Bonjour Amina Benali, ici Amina", "Bonjour Alex Sam, ici Alex")]
    [InlineData("je m'appelle Yassine, c'est Yassine", "je m'appelle Camille, c'est Camille")]
    [InlineData("اسمي سارة", "اسمي Camille")]
    [InlineData("appelez le 06 12 34 56 78 ou le +212 600-000001, puis 0612345678", "appelez le +33600000001 ou le +33600000002, puis +33600000001")]
    [InlineData("a.b@mail.example puis A.B@mail.example", "customer1@example.com puis customer1@example.com")]
    [InlineData("où est trk 123 456 ? TRK123456 !", "où est TRK900001 ? TRK900001 !")]
    [InlineData("ma commande 7654321 et #4321", "ma commande TRK900002 et TRK900001")]
    [InlineData("voir https://shop.example/o?token=abc", "voir https://www.example.com")]
    [InlineData("FR76 3000 6000 0112 3456 7890 189", "FRXX XXXX XXXX XXXX XXXX XXXX XXX")]
    [InlineData("carte 4111 1111 1111 1111", "carte XXXX XXXX XXXX XXXX")]
    [InlineData("livrez au 12 bis rue des Lilas", "livrez au 1 rue X")]
    [InlineData("avant le 2026-11-24 ou le 24/11/2026 à 14h30, 50 €", "avant le 2026-11-24 ou le 24/11/2026 à 14h30, 50 €")]
    public void Personal_data_becomes_placeholders_the_same_for_the_same(string text, string masked) =>
        new Masking(["Amina Benali"]).Mask(text).ShouldBe(masked);

    [Fact]
    public void A_chat_becomes_a_case_that_can_be_run_and_ends_where_a_person_took_over()
    {
        var (name, yaml) = ChatCase.Write("Suivi d'Amina", "fr",
        [
            new(Author.Customer, "text", "Bonjour", false, null),
            new(Author.Customer, "text", "Où est ma commande TRK123456 ?", false, null),
            new(Author.AiAgent, "text", "🚚 Votre commande TRK123456 est expédiée.", false, null),
            new(Author.Customer, "interactive", "Annuler la commande", true, null),
            new(Author.AiAgent, "text", "Un membre de notre équipe s'en occupe.", false, "order_change"),
            new(Author.Customer, "text", "merci", false, null),
            new(Author.Agent, "text", "Je regarde, Amina", false, null),
        ],
        new Dictionary<string, CaseOrder> { ["TRK123456"] = new("TRK123456", "shipped", false, "DHL") }, new Masking(["Amina"]))!.Value;

        name.ShouldBe("Suivi d'Alex");
        yaml.ShouldBe("""
            name: "Suivi d'Alex"
            language: fr
            setup:
              orders:
                - { number: "TRK900001", status: shipped, mine: false, carrier: "DHL" }
            turns:
              - customer: ["Bonjour", "Où est ma commande TRK900001 ?"]
                expect:
                  handoff: false
                  language: fr
                # the agent said: 🚚 Votre commande TRK900001 est expédiée.
              - tap: "Annuler la commande"
                expect:
                  handoff: order_change
                  language: fr
                # the agent said: Un membre de notre équipe s'en occupe.

            """);
        CaseReader.One(yaml).Turns.Count.ShouldBe(2);
    }
}
