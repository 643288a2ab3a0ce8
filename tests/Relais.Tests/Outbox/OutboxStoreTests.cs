using Relais.Changes;
using Relais.Channels;
using Relais.Inboxes;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Outbox;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>From the gate to the head of a conversation's queue, on both databases.</summary>
public sealed class OutboxStoreTests : IDisposable
{
    private readonly Clock clock = new();
    private readonly Signals signals = new();

    [Theory, OnEveryDatabase]
    public async Task What_the_gate_lets_in_becomes_numbered_messages_and_a_head_that_knows_what_it_answers(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var asked = (await business.Receive(Business.Message(Business.Customer("336001"), "a", now: clock.Micros))).Single();
        await Say(business, Request(asked, new string('x', 900) + " " + new string('y', 900)) with { Answers = asked.MessageId });
        (await business.Query<long>("SELECT seq FROM message ORDER BY seq")).ShouldBe([1, 2, 3]);
        var head = (await Heads(business)).ShouldHaveSingleItem();
        (head.Seq, head.Content.Readable.Length, head.IsAutomatic, head.AnsweredAt).ShouldBe((2, 900, true, asked.Now));
        (await business.Query<long>("SELECT DISTINCT answer_id FROM outbox")).ShouldBe([head.MessageId], "both parts are one answer");
        (await business.One<long>("SELECT count(*) FROM change")).ShouldBe(2);
    }

    [Theory, OnEveryDatabase]
    public async Task A_persons_message_goes_before_automatic_ones_that_wait(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var asked = (await business.Receive(Business.Message(Business.Customer("336001"), "a", now: clock.Micros))).Single();
        await Say(business, Request(asked, "automatic"));
        await Say(business, Request(asked, "a person's") with { Author = Author.Agent, AgentId = 1 });
        var head = (await Heads(business)).ShouldHaveSingleItem();
        (head.Content.Readable, head.AnsweredAt).ShouldBe(("a person's", null));
    }

    [Theory, OnEveryDatabase]
    public async Task What_the_gate_refuses_is_kept_with_its_reason_and_never_leaves(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var asked = (await business.Receive(Business.Message(Business.Customer("336001"), "a", now: clock.Micros))).Single();
        clock.Advance(TimeSpan.FromHours(24));
        await Say(business, Request(asked, "too late"));
        (await Heads(business)).ShouldBeEmpty();
        (await business.One<string>("SELECT status || error_text FROM message WHERE author <> 1")).ShouldStartWith("2More than 24 hours");
        (await business.One<long>("SELECT count(*) FROM outbox")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_dead_part_takes_back_the_later_parts_of_its_answer_and_no_other_message(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var asked = (await business.Receive(Business.Message(Business.Customer("336001"), "a", now: clock.Micros))).Single();
        await Say(business, Request(asked, new string('x', 1500) + " " + new string('y', 1500) + " " + new string('z', 1500)));
        await Say(business, Request(asked, "another answer"));
        var head = (await Heads(business)).Single();
        await business.Database.Write(Scope.Pipeline, async tx =>
            (await OutboxStore.MarkDead(tx, [OutboxWorker.Note(head, 5) with { Code = 131026, Text = "Undeliverable" }])).Count.ShouldBe(2));
        (await business.Query<string>("SELECT seq || ':' || status FROM message WHERE author <> 1 ORDER BY seq")).ShouldBe(["2:2", "3:5", "4:5", "5:0"]);
        (await Heads(business)).ShouldHaveSingleItem().Content.Readable.ShouldBe("another answer");
    }

    public void Dispose() => signals.Dispose();

    private static SendRequest Request(NewInbound asked, string text) => new(
        asked.TenantId, asked.ConversationId, asked.InboxId, 1, asked.Now, null, Author.AiAgent, null, new Relais.Channels.OutboundContent.Text(text));

    private async Task Say(Business business, SendRequest request)
    {
        var gate = new SendGate(new WorkQueue(signals, new NodeName("test")), new ChangeLog(signals), new ChannelSet([new ShortChannel()]),
            new InboxDirectory(business.Database, new Secrets(new byte[32]), Settings.From([])), clock, new MonthlyMessages());
        var ids = await business.Ids.Take(SendGate.IdsNeeded(request.Content));
        await business.Database.Write(Scope.Pipeline, tx =>
        {
            ids.Rewind();
            return gate.Enqueue(tx, [request], ids);
        });
    }

    private static async Task<List<OutboxHead>> Heads(Business business)
    {
        var conversation = await business.One<long>("SELECT id FROM conversation");
        return await business.Database.Read(Scope.Pipeline, tx =>
            OutboxStore.Heads(tx, [new Lease(LaneKind.Outbox, conversation, Business.Tenant, 1, 0)]));
    }
}
