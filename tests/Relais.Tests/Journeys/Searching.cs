using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Changes;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>GET /api/search over a real conversation or two; the same hits on both databases, since the expected ones are written here.</summary>
public sealed class Searching
{
    private const string Customer = "33622440001";

    [Theory, OnEveryDatabase]
    public async Task What_was_said_is_found_however_it_is_written_and_by_nobody_else(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.s1", "Mon colis est-il déjà livré à l'Élysée ?")));
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.s2", "أريدُ الطَّلَبِيَّة غدًا")));
        await relais.Post(MetaBody.Messages(relais.Meta, "33622440002", MetaBody.Text("wamid.s3", "Zanzibar livraison")));
        await relais.Settled();
        await Found(desk, "zanzibar", 1);

        var hit = (await Hits(desk, "elysee DEJA")).ShouldHaveSingleItem();
        hit.Text("kind").ShouldBe("message");
        hit.Text("title").ShouldBe("Inès");
        hit.GetProperty("snippet").GetString().ShouldBe("Mon colis est-il déjà livré à l'Élysée ?");
        Marked(hit).ShouldBe(["déjà", "Élysée"]);
        hit.GetProperty("seq").GetInt64().ShouldBe(1);
        Marked((await Hits(desk, "اريد الطلبيه")).ShouldHaveSingleItem()).ShouldBe(["أريدُ", "الطَّلَبِيَّة"]);
        (await Hits(desk, "livr", "messages")).Count(h => h.Text("snippet").Contains("livré", StringComparison.Ordinal)).ShouldBe(1, "the last word may go on");
        (await Hits(desk, "livr zanzibar", "messages")).Count.ShouldBe(0, "only the last word");
        (await Hits(desk, "zanzibar liv", "messages")).Count.ShouldBe(1);

        // A customer by name and by any part of the number, an order by its number, both before what was said.
        (await Hits(desk, "+33 6 22 44 00 01")).Select(h => h.Text("kind")).ShouldBe(["contact"]);
        (await Hits(desk, "0622440002")).ShouldHaveSingleItem().GetProperty("conversation_id").ValueKind.ShouldBe(JsonValueKind.Number);
        (await Hits(desk, "40001")).ShouldHaveSingleItem().GetProperty("contact_id").GetInt64().ShouldBe(hit.GetProperty("contact_id").GetInt64());
        (await Hits(desk, "ines", "contacts")).Count.ShouldBe(2);
        var order = (await Hits(desk, "trk123456", "orders")).ShouldHaveSingleItem();
        (order.Text("title"), order.GetProperty("order_id").ValueKind).ShouldBe(("TRK123456", JsonValueKind.Number));
        (await Hits(desk, "123456", "orders")).Count.ShouldBe(1);

        (await Hits(other, "zanzibar")).ShouldBeEmpty();
        (await Hits(other, "0622440002")).ShouldBeEmpty();
        (await desk.Get("/api/search?q=%20a")).Wrong("q");
        (await desk.Get("/api/search?q=zanzibar&kinds=faqs")).Wrong("kinds");
        (await Hits(desk, "zanzibar\"*' OR 1:*")).ShouldBeEmpty();
    }

