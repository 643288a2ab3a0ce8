using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Reactions, edits, removals and what is said in groups: kept and shown, and answered only where an answer is wanted.</summary>
public sealed class Gestures
{
    private const string Customer = "33611110001";

    [Theory, OnEveryDatabase]
    public async Task A_reaction_is_kept_and_wakes_nobody(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+" + Customer);
        await customer.Asks("Bonjour", "Beyond Express");
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.r1", "reaction", """{"message_id":"wamid.x","emoji":"❤️"}""")));
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.r2", "reaction", """{"message_id":"wamid.x"}""")));
        await customer.HearsNoMore();
        (await relais.Facts.Query<string>("SELECT type || ':' || content || ':' || replies_to FROM message WHERE type = 'reaction' ORDER BY id"))
            .ShouldBe(["reaction:❤️:wamid.x", "reaction::wamid.x"]);
        (await relais.Facts.Count("SELECT unread FROM conversation")).ShouldBe(1, "the reactions are not work");
        (await relais.Facts.Count("SELECT last_seq FROM conversation")).ShouldBe(4);
        (await relais.Facts.Count("SELECT last_inbound_seq FROM conversation")).ShouldBe(1);
        await customer.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
    }

    [Theory, OnEveryDatabase]
    public async Task A_reaction_to_a_person_does_not_say_that_an_answer_is_owed(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.r1", "reaction", """{"message_id":"wamid.x","emoji":"👍"}""")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM conversation WHERE last_inbound_at IS NOT NULL AND answered_seq = 0 AND unread = 0"))
            .ShouldBe(1, "it opens the window all the same");
        await relais.Facts.Query<long>("UPDATE conversation SET assignee = 5, version = version + 1 RETURNING id");
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.r2", "reaction", """{"message_id":"wamid.x","emoji":"👍"}""")));
        await relais.Settled();
        (await relais.Facts.Query<long?>("SELECT waiting_since FROM conversation")).ShouldBe([null]);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.t1", "Vous êtes là ?")));
        await relais.Settled();
        (await relais.Facts.Query<long?>("SELECT waiting_since FROM conversation"))[0].ShouldNotBeNull();
    }

    [Theory, OnEveryDatabase]
    public async Task An_edited_message_bears_its_mark_and_the_new_words_are_answered(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+" + Customer);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.t1", "Bonjour")));
        await relais.Settled();
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.e1", "edit",
            """{"original_message_id":"wamid.t1","message":{"type":"text","text":{"body":"Quels sont vos horaires d'ouverture ?"}}}""")));
        await relais.Settled();
        (await customer.Stored())[^1].Content.ShouldContain("du lundi au samedi");
        (await relais.Facts.Query<string>("SELECT provider_id FROM message WHERE edited_at IS NOT NULL AND deleted_at IS NULL")).ShouldBe(["wamid.t1"]);
        (await relais.Facts.Query<string>("SELECT content FROM message WHERE provider_id = 'wamid.t1'")).ShouldBe(["Bonjour"], "people see both");

        // Nobody edits what another one wrote.
        await relais.Post(MetaBody.Messages(relais.Meta, "33611110002", MetaBody.Of("wamid.e2", "revoke", """{"original_message_id":"wamid.t1"}""")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE deleted_at IS NOT NULL")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_deleted_before_its_answer_is_not_answered(DatabaseKind kind)
    {
        using var model = new WritingModel(TimeSpan.FromMilliseconds(700));
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));

        // In one body, and while the model is writing its answer.
        await relais.Post(MetaBody.Messages(relais.Meta, Customer,
            MetaBody.Text("wamid.t1", "Un secret"), MetaBody.Of("wamid.v1", "revoke", """{"original_message_id":"wamid.t1"}""")));
        await relais.Settled();
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.t2", "Un autre secret")));
        await Eventually.Holds(() => Task.FromResult(model.Asked == 1), "the model is asked");
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.v2", "revoke", """{"original_message_id":"wamid.t2"}""")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author <> 1")).ShouldBe(0);
        (await relais.Facts.Query<string>("SELECT provider_id FROM message WHERE deleted_at IS NOT NULL ORDER BY id")).ShouldBe(["wamid.t1", "wamid.t2"]);

        // What comes later is answered, and the model is not told of what is gone.
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.t3", "Bonjour")));
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT content FROM message WHERE author <> 1")).ShouldBe(["Vous dites : Bonjour"]);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.v3", "revoke", """{"original_message_id":"wamid.t3"}""")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author <> 1")).ShouldBe(1, "what was answered stays answered");
    }

    [Theory, OnEveryDatabase]
    public async Task What_is_said_in_a_group_is_kept_and_not_answered_in_private(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.g1", "STOP") + ",\"group_id\":\"group-17\""));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message")).ShouldBe(1);
        (await relais.Facts.Query<string>("SELECT payload FROM message"))[0].ShouldContain("group-17");
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE opted_out_at IS NOT NULL")).ShouldBe(0);
        (await relais.Facts.Count("SELECT unread FROM conversation WHERE last_inbound_at IS NULL")).ShouldBe(1, "a group opens no window to its members");

        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.t1", "Bonjour")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2")).ShouldBe(1);
    }
}
