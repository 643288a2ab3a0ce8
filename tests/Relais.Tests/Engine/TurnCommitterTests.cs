using Microsoft.Extensions.Logging.Abstractions;
using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Engine;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Media;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine;

public sealed class TurnCommitterTests
{
    [Theory, OnEveryDatabase]
    public async Task A_commit_that_fails_is_no_restart_of_the_turn(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        using var signals = new Signals();
        var clock = new Clock();
        var queue = new WorkQueue(signals, new NodeName("test"));
        var (committer, wire) = Committer(business, queue, signals, clock);
        var first = (await business.Receive(Business.Message(Business.Customer("336001"), "a", now: clock.Micros))).Single();
        var due = await business.Database.Write(Scope.Pipeline, async tx =>
        {
            await queue.Wake(tx, [new LaneWake(LaneKind.Turn, first.ConversationId, Business.Tenant)]);
            return (await TurnStore.Load(tx, await queue.Claim(tx, LaneKind.Turn, 1))).Due.Single();
        });
        await business.Receive(Business.Message(Business.Customer("336001"), "b", now: clock.Micros));

        var done = new DecidedTurn(due, [new Decision.Reply("Bonjour")], null);
        var ids = await business.Ids.Take(TurnCommitter.IdsNeeded([done]));
        var answers = new List<long>();

        // More often than a turn may start over before it answers what it saw.
        for (var i = 0; i < 4; i++)
        {
            await Should.ThrowAsync<FormatException>(business.Database.Write(Scope.Pipeline, async tx =>
            {
                ids.Rewind();
                await committer.Commit(tx, [done], ids, wire.Departures(queue));
                answers.Add(await tx.QueryFirst<long>("SELECT count(*) FROM outbox"));
                throw new FormatException("made by a test");
            }));
        }

        answers.Distinct().ShouldBe([0L], "each time it starts over for the first time, to answer both messages");
    }

    private static (TurnCommitter Committer, Wire Wire) Committer(Business business, WorkQueue queue, Signals signals, Clock clock)
    {
        var settings = Settings.From([]);
        var channels = new ChannelSet([new ShortChannel()]);
        var inboxes = new InboxDirectory(business.Database, new Secrets(new byte[32]), settings);
        var addresses = new SendAddresses(new PublicAddress(settings));
        var changes = new ChangeLog(signals);
        var receipts = new ReadReceipts(channels, inboxes, addresses, settings, new OutboundHold(business.Database, queue, clock), NullLogger<ReadReceipts>.Instance);
        return (
            new TurnCommitter(queue, new SendGate(queue, changes, channels, inboxes, clock, new MonthlyMessages()), changes, new ConversationEvents(), new ErrorLog(changes), receipts, clock),
            new Wire(channels, inboxes, addresses, new WirePlaces(new SendPacer(clock, 0), null), new SendPreparation(business.Database, new OutboundFiles(new MediaFiles(Path.GetTempPath()), new MediaLinks(new PublicAddress(settings), new Secrets(new byte[32]), clock)), clock), new HeldLeases(), signals, NullLogger<Wire>.Instance));
    }
}
