using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relais.Storage;
using Relais.Tests.Engine.Flows;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer is erased: no word of theirs and nothing that names them is anywhere afterwards, and nothing brings them back.</summary>
public sealed class Erasing
{
    /// <summary>No letter twice in a row: the index writes such a word with one, and a look for it there would find nothing.</summary>
    private const string Canary = "Zanzibarkoala";

    [Theory, OnEveryDatabase]
    public async Task No_word_and_no_number_of_an_erased_customer_is_left(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+33611110777", $"{Canary} Dupont");
        var other = relais.Simulator.Phone("+33611110778", "Autre");
        await other.Say(relais.Meta, "Bonjour");
        await phone.Say(relais.Meta, $"Bonjour, {Canary} !");
        await phone.SendMedia(relais.Meta, "image");
        var conversation = await desk.ConversationWith(phone);
        await relais.Settled();
        var id = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        (await desk.Put("/api/contact-fields", new { fields = new[] { new { name = "city" } } })).Ok();
        (await desk.Patch($"/api/contacts/{id}/fields", new { values = new { city = Canary } }, "k1")).Ok();
        (await desk.Patch($"/api/contacts/{id}", new { name = $"Mme {Canary}" }, "k2")).Ok();
        (await desk.Post($"/api/contacts/{id}/notes", new { message = Canary })).Ok();
        (await desk.Post($"/api/contacts/{id}/consents", new { purpose = "marketing", state = "granted", proof = Canary })).Ok();
        (await desk.Act(conversation, "take-over")).Ok();
        (await desk.Act(conversation, "send", new { message = $"Merci {Canary}" }, "k3")).Ok();
        await relais.Settled();
        (await desk.Act(conversation, "notes", new { message = Canary })).Ok();
        await desk.Imported("contacts", $"phone,name,city\n+33611110777,{Canary} I.,{Canary}\n+33611110778,Autre,\n");
        var waiting = (await desk.Bring("contacts", $"phone,name\n06 11 11 07 77,{Canary}\n+33611110778,Autre\n")).Ok().Body.GetProperty("id").GetInt64();
        await relais.Settled();
        await IsIndexed(relais);

        var receipt = (await desk.Send(HttpMethod.Delete, $"/api/contacts/{id}")).Ok();
        receipt.Body.GetProperty("counts").GetProperty("message").GetInt64().ShouldBeGreaterThan(2);
        receipt.Body.GetProperty("counts").GetProperty("received_webhook").GetInt64().ShouldBeGreaterThan(1);
        await relais.Settled();
        await IsForgotten(relais);
        (await Holding(relais, "33611110777")).ShouldBeEmpty();
        (await desk.Get($"/api/contacts/{id}")).Refused(404, "not_found");
        (await desk.Send(HttpMethod.Delete, $"/api/contacts/{id}")).Refused(404, "not_found");
        (await desk.Get("/api/contacts")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.Get($"/api/search?q={Canary}")).Ok().Body.ToString().ShouldNotContain(Canary);
        (await desk.Get($"/api/conversations/{conversation}/messages")).Ok().Body.ToString().ShouldNotContain(Canary);
        (await desk.Get($"/api/imports/{waiting}")).Ok().Body.GetProperty("sample").GetArrayLength().ShouldBe(1, "their row is gone from the file that waits");
        var kept = (await desk.Get("/api/contacts/erasures")).Ok().Body.GetProperty("items")[0];
        (kept.GetProperty("contact_id").GetInt64(), kept.GetProperty("agent_id").GetInt64()).ShouldBe((id, desk.AgentId));

        // Who writes again is a new customer.
        await phone.Say(relais.Meta, "Me revoilà");
        await relais.Settled();
        var again = await desk.ContactOf("+33611110777");
        again.GetProperty("id").GetInt64().ShouldNotBe(id);
        (again.GetProperty("conversations").GetInt64(), again.GetProperty("messages").GetInt64()).ShouldBe((1, 2));

        using var agent = await DeskClient.SignIn(relais, "Nadia", Relais.Tenants.Roles.Agent);
        (await agent.Send(HttpMethod.Delete, $"/api/contacts/{again.GetProperty("id")}")).Refused(403, "forbidden");
        using var stranger = await DeskClient.OfAnotherTenant(relais);
        (await stranger.Send(HttpMethod.Delete, $"/api/contacts/{again.GetProperty("id")}")).Refused(404, "not_found");
        (await stranger.Get("/api/contacts/erasures")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task Lists_plans_flows_and_what_was_told_to_others_forget_them_too(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton(_ => new Relais.Foundation.SafeHttp(allowsLocal: true)));
        await using var hook = await HookReceiver.Start();
        using var desk = await DeskClient.SignIn(relais);
        var stage = await CampaignStage.Open(relais, desk);
        var inbox = (await CampaignStage.Inboxes(relais))[0];
        var began = relais.Clock.Micros / 1_000_000;
        (await desk.Post("/api/subscriptions", new { url = hook.Url, events = Relais.Subscriptions.EventTypes.All })).Ok();
        hook.Answers = h => Task.FromResult(h.Type == "message.received" ? 500 : 204);

        // A flow asks their name and waits for more.
        var asks = new FlowSketch("name").Asks("name", "Votre nom ?", "more", """ "relais": {"saves_contact": "name"} """).Asks("more", "Merci {{widgets.name.value}}. Et ?", "");
        var flow = (await desk.Json(HttpMethod.Post, "/api/flows", $$"""{"settings": {"triggers": [{"type": "keyword", "words": ["rendez-vous"]}]}, "definition": {{asks.Json}}}""")).Ok();
        (await desk.Post($"/api/flows/{flow.Text("id")}/publish")).Ok();
        var chat = relais.Chat(relais.Meta, "+33611110779");
        await chat.Asks("Rendez-vous", "Votre nom ?");
        await chat.Asks($"{Canary} Dupont", "Merci");
        var conversation = await desk.ConversationWith(chat.Phone);
        var id = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();

        // They stand in two campaigns: one that was sent, one that waits and names them in ways of its own.
        var sent = await stage.Make(inbox);
        (await stage.Bring(sent, $"téléphone;prénom\n+33611110779;{Canary}\n+33611110780;Autre\n")).Ok();
        (await stage.Act(sent, "start")).Ok();
        await stage.Becomes(sent, "done", TimeSpan.FromSeconds(30));
        var waits = await stage.Make(inbox);
        (await stage.Bring(waits, $"téléphone;prénom\n+33611110779;{Canary}\n+33 6 11-11.07 79;{Canary} bis\n06 11 11 07 79;{Canary} ter\n+33611110780;Autre\n")).Ok();
        (await stage.Act(waits, "check")).Ok();
        (await stage.Becomes(waits, "checked")).GetProperty("waiting").GetInt64().ShouldBe(2);

        // A plan of a follow-up with their words, a hand-off with a reason in words, somebody merged into them.
        var plan = (await desk.Post("/api/follow-ups", new { contact_id = id, note = $"Devis de {Canary}" })).Ok();
        await Eventually.Holds(async () => (await desk.Get($"/api/follow-ups/{plan.Text("id")}")).Ok().Text("state") == "proposed", "it is planned");
        (await desk.Patch($"/api/follow-ups/{plan.Text("id")}", new { steps = new[] { new { due_at = relais.Clock.GetUtcNow().AddHours(2), text = $"Chère {Canary}, et la suite ?" } } })).Ok();
        (await desk.Act(conversation, "handoff", new { reason = $"{Canary} veut parler" })).Ok();
        var twin = (await desk.Post("/api/contacts", new { name = $"{Canary} II", phone = "+33611110781" })).Ok().Body.GetProperty("id").GetInt64();
        (await desk.Post($"/api/contacts/{id}/merge", new { other_id = twin })).Ok();
        await relais.Settled();
        await hook.Gets("message.sent");
        await IsIndexed(relais);
        var before = await Holding(relais, Canary);
        foreach (var column in (string[])["campaign_recipient.variables", "campaign_row.columns", "flow_session.state", "follow_up_plan.note", "follow_up_step.text", "conversation.handoff_reason",
            "contact_merge.moved", "subscription_delivery.body", "message.content", "received_webhook.body"])
        {
            before.ShouldContain(column, "or this test looks at nothing");
        }

        (await desk.Send(HttpMethod.Delete, $"/api/contacts/{id}")).Ok();
        await IsForgotten(relais);
        foreach (var number in (string[])["33611110779", "33611110781", "06 11 11 07 79", "11-11.07 79"])
        {
            (await Holding(relais, number)).ShouldBeEmpty(number);
        }

        await stage.CountsAreTrue(waits);
        (await stage.Read(waits)).GetProperty("waiting").GetInt64().ShouldBe(1, "the other still gets it");
        (await stage.Act(waits, "start")).Ok();
        await stage.Becomes(waits, "done", TimeSpan.FromSeconds(30));
        await relais.Settled();
        CampaignStage.Got(relais, relais.Meta, ["+33611110779", "+33611110780", "+33611110781"]).ShouldBe([1, 2, 0]);

        // What the business wrote to them on its own phone comes late: it brings nobody back; what it writes now does.
        var known = await relais.Facts.Count("SELECT count(*) FROM contact");
        (await chat.Phone.SendRaw(relais.Meta, AnsweredOnThePhone.Echo(relais, "33611110779", "wamid.LATE", $"Bonjour {Canary}", began))).Taken.ShouldBeTrue();
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(known);
        (await Holding(relais, Canary)).ShouldBe(["received_webhook.body"], "where it goes with its days");
        (await chat.Phone.SendRaw(relais.Meta, AnsweredOnThePhone.Echo(relais, "33611110779", "wamid.NOW", "Bonjour"))).Taken.ShouldBeTrue();
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM contact")).ShouldBe(known + 1);
    }

    /// <summary>The search has the canary, so that a look for it later looks at something.</summary>
    private static Task IsIndexed(RelaisHost relais)
    {
        var index = relais.Database.Dialect.IsPostgres ? "search_entry.words" : "search_index_data.block";
        return Eventually.Holds(async () => (await Holding(relais, Canary)).Contains(index), "the search has their words");
    }

    /// <summary>Nothing of them is left, in the search's index soon.</summary>
    private static async Task IsForgotten(RelaisHost relais) =>
        (await Eventually.Empty(() => Holding(relais, Canary), TimeSpan.FromSeconds(30))).ShouldBeEmpty();

    /// <summary>Table.column of every text or bytes of the database in which this stands.</summary>
    private static async Task<List<string>> Holding(RelaisHost relais, string word)
    {
        var found = new List<string>();
        await relais.Database.Read(Relais.Storage.Scope.Pipeline, async tx =>
        {
            var columns = await tx.Query<(string Table, string Column, string Type)>(tx.Dialect.IsPostgres
                ? "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns WHERE table_schema = current_schema() AND data_type IN ('text', 'bytea')"
                : "SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND (m.name NOT LIKE 'search_index%' OR m.name = 'search_index_data') AND m.name NOT LIKE 'sqlite_%' AND p.type IN ('TEXT', 'BLOB')");
            columns.Count.ShouldBeGreaterThan(100);
            foreach (var (table, column, type) in columns)
            {
                var isBytes = type is "bytea" or "BLOB";
                var sql = !isBytes ? $"SELECT count(*) FROM {table} WHERE lower({column}) LIKE @part"
                    : tx.Dialect.IsPostgres ? $"SELECT count(*) FROM {table} WHERE position(@bytes in {column}) > 0" : $"SELECT count(*) FROM {table} WHERE instr({column}, @bytes) > 0";

                // The index has words in small letters, and what a word has in common with the one before it but once.
                var bytes = Encoding.UTF8.GetBytes(table == "search_index_data" ? word.ToLowerInvariant()[3..] : word);
                if (await tx.QueryFirst<long>(sql, new { part = $"%{word.ToLowerInvariant()}%", bytes }) > 0)
                {
                    found.Add($"{table}.{column}");
                }
            }

            return 0;
        });
        return found;
    }
}
