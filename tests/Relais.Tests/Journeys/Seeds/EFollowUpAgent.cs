using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys.Seeds;

/// <summary>E-follow-up-agent.md: joining the sandbox, answering at its webhook address, and stop to leave.</summary>
public sealed class EFollowUpAgent
{
    [Theory, OnEveryDatabase]
    public async Task Join_huge_picture_puis_une_reponse_puis_stop(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var number = relais.Twilio with { WebhookUrl = new Uri(relais.Url, "whatsapp/webhook") };
        var client = relais.Chat(number, "+33611110001");
        await client.Asks("join huge-picture", "Beyond Express");
        await client.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
        await client.Asks("stop", "vous ne recevrez plus de messages");
        await client.HearsNoMore();
        (await client.Stored()).Count.ShouldBe(6);
        await relais.IsInOrder();
    }
}
