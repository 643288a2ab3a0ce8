using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Desk.Contacts.Erasing;
using Relais.Desk.Privacy;
using Relais.Media;
using Relais.Tests.Support;
using Relais.Tests.Tenants.Audit;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer asks what is kept of them, and gets it: the very tables that an erasure would take.</summary>
public sealed class PrivacyExports
{
    private const string Canary = "Zanzibarquokka";

    [Theory, OnEveryDatabase]
    public async Task Everything_that_an_erasure_would_take_is_in_the_file(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (contact, conversation) = await Customer(relais, desk);
        var asked = await desk.Post($"/api/contacts/{contact}/export", key: "once");
        asked.Status.ShouldBe(202, asked.Body.ToString());
        var id = asked.Body.GetProperty("id").GetInt64();
        (await desk.Post($"/api/contacts/{contact}/export", key: "once")).Body.GetProperty("id").GetInt64().ShouldBe(id);
        await Ready(desk, id);

        using var zip = new ZipArchive(new MemoryStream(await desk.Http.GetByteArrayAsync($"/api/contacts/exports/{id}/file")));
        var tables = zip.Entries.Where(e => e.FullName.StartsWith("data/", StringComparison.Ordinal)).Select(e => e.Name[..^5]).ToHashSet(StringComparer.Ordinal);
        ErasurePlan.Steps.Select(s => s.Table).Distinct().Except(PrivacyTables.LeftOut.Keys).Except(tables).ShouldBeEmpty("what is erased can be asked for");
        PrivacyTables.LeftOut.Keys.Except(ErasurePlan.Steps.Select(s => s.Table)).ShouldBeEmpty("a table that is not erased needs no excuse");

        Rows(zip, "message").ShouldContain(m => m.Text("content").Contains(Canary, StringComparison.Ordinal));
        Rows(zip, "contact_note").ShouldHaveSingleItem().Text("message").ShouldBe(Canary);
        var consent = Rows(zip, "consent").ShouldHaveSingleItem();
        (consent.Text("proof"), consent.Text("state")).ShouldBe((Canary, "granted"));
        DateTimeOffset.Parse(consent.Text("at"), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(relais.Clock.GetUtcNow(), TimeSpan.FromMinutes(5));
        Rows(zip, "contact").ShouldHaveSingleItem().TryGetProperty("tenant_id", out _).ShouldBeFalse();
        zip.Entries.Where(e => e.FullName.StartsWith("files/", StringComparison.Ordinal)).ShouldHaveSingleItem().Length.ShouldBeGreaterThan(100);
        var page = Text(zip, "conversations.html");
        page.ShouldContain(Canary);
        page.ShouldContain("&lt;b&gt;", Case.Sensitive, "a customer's words are no page of ours");
        page.ShouldNotContain("Autre client");
        page.ShouldContain(Rows(zip, "message")[0].Text("conversation_id"));
        conversation.ShouldBeGreaterThan(0);

        var lines = await AuditTests.Lines(desk);
        lines.Select(l => l.Text("action")).ShouldContain("export_contact");
        lines.Select(l => l.Text("action")).ShouldContain("download_contact_export");
    }

    [Theory, OnEveryDatabase]
    public async Task A_file_is_there_for_a_day_and_for_its_business_alone(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var agent = await DeskClient.SignIn(relais, "Sami", Relais.Tenants.Roles.Agent);
        var (contact, _) = await Customer(relais, desk);
        (await other.Post($"/api/contacts/{contact}/export")).Refused(404, "not_found");
        (await agent.Post($"/api/contacts/{contact}/export")).Refused(403, "forbidden");
        var first = await Exported(desk, contact);
        var second = await Exported(desk, contact);
        foreach (var path in (string[])[$"/api/contacts/exports/{first}", $"/api/contacts/exports/{first}/file"])
        {
            (await other.Get(path)).Refused(404, "not_found");
        }

        (await other.Get("/api/contacts/exports")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Get("/api/contacts/exports?limit=1")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64().ShouldBe(second);

        var worker = relais.Services.GetRequiredService<PrivacyExportWorker>();
        var folder = PrivacyExportWorker.Folder(relais.Services.GetRequiredService<MediaFiles>());
        await worker.Sweep(CancellationToken.None);
        Directory.GetFiles(folder).Length.ShouldBe(2);
        relais.Clock.Advance(TimeSpan.FromHours(25));
        (await desk.Get($"/api/contacts/exports/{first}/file")).Refused(409, "export_not_ready");
        var third = await Exported(desk, contact);
        await worker.Sweep(CancellationToken.None);
        Directory.GetFiles(folder).ShouldHaveSingleItem();
        (await desk.Get($"/api/contacts/exports/{first}")).Ok().Text("state").ShouldBe("removed");

        await relais.Settled();
        (await desk.Send(HttpMethod.Delete, $"/api/contacts/{contact}")).Ok();
        (await desk.Get($"/api/contacts/exports/{third}/file")).Refused(404, "not_found");
        await worker.Sweep(CancellationToken.None);
        Directory.GetFiles(folder).ShouldBeEmpty("who was erased is in no file either");
        (await desk.Post($"/api/contacts/{contact}/export")).Refused(404, "not_found");
    }

    private static async Task<(long Contact, long Conversation)> Customer(RelaisHost relais, DeskClient desk)
    {
        var phone = relais.Simulator.Phone("+33611110777", $"{Canary} Dupont");
        await relais.Simulator.Phone("+33611110778", "Autre").Say(relais.Meta, "Autre client");
        await phone.Say(relais.Meta, $"Bonjour <b>{Canary}</b>");
        await phone.SendMedia(relais.Meta, "image");
        var conversation = await desk.ConversationWith(phone);
        await relais.Settled();
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        (await desk.Post($"/api/contacts/{contact}/notes", new { message = Canary })).Ok();
        (await desk.Post($"/api/contacts/{contact}/consents", new { purpose = "marketing", state = "granted", proof = Canary })).Ok();
        await relais.Settled();
        return (contact, conversation);
    }

    private static async Task<long> Exported(DeskClient desk, long contact)
    {
        var id = (await desk.Post($"/api/contacts/{contact}/export")).Ok().Body.GetProperty("id").GetInt64();
        await Ready(desk, id);
        return id;
    }

    private static Task Ready(DeskClient desk, long id) => Eventually.Holds(
        async () => (await desk.Get($"/api/contacts/exports/{id}")).Ok().Text("state") == "ready", "the file is ready");

    private static List<JsonElement> Rows(ZipArchive zip, string table) => [.. JsonDocument.Parse(Text(zip, $"data/{table}.json")).RootElement.EnumerateArray()];

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
