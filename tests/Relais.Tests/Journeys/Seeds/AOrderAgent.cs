using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys.Seeds;

/// <summary>The test script of A-order-agent.md, word for word, as far as it is about the chat (« Tester l'Intégration »).</summary>
public sealed class AOrderAgent
{
    [Theory, OnEveryDatabase]
    public async Task Test_2_message_entrant_et_reponse_de_l_agent(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var client = relais.Chat(relais.Twilio, "+213611110001");
        await client.Says("Bonjour");
        (await client.Hears()).ShouldBe("Bonjour! 👋 Je suis l'assistant Beyond Express.\n\nComment puis-je vous aider aujourd'hui?");
        await client.Asks("Où est ma commande TRK123456?", "TRK123456", "expédiée");

        var autre = relais.Chat(relais.Twilio, "+213611110002");
        await autre.Asks("Où est ma commande TRK000000?", "Un membre de notre équipe");
        (await autre.Assignee()).ShouldBe(5);
        await relais.IsInOrder();
    }
}
