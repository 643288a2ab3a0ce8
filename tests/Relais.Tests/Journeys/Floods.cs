using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Who writes without end is stored without loss and answered so often a minute; nobody else notices.</summary>
public sealed class Floods
{
    [Theory, OnEveryDatabase]
    public async Task A_flooding_customer_is_answered_so_often_a_minute_and_the_others_at_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal) { ["RELAIS_ANSWERS_PER_MINUTE"] = "3" });
        var flood = relais.Chat(relais.Meta, "+33666600001");
        for (var i = 0; i < 3; i++)
        {
            await flood.Says("Quels sont vos horaires d'ouverture ?");
            await flood.Hears();
        }

        for (var i = 0; i < 5; i++)
        {
            await flood.Says("Quels sont vos horaires d'ouverture ?");
        }

        await relais.Chat(relais.Meta, "+33666600002").Asks("Bonjour", "Beyond Express");
        await Eventually.Holds(async () => (await flood.Stored()).Count == 11, "all is stored");
        await Task.Delay(PhoneScreen.Silence);
        flood.Answers.Count.ShouldBe(3);
    }
}
