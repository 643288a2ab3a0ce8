using Relais.Commands;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary><c>relais release</c> beside a server that holds everything back after a restore.</summary>
public sealed class ReleasedBeside
{
    [Theory, OnEveryDatabase]
    public async Task What_waited_leaves_or_is_cancelled_and_what_came_since_leaves(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await StartHeld(relais);
        var first = relais.Chat(relais.Meta, "+33611110801");
        await first.Says("Quels sont vos horaires ?");
        await Waits(relais, 1);
        await Release(relais, drop: false);
        await first.Hears("du lundi au samedi");

        // As if what waits came out of the backup itself: the restore was later.
        await StartHeld(relais);
        await first.Says("Où est ma commande TRK123456 ?");
        await Waits(relais, 1);
        await relais.Facts.Query<long>("UPDATE outbound_hold SET since = (SELECT max(created_at) FROM outbox) RETURNING state");
        var second = relais.Chat(relais.Meta, "+33611110802");
        await second.Says("Où est ma commande TRK123456 ?");
        await Waits(relais, 2);
        await Release(relais, drop: true);
        await second.Hears("TRK123456");
        await first.HearsNoMore();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE status = 5 AND error_text LIKE '%restored backup%'")).ShouldBe(1);
        (await Released(relais, drop: true)).ShouldBe("Nothing was held.");
    }

    private static async Task StartHeld(RelaisHost relais)
    {
        await relais.StopServer();
        await relais.Facts.Query<long>("UPDATE outbound_hold SET state = 1, since = 1 RETURNING state");
        await relais.StartServer();
    }

    private static Task Waits(RelaisHost relais, int count) => Eventually.Holds(
        async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0") == count, "an answer waits and does not leave");

    private static async Task Release(RelaisHost relais, bool drop) => (await Released(relais, drop)).ShouldStartWith("Messages leave again;");

    private static async Task<string> Released(RelaisHost relais, bool drop)
    {
        await using var beside = DatabaseAddress.Open(relais.Settings.Database!);
        await beside.Open(CancellationToken.None);
        using var told = new StringWriter();
        await ReleaseCommand.Release(new InstallationDoor(relais.Settings, beside, ""), drop, told, CancellationToken.None);
        return told.ToString().Trim();
    }
}