    [Theory, OnEveryDatabase]
    public async Task Transcripts_files_and_deletions_are_followed_and_what_was_there_before_is_caught_up(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Text("wamid.s1", "Un secret bien gardé")));
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.s2", "document",
            """{"id":"777","mime_type":"application/pdf","sha256":"x","filename":"Facture-Octobre.pdf","caption":"ma facturette"}""")));
        await Found(desk, "secret", 1);
        await Found(desk, "octobre", 1);
        Marked((await Hits(desk, "facture oct", "messages")).ShouldHaveSingleItem()).ShouldBe(["Facture", "Octobre"]);
        (await Hits(desk, "facturette")).Count.ShouldBe(1);

        await Change(relais, desk, "UPDATE message SET transcript = 'Je voudrais un vélo électrique' WHERE tenant_id = @tenant AND provider_id = 'wamid.s2'");
        await Found(desk, "velo electrique", 1);
        await relais.Post(MetaBody.Messages(relais.Meta, Customer, MetaBody.Of("wamid.v1", "revoke", """{"original_message_id":"wamid.s1"}""")));
        await Found(desk, "secret", 0);

        // As after an upgrade: nothing is in the index, everything is looked at again, in the background.
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            await tx.Execute("DELETE FROM search_entry");
            await tx.Execute("UPDATE search_progress SET tenant = @most, position = @most WHERE name <> 'changes'", new { most = long.MaxValue });
        });
        await Found(desk, "octobre", 1);
        await Eventually.Holds(async () => (await relais.Facts.Count("SELECT count(*) FROM search_progress WHERE position = -1")) == 3, "all is caught up");
        (await Hits(desk, "secret")).ShouldBeEmpty();
        (await Hits(desk, "ines", "contacts")).Count.ShouldBe(1);
        (await Hits(desk, "trk123456", "orders")).Count.ShouldBe(1);
    }

    [Theory, OnEveryDatabase]
    public async Task Pages_give_every_hit_once_filters_hold_and_a_hit_leads_into_its_thread(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var phones = Enumerable.Range(0, 7).Select(i => $"3362244100{i}").ToList();
        foreach (var phone in phones)
        {
            await relais.Post(MetaBody.Messages(relais.Meta, phone, MetaBody.Text($"wamid.{phone}", "Kumquat numéro " + phone)));
        }

        var conversation = await desk.ConversationWith(relais.Simulator.Phone("+" + phones[6]));
        (await desk.Act(conversation, "send", new { message = "Un kumquat pour vous" })).Ok();
        await Found(desk, "kumquat", 8, "messages");

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await desk.Get($"/api/search?q=kumquat&kinds=messages&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}")).Ok().Body;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(h => h.GetProperty("message_id").GetInt64()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);
        seen.Count.ShouldBe(8);
        seen.ShouldBe(seen.Distinct().OrderDescending());

        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        var elsewhere = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 2");
        (await Items(desk, $"q=kumquat&inbox={inbox}")).Count.ShouldBe(8);
        (await Items(desk, $"q=kumquat&inbox={elsewhere}")).ShouldBeEmpty();
        var own = (await Items(desk, $"q=kumquat&agent={desk.AgentId}")).ShouldHaveSingleItem();
        (await Items(desk, "q=kumquat&until=2020-01-01T00:00:00Z")).ShouldBeEmpty();
        (await Items(desk, "q=kumquat&from=2020-01-01T00:00:00Z")).Count.ShouldBe(8);

        await relais.Post(MetaBody.Messages(relais.Meta, phones[6], MetaBody.Text("wamid.more1", "Encore un"), MetaBody.Text("wamid.more2", "Et un autre")));
        await relais.Settled();
        var last = (await desk.Messages(conversation))[^1].GetProperty("seq").GetInt64();
        last.ShouldBeGreaterThanOrEqualTo(3);
        var (at, id) = (own.GetProperty("seq").GetInt64(), own.GetProperty("conversation_id").GetInt64());
        (await Seqs(desk, id, at, 1)).ShouldBe([at]);
        (await Seqs(desk, id, 1, 3)).ShouldBe([1, 2, 3]);
        (await Seqs(desk, id, last + 9, 3)).ShouldBe([last - 2, last - 1, last]);
    }

    private static async Task<List<long>> Seqs(DeskClient desk, long conversation, long around, int limit) =>
        [.. (await desk.Get($"/api/conversations/{conversation}/messages?around={around}&limit={limit}")).Ok().Body.GetProperty("items").EnumerateArray()
            .Select(m => m.GetProperty("seq").GetInt64())];

    private static Task<List<JsonElement>> Hits(DeskClient desk, string typed, string kinds = "") =>
        Items(desk, $"q={Uri.EscapeDataString(typed)}&kinds={kinds}");

    private static async Task<List<JsonElement>> Items(DeskClient desk, string query) =>
        [.. (await desk.Get($"/api/search?{query}")).Ok().Body.GetProperty("items").EnumerateArray()];

    /// <summary>The index follows within a second or two.</summary>
    private static Task Found(DeskClient desk, string typed, int count, string kinds = "") => Eventually.Holds(
        async () => (await Hits(desk, typed, kinds)).Count == count, $"{typed} is found {count} times");

    private static List<string> Marked(JsonElement hit) =>
        [.. hit.GetProperty("marks").EnumerateArray().Select(m => hit.GetProperty("snippet").GetString()!.Substring(m[0].GetInt32(), m[1].GetInt32()))];

    /// <summary>A message changed as its room would change it.</summary>
    private static async Task Change(RelaisHost relais, DeskClient desk, string sql)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        var message = await relais.Facts.Count("SELECT id FROM message WHERE provider_id = 'wamid.s2'");
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), async tx =>
        {
            await tx.Execute(sql, new { tenant = desk.TenantId });
            await relais.Services.GetRequiredService<ChangeLog>().Append(
                tx, [new Change(id, desk.TenantId, "message.updated", null, message, null, relais.Clock.Micros)]);
        });
    }
}
