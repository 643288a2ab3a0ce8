using Microsoft.Extensions.DependencyInjection;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>Whoever takes a place on the wire in a transaction that fails gives it back: kept ones would silence the number in the end.</summary>
public sealed class PlacesOnTheWire
{
    [Theory, OnEveryDatabase]
    public async Task An_answer_that_cannot_be_committed_keeps_none(DatabaseKind kind)
    {
        using var log = new LogKeeper();
        await using var relais = await RelaisHost.Start(kind, extra: log.ReplaceOutput);
        await Refuse(relais, "INSERT");
        var chat = relais.Chat(relais.Meta, "+33611118801");
        await chat.Says("Où est ma commande TRK123456 ?");
        await FailsTwiceAndKeepsNone(relais, log, "TurnWorker");
        await Allow(relais);
        await chat.Hears("TRK123456");
        await chat.HearsNoMore();
        Pacer(relais).OnWire.ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_queued_message_that_cannot_be_marked_keeps_none(DatabaseKind kind)
    {
        using var log = new LogKeeper();
        await using var relais = await RelaisHost.Start(kind, extra: log.ReplaceOutput);
        using var desk = await DeskClient.SignIn(relais);
        var chat = relais.Chat(relais.Meta, "+33611118802");
        await chat.Asks("Où est ma commande TRK123456 ?", "TRK123456");
        var id = await desk.ConversationWith(chat.Phone);
        (await desk.Act(id, "take-over")).Ok();
        await chat.Hears("Camille");
        await relais.Settled();
        await Refuse(relais, "UPDATE");
        (await desk.Act(id, "send", new { message = "Je regarde." })).Ok();
        await FailsTwiceAndKeepsNone(relais, log, "OutboxWorker");
        await Allow(relais);
        await chat.Hears("Je regarde.");
        await chat.HearsNoMore();
        Pacer(relais).OnWire.ShouldBe(0);
    }

    private static SendPacer Pacer(RelaisHost relais) => relais.Services.GetRequiredService<Wire>().Pacer;

    private static async Task FailsTwiceAndKeepsNone(RelaisHost relais, LogKeeper log, string worker)
    {
        await Eventually.Holds(() => Task.FromResult(log.Troubles.Count(t => t.Contains($"{worker} failed", StringComparison.Ordinal)) > 1),
            $"{worker} fails twice");
        await Eventually.Holds(() => Task.FromResult(Pacer(relais).OnWire == 0), "no place on the wire is kept");
    }

    /// <summary>Makes every statement of this kind on the outbox fail.</summary>
    private static Task Refuse(RelaisHost relais, string statement) => relais.Database.Migrate(tx => tx.Execute(tx.Dialect.IsPostgres
        ? $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$;
            CREATE TRIGGER refusal BEFORE {statement} ON outbox EXECUTE FUNCTION refuse()
            """
        : $"CREATE TRIGGER refusal BEFORE {statement} ON outbox BEGIN SELECT RAISE(ABORT, 'refused by a test'); END"), CancellationToken.None);

    private static Task Allow(RelaisHost relais) => relais.Database.Migrate(
        tx => tx.Execute(tx.Dialect.IsPostgres ? "DROP TRIGGER refusal ON outbox" : "DROP TRIGGER refusal"), CancellationToken.None);
}
