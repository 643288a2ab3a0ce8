using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys.Seeds;

/// <summary>D-concierge.md, « Envoyer un message test » and « Configurer les FAQs », through its own webhook address.</summary>
public sealed class DConcierge
{
    private const string Message = "Bonjour, je voudrais réserver une table pour ce soir";

    [Theory, OnEveryDatabase]
    public async Task Une_demande_de_table_va_a_la_conciergerie_puis_la_faq_repond(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var number = relais.Twilio with { WebhookUrl = new Uri(relais.Url, "webhook/whatsapp") };
        var client = relais.Chat(number, "+33611110001");
        await client.Asks(Message, "un membre de notre équipe, qui vous répondra ici");
        (await client.Assignee()).ShouldBe(5);

        await relais.AddFaq("Comment réserver une table ?", "Réservez une table au 01 23 45 67 89 ou sur notre site, jusqu'à 18 h pour le soir même.");
        var suivant = relais.Chat(number, "+33611110002");
        await suivant.Asks(Message, "Réservez une table au 01 23 45 67 89");
        await client.HearsNoMore();
        await relais.IsInOrder();
    }
}
