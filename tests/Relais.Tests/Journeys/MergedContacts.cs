using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Two contacts that turn out to be one person, and the mistake of having thought so.</summary>
public sealed class MergedContacts
{
    [Theory, OnEveryDatabase]
    public async Task Two_contacts_become_one_with_the_stricter_consent_and_two_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var old = relais.Simulator.Phone("+33611110741", "Amina Benali");
        var recent = relais.Simulator.Phone("+33611110742", "AMINA  BENALI");
        await old.Say(relais.Twilio, "Bonjour");
        var oldConversation = await desk.ConversationWith(old);
        await relais.Settled();
        await recent.Say(relais.Meta, "Bonjour, je change de numéro");
        var newConversation = await desk.ConversationWith(recent);
        await relais.Settled();
        var a = (await desk.Conversation(oldConversation)).GetProperty("contact_id").GetInt64();
        var b = (await desk.Conversation(newConversation)).GetProperty("contact_id").GetInt64();
        (await desk.Post($"/api/contacts/{a}/consents", new { purpose = "marketing", state = "granted", proof = "form" })).Ok();
        (await desk.Post($"/api/contacts/{b}/consents", new { purpose = "marketing", state = "withdrawn", proof = "said so" })).Ok();
        (await desk.Post($"/api/contacts/{b}/notes", new { message = "Aime le thé" })).Ok();
        (await desk.Put("/api/contact-fields", new { fields = new[] { new { name = "city" }, new { name = "email" } } })).Ok();
        (await desk.Patch($"/api/contacts/{a}/fields", new { values = new { city = "Rabat" } })).Ok();
        (await desk.Patch($"/api/contacts/{b}/fields", new { values = new { city = "Fès", email = "amina@shop.example" } })).Ok();
        var label = (await desk.Post("/api/labels", new { name = "VIP", color = "#aa0000" })).Ok().Body.GetProperty("id").GetInt64();
        (await desk.Post($"/api/contacts/{b}/labels", new { add = new[] { label } })).Ok();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), tx => tx.Execute(
            "UPDATE customer_order SET contact_id = @b WHERE tenant_id = @TenantId AND tracking_number = 'TRK456789'", new { b, desk.TenantId }));
        var before = (await Card(desk, a), await Card(desk, b));

        var suggestion = (await desk.Get($"/api/contacts/{a}/merge-suggestions")).Ok().Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (suggestion.GetProperty("contact").GetProperty("id").GetInt64(), suggestion.GetProperty("reasons")[0].GetString()).ShouldBe((b, "name"));
        (await desk.Post($"/api/contacts/{a}/merge", new { other_id = a })).Wrong("other_id");
        var merge = (await desk.Post($"/api/contacts/{a}/merge", new { other_id = b }, "m")).Ok();
        (await desk.Post($"/api/contacts/{a}/merge", new { other_id = b })).Refused(409, "already_merged");

        var one = (await desk.Get($"/api/contacts/{a}")).Ok().Body;
        (one.Text("conversations"), one.Text("orders"), one.Text("phone")).ShouldBe(("2", "1", "+33611110742"), "they are reached where they wrote last");
        one.GetProperty("consents").Text("marketing").ShouldBe("withdrawn", "the stricter word holds");
        (one.GetProperty("fields").Text("city"), one.GetProperty("fields").Text("email")).ShouldBe(("Rabat", "amina@shop.example"));
        one.GetProperty("identities").EnumerateArray().Select(i => i.Text("value")).ShouldContain("+33611110741");
        (await desk.Get($"/api/contacts?label={label}")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64().ShouldBe(a);
        (await desk.Get($"/api/contacts/{b}")).Ok().Body.GetProperty("merged_into").GetInt64().ShouldBe(a);
        (await desk.Get("/api/contacts?q=benali")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get($"/api/contacts/{a}/consents")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2, "the ledger loses no line");
        await recent.Say(relais.Meta, "Vous avez mon nouveau numéro ?");
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2);
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(2);

        (await desk.Post($"/api/contact-merges/{merge.Text("merge_id")}/undo")).Ok();
        (await desk.Post($"/api/contact-merges/{merge.Text("merge_id")}/undo")).Refused(409, "merge_undone");
        var after = (await Card(desk, a), await Card(desk, b));
        after.Item1.ShouldBe(before.Item1);
        after.Item2.ShouldBe(before.Item2);
        (await desk.Conversation(newConversation)).GetProperty("contact_id").GetInt64().ShouldBe(b);
        await recent.Say(relais.Meta, "Merci");
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM conversation")).ShouldBe(2, "her number is her own contact's again");
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task Two_open_conversations_on_one_number_are_refused_or_the_older_is_closed_and_an_opt_out_since_outlives_the_undoing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var ids = new List<(long Conversation, long Contact)>();
        foreach (var number in new[] { "+33611110743", "+33611110744" })
        {
            var phone = relais.Simulator.Phone(number);
            await phone.Say(relais.Meta, "Bonjour");
            var conversation = await desk.ConversationWith(phone);
            ids.Add((conversation, (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64()));
            await relais.Settled();
        }

        var (a, b) = (ids[0].Contact, ids[1].Contact);
        var refused = await desk.Post($"/api/contacts/{a}/merge", new { other_id = b });
        refused.Refused(409, "two_open_conversations");
        refused.Body.GetProperty("conversation_ids").GetArrayLength().ShouldBe(2);
        var merge = (await desk.Post($"/api/contacts/{a}/merge", new { other_id = b, close_older = true })).Ok();
        (await desk.Conversation(ids[0].Conversation)).Text("status").ShouldBe("completed");
        (await desk.Conversation(ids[1].Conversation)).Text("status").ShouldBe("active");

        await relais.Simulator.Phone("+33611110744").Say(relais.Meta, "STOP");
        await relais.Settled();
        (await desk.Post($"/api/contact-merges/{merge.Text("merge_id")}/undo")).Ok();
        foreach (var contact in new[] { a, b })
        {
            (await desk.Get($"/api/contacts/{contact}")).Ok().Text("opted_out_at").ShouldNotBeEmpty("nobody knows any more which of the two said it");
        }

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Post($"/api/contacts/{a}/merge", new { other_id = b })).Refused(404, "not_found");
        (await other.Post($"/api/contact-merges/{merge.Text("merge_id")}/undo")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task Who_has_two_numbers_does_not_get_twice_as_much_unasked(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        await relais.Database.Write(Relais.Storage.Scope.Directory, tx => tx.Execute("UPDATE tenant SET unasked_limit = 1"));
        var (csv, numbers) = CampaignStage.File(2);
        await Run(csv.Replace(numbers[0], "", StringComparison.Ordinal));
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([0, 1]);
        var b = (await desk.ContactOf(numbers[1])).GetProperty("id").GetInt64();
        var a = (await desk.Post("/api/contacts", new { name = "Amina", phone = numbers[0] })).Ok().Body.GetProperty("id").GetInt64();

        var merge = (await desk.Post($"/api/contacts/{a}/merge", new { other_id = b })).Ok();
        (await Unasked(a), await Unasked(b)).ShouldBe((1, 0));
        var second = await Run(csv);
        (await stage.Recipients(second, "skipped")).Select(r => r.Text("reason_code")).ShouldContain("frequency_cap", "what the other number got counts");
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([0, 1]);

        (await desk.Post($"/api/contact-merges/{merge.Text("merge_id")}/undo")).Ok();
        (await Unasked(a), await Unasked(b)).ShouldBe((0, 1));
        await Run(csv);
        CampaignStage.Got(relais, relais.Meta, numbers).ShouldBe([1, 1], "two people again, each with their own count");

        Task<long> Unasked(long contact) => relais.Facts.Count("SELECT count(*) FROM unasked_send WHERE contact_id = @contact", new { contact });

        async Task<long> Run(string file)
        {
            var id = await stage.Make(inbox);
            (await stage.Bring(id, file)).Ok();
            (await stage.Act(id, "start")).Ok();
            await stage.Becomes(id, "done", TimeSpan.FromSeconds(30));
            await relais.Settled();
            return id;
        }
    }

    /// <summary>What must be as it was; messages and times go on.</summary>
    private static async Task<string> Card(DeskClient desk, long id)
    {
        var card = (await desk.Get($"/api/contacts/{id}")).Ok().Body;
        return string.Join('|', ((string[])["name", "phone", "identities", "opted_out_at", "consents", "fields", "labels", "conversations", "orders", "merged_into"])
            .Select(name => card.Text(name)));
    }
}
