using Relais.Tenants;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Platform;

/// <summary>The platform's page says how many webhooks came in a day without reading them: a busy installation keeps millions.</summary>
public sealed class WebhooksOfADay
{
    [Theory, OnEveryDatabase]
    public async Task They_are_counted_without_the_table_they_lie_in_and_outlive_the_process(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        await relais.Chat(relais.Meta, "+33611110911").Asks("Bonjour", "Beyond Express");
        await relais.Settled();
        var stored = await relais.Facts.Count("SELECT count(*) FROM received_webhook");
        stored.ShouldBeGreaterThan(1);
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("DELETE FROM received_webhook"));

        // Hosts of other tests run in this process and are heard too: at least as many.
        (await Told()).ShouldBeGreaterThanOrEqualTo(stored);
        await relais.StopServer();
        (await relais.Facts.Count("SELECT sum(webhooks) FROM webhook_hour")).ShouldBeGreaterThanOrEqualTo(stored);
        await relais.StartServer();
        (await Told()).ShouldBeGreaterThanOrEqualTo(stored);

        async Task<long> Told() => (await platform.Get("/api/admin/overview")).Ok().Body.GetProperty("webhooks").GetInt64();
    }
}
