using System.IO.Compression;
using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>What keeps, hands over and removes dies where it hurts most, and the next run mends it.</summary>
public sealed class KeepingDies
{
    private const string Email = "camille@desk.example";

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> RestorePoints => EveryCrashPoint.Rows([CrashPoint.RestoreFilling, CrashPoint.RestoreFilled]);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> RotationPoints => EveryCrashPoint.Rows([CrashPoint.RotationSealed]);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> ExportPoints => EveryCrashPoint.Rows([CrashPoint.ExportMaking, CrashPoint.ExportMade]);

    public static IEnumerable<TheoryDataRow<DatabaseKind, string>> RetentionPoints => EveryCrashPoint.Rows([CrashPoint.RetentionForgotten]);

    [Theory, MemberData(nameof(RestorePoints))]
    public async Task A_restore_that_died_is_not_served_and_is_run_again(DatabaseKind kind, string point)
    {
        var file = Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup");
        await using var lost = await RelaisProcess.Create(kind);
        await lost.Start();
        var phone = lost.Provider.Simulator.Phone("+33610000001");
        await phone.Say(lost.Provider.Meta, "Bonjour");
        await phone.Receives(lost.Provider.Meta, 1);
        (await lost.Command(null, "backup", "--to", file)).ShouldBe(0, lost.Output);
        await lost.Kill();

        await using var relais = await RelaisProcess.Create(kind, isFirst: true);
        File.Copy(Path.Combine(lost.Folder, "relais.key"), Path.Combine(relais.Folder, "relais.key"));
        (await relais.Command($"{point}:1", "restore", file)).ShouldBe(137, relais.Output);
        (await relais.Facts.Count("SELECT count(*) FROM message") > 0).ShouldBe(point == CrashPoint.RestoreFilled, "all of it, or nothing");
        await relais.Start(awaitReady: false);
        await relais.Died(TimeSpan.FromSeconds(30));
        relais.ExitCode.ShouldNotBe(0);
        relais.Output.ShouldContain("restore into this database did not end");

        (await relais.Command(null, "restore", file)).ShouldBe(0, relais.Output);
        (await relais.Command(null, "restore", file)).ShouldNotBe(0, "what is whole is not restored over");
        await relais.Start();
        (await relais.Facts.Count("SELECT count(*) FROM message")).ShouldBe(await lost.Facts.Count("SELECT count(*) FROM message"));
        (await relais.Facts.Count("SELECT state FROM outbound_hold")).ShouldBe(1, "nothing leaves before it is released");
        File.Delete(file);
    }

    [Theory, MemberData(nameof(RotationPoints))]
    public async Task A_rotation_that_died_leaves_everything_readable_and_is_run_again(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        await relais.Start();
        var keyFile = Path.Combine(relais.Folder, "relais.key");
        var old = KeyRing.FromFile(keyFile).Current;
        (await relais.Command($"{point}:1", "secrets", "rotate")).ShouldBe(137, relais.Output);
        var keys = KeyRing.FromFile(keyFile).All;
        keys.Select(k => k.Id).ShouldBe([keys[0].Id, old.Id]);
        (await Under(relais, keys[0])).ShouldBeGreaterThan(0);
        (await Under(relais, old)).ShouldBeGreaterThan(0);

        // Each number has one of its keys under the one and another under the other.
        await relais.Kill();
        await relais.Start();
        var phone = relais.Provider.Simulator.Phone("+33610000001");
        foreach (var number in new[] { relais.Provider.Meta, relais.Provider.Twilio })
        {
            (await phone.Say(number, "Bonjour")).Taken.ShouldBeTrue();
            await phone.Receives(number, 1);
        }

        (await relais.Command(null, "secrets", "rotate")).ShouldBe(0, relais.Output);
        KeyRing.FromFile(keyFile).All.Select(k => k.Id).ShouldBe([keys[0].Id], "it goes on with the key it had begun");
        (await Under(relais, old)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(ExportPoints))]
    public async Task An_export_that_died_is_not_offered_and_is_made_anew(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        await relais.Start($"{point}:1");
        await relais.AddPerson(Email, DeskClient.Password);
        var phone = relais.Provider.Simulator.Phone("+33610000001");
        await phone.Say(relais.Provider.Meta, "Bonjour");
        using var desk = await DeskClient.SignIn(relais.Url, Email);
        var contact = (await desk.Conversation(await desk.ConversationWith(phone))).GetProperty("contact_id").GetInt64();
        var id = (await desk.Post($"/api/contacts/{contact}/export")).Ok().Text("id");
        await relais.Died(TimeSpan.FromSeconds(20));
        (await relais.Facts.Count("SELECT count(*) FROM privacy_export WHERE state = 1")).ShouldBe(1, "nobody is told that it is there");

        await relais.Start();
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM privacy_export WHERE state = 2") == 1, "it is made anew", TimeSpan.FromSeconds(60));
        using var zip = new ZipArchive(new MemoryStream(await desk.Http.GetByteArrayAsync($"/api/contacts/exports/{id}/file")));
        zip.Entries.ShouldContain(e => e.FullName == "conversations.html");
        Directory.GetFiles(Path.Combine(relais.Folder, "media", "exports")).ShouldHaveSingleItem().ShouldEndWith(".zip");
    }

    [Theory, MemberData(nameof(RetentionPoints))]
    public async Task Retention_that_died_leaves_no_file_behind_and_takes_none_that_is_named(DatabaseKind kind, string point)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        await relais.Start();
        await relais.AddPerson(Email, DeskClient.Password);
        using (var desk = await DeskClient.SignIn(relais.Url, Email))
        {
            (await desk.Put("/api/retention", new { media = 30 })).Ok();
        }

        // The same picture from both; the document from the first alone.
        (string From, string Kind)[] sent = [("+33610000001", "image"), ("+33610000001", "document"), ("+33610000002", "image")];
        for (var i = 0; i < sent.Length; i++)
        {
            await simulator.Phone(sent[i].From).SendMedia(meta, sent[i].Kind);
            await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM media WHERE sha256 IS NOT NULL") == i + 1, "the file is kept", TimeSpan.FromSeconds(30));
        }

        await relais.Kill();
        await relais.Write($"UPDATE media SET created_at = created_at - {40 * Instants.Day} WHERE id < (SELECT max(id) FROM media)");
        await relais.Start($"{point}:1", awaitReady: false);
        await relais.Died(TimeSpan.FromSeconds(30));
        var named = (await relais.Facts.Query<string>("SELECT sha256 FROM media WHERE sha256 IS NOT NULL")).ShouldHaveSingleItem();
        var files = Directory.EnumerateDirectories(Path.Combine(relais.Folder, "media"), "??").SelectMany(Directory.EnumerateFiles);
        files.Count().ShouldBe(2, "the rows forgot, the files are there");
        foreach (var file in files.ToList())
        {
            // As time would: what came in a moment ago is nobody's orphan.
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-2));
        }

        await relais.Start();
        await Eventually.Holds(() => Task.FromResult(files.Count() == 1), "the file that nothing names goes", TimeSpan.FromSeconds(20));
        Path.GetFileName(files.ShouldHaveSingleItem()).ShouldBe(named, "and the other stays");
    }

    private static Task<long> Under(RelaisProcess relais, SealingKey key) => relais.Facts.Count("""
        SELECT (SELECT count(*) FROM inbox WHERE access_token LIKE @under) + (SELECT count(*) FROM provider_connection WHERE secret LIKE @under)
          + (SELECT count(*) FROM provider_connection WHERE verify_token LIKE @under)
        """, new { under = $"sealed:{key.Id}:%" });
}
