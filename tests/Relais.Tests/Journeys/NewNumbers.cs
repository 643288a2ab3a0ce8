using System.Text;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Customers who change their number, hide it, or are known by two ways of writing it.</summary>
public sealed class NewNumbers
{
    private const string Former = "33611110001";
    private const string New = "33611110002";

    [Theory, OnEveryDatabase]
    public async Task A_new_number_keeps_contact_and_conversation_and_the_former_one_becomes_a_strangers(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await relais.Chat(relais.Meta, "+" + Former).Asks("Bonjour", "Beyond Express");

        // The notice and the first words under the new number in one body; then the notice once more.
        await relais.Post(MetaBody.Messages(relais.Meta, Former, MetaBody.NumberChanged("wamid.n1", New), MetaBody.Text("wamid.t1", "C'est moi")
            .Replace("\"id\"", $"\"from\":\"{New}\",\"id\"", StringComparison.Ordinal)));
        await relais.Post(MetaBody.Messages(relais.Meta, Former, MetaBody.NumberChanged("wamid.n1", New)));
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT wa_id || ':' || phone FROM contact")).ShouldBe([$"{New}:+{New}"]);
        (await relais.Facts.Query<string>("SELECT value FROM contact_identity ORDER BY kind")).ShouldContain($"+{New}");
        (await relais.Facts.Query<string>("SELECT value FROM contact_identity")).ShouldNotContain(Former);
        (await relais.Facts.Query<string>("SELECT detail FROM conversation_event WHERE type = 'identity_changed'")).ShouldBe([$"+{Former} → +{New}"]);
        (await relais.Facts.Query<string>("SELECT type FROM message WHERE author = 1 ORDER BY seq")).ShouldBe(["text", "system", "text"]);

        // Somebody else gets the former number.
        await relais.Post(MetaBody.Messages(relais.Meta, Former, MetaBody.Text("wamid.t2", "Bonjour")));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2);
        using var desk = await DeskClient.SignIn(relais);
        var conversation = await desk.ConversationWith(relais.Simulator.Phone("+" + New));
        (await desk.Messages(conversation)).Single(m => m.Text("type") == "system").GetProperty("payload").GetProperty("now").Text("phone").ShouldBe("+" + New);
    }

    [Theory, OnEveryDatabase]
    public async Task A_new_number_that_somebody_has_already_moves_nothing_of_theirs(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        await relais.Post(MetaBody.Messages(relais.Meta, Former, MetaBody.Text("wamid.t1", "Bonjour")));
        await relais.Post(MetaBody.Messages(relais.Meta, New, MetaBody.Text("wamid.t2", "Bonjour")));
        await relais.Post(MetaBody.Messages(relais.Meta, Former, MetaBody.NumberChanged("wamid.n1", New)));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(2);
        (await relais.Facts.Query<string>("SELECT detail FROM conversation_event WHERE type = 'identity_changed'")).ShouldHaveSingleItem().ShouldContain("both are kept");
        await relais.Post(MetaBody.Messages(relais.Meta, New, MetaBody.Text("wamid.t3", "Encore moi")));
        await relais.Settled();
        (await relais.Facts.Count("""
            SELECT count(*) FROM message m JOIN message o ON o.conversation_id = m.conversation_id WHERE m.provider_id = 'wamid.t3' AND o.provider_id = 'wamid.t2'
            """)).ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task A_new_user_id_keeps_the_contact_however_often_and_wherever_it_is_told(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        byte[] Text(string id, string user) => MetaBody.Value(relais.Meta, $$"""
            "contacts":[{"profile":{"name":"Zoé"},"user_id":"{{user}}"}],"messages":[{"from_user_id":"{{user}}",{{MetaBody.Text(id, "Bonjour")}}}]
            """);
        await relais.Post(Text("wamid.t1", "FR.100"));
        await relais.Settled();
        var update = MetaBody.Value(relais.Meta, "\"user_id_update\":[{\"user_id\":{\"previous\":\"FR.100\",\"current\":\"FR.101\"},\"timestamp\":\"1790000000\"}]", "user_id_update");
        await relais.Post(update);
        await relais.Post(update);
        await relais.Post(MetaBody.Value(relais.Meta, $"\"messages\":[{{{MetaBody.Of("wamid.n1", "system",
            """{"type":"user_changed_user_id","previous_user_id":"FR.100","user_id":"FR.101"}""")}}}]"));
        await relais.Post(Text("wamid.t2", "FR.101"));
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT user_id FROM contact")).ShouldBe(["FR.101"]);
        (await relais.Facts.Query<string>("SELECT detail FROM conversation_event WHERE type = 'identity_changed'")).ShouldBe(["FR.100 → FR.101"]);
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 2")).ShouldBe(2, "the notices are not answered");
    }

    [Theory, OnEveryDatabase]
    public async Task Whoever_hides_the_number_is_answered_by_the_user_id_and_is_the_same_one_when_it_shows(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var customer = relais.Chat(number, "+33611110003");
            customer.Phone.HidesNumber = true;
            await customer.Asks("Bonjour", "Beyond Express");
            await relais.Settled();
            (await relais.Facts.Query<string?>("SELECT phone FROM contact")).ShouldBe([null]);
            (await relais.Facts.Query<string>("SELECT user_id FROM contact")).ShouldBe([customer.Phone.UserId]);

            customer.Phone.HidesNumber = false;
            await customer.Asks("Quels sont vos horaires d'ouverture ?", "du lundi au samedi");
            await relais.Settled();
            (await relais.Facts.Query<string>("SELECT phone || user_id FROM contact")).ShouldBe(["+33611110003" + customer.Phone.UserId]);
            await relais.Facts.Query<long>("DELETE FROM contact_identity WHERE kind < 3 RETURNING contact_id");
            await relais.Facts.Query<long>("UPDATE contact SET phone = NULL, wa_id = NULL RETURNING id");
        }
    }

    [Theory, OnEveryDatabase]
    public async Task One_mobile_number_written_in_two_ways_is_one_customer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        foreach (var (meta, twilio) in new[] { ("551198765432", "5511998765432"), ("5215512345678", "525512345678"), ("5491123456789", "541123456789") })
        {
            await relais.Post(MetaBody.Messages(relais.Meta, meta, MetaBody.Text($"wamid.{meta}", "oi")));
            await relais.Settled();
            var call = $"MessageSid=SM{twilio}&AccountSid={relais.Twilio.Account}&From=whatsapp%3A%2B{twilio}&To=whatsapp%3A%2B33100000002&Body=oi";
            (await relais.Simulator.Phone("+33600009999").SendRaw(relais.Twilio, Encoding.ASCII.GetBytes(call))).Taken.ShouldBeTrue();
            await relais.Settled();
            (await relais.Facts.Count($"SELECT count(DISTINCT contact_id) FROM contact_identity WHERE value LIKE '%{twilio[^8..]}'")).ShouldBe(1, meta);
            (await relais.Facts.Query<string>($"SELECT wa_id FROM contact WHERE wa_id LIKE '%{twilio[^8..]}'")).ShouldBe([twilio], "as it was last delivered");
        }

        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(3);
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(6, "one a number they wrote to");
    }
}
