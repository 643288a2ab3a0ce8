using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys.Seeds;

/// <summary>B-menu-bot-dashboard.md, as far as it reaches without Studio's calls: « Client envoie "mercedes" sur WhatsApp ».</summary>
public sealed class BMenuBot
{
    [Theory, OnEveryDatabase]
    public async Task Le_client_envoie_mercedes_et_n_est_pas_laisse_sans_reponse(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var client = relais.Chat(relais.Twilio, "+212611110001");
        await client.Asks("mercedes", "notre équipe");
        (await relais.Facts.Query<string>("SELECT session_id FROM conversation")).ShouldHaveSingleItem().ShouldStartWith("session_");
        await relais.IsInOrder();
    }
}
