using System.Security.Cryptography;
using Relais.Backups;
using Relais.Commands;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Everything into a file while customers write, out of it on an empty host, of the same engine or the other; and then nothing leaves until somebody says so.</summary>
public sealed class BackupAndRestore
{
    private const string Passphrase = "quite a long passphrase";

    [Theory, OnEveryDatabase]
    public async Task A_backup_under_load_is_restored_row_for_row_and_held_until_it_is_released(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var customer = relais.Chat(relais.Meta, "+33611110401");
        await customer.Phone.SendMedia(relais.Meta, "image");
        await customer.Hears("équipe");
        await relais.Settled();
        var file = Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup");
        var end = await UnderLoad(relais, () => BackedUp(relais, file, Passphrase, withKey: true));
        end.Tables["message"].Rows.ShouldBeGreaterThan(2);
        end.Files.ShouldBeGreaterThan(0);
        await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken).ContinueWith(t => t.Result.ShouldNotContain("équipe"), TaskScheduler.Default);
        await relais.StopServer();

        var (store, folder) = (await TestDatabase.CreateEmpty(kind), Directory.CreateTempSubdirectory("relais-restored-").FullName);
        (await Refused(() => Restored(relais, store, folder, file, "another passphrase"))).ShouldContain("passphrase is not the one");
        await Restored(relais, store, folder, file, Passphrase);
        await relais.MoveTo(store, folder);
        foreach (var (table, sum) in end.Tables)
        {
            (await relais.Facts.Count($"SELECT count(*) FROM \"{table}\"")).ShouldBe(sum.Rows, table);
        }

        (await relais.Facts.Query<long>("SELECT id FROM conversation c WHERE last_seq <> (SELECT max(seq) FROM message m WHERE m.conversation_id = c.id)")).ShouldBeEmpty("one moment of all tables");
        (await relais.Facts.Query<string>("SELECT DISTINCT sha256 FROM media WHERE sha256 IS NOT NULL"))
            .Where(sha => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "media", sha[..2], sha)))) != sha).ShouldBeEmpty();
        (await Refused(() => Restored(relais, store, folder, file, Passphrase))).ShouldContain("a business in this database already");

        await relais.StartServer();
        var late = relais.Chat(relais.Meta, "+33611110499");
        await late.Says("Bonjour");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 0") > 0, "an answer waits");
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        late.Answers.ShouldBeEmpty("nothing leaves before it is released");
        using var desk = await DeskClient.SignIn(relais);
        var held = (await desk.Get("/api/outbound")).Ok().Body;
        held.GetProperty("held").GetBoolean().ShouldBeTrue();
        held.GetProperty("waiting").GetInt64().ShouldBeGreaterThan(0);
        (await desk.Post("/api/outbound/release", new { waiting = "perhaps" })).Wrong("waiting");
        (await desk.Post("/api/outbound/release", new { waiting = "cancel" })).Ok().Body.GetProperty("held").GetBoolean().ShouldBeFalse();
        await late.Hears("Beyond Express");
        await relais.Settled();
        (await desk.Get("/api/outbound")).Ok().Body.GetProperty("held").GetBoolean().ShouldBeFalse();
        File.Delete(file);
    }

    [OnPostgres]
    public async Task What_was_on_one_engine_goes_on_on_the_other_and_back_without_a_difference()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        await relais.Chat(relais.Meta, "+33611110402").Asks("Bonjour", "Beyond Express");
        await relais.AddFaq("Où ? “là” \u0001 🚚 أين", "ligne\nligne\t\\ \"");
        await relais.Settled();
        var files = Enumerable.Range(0, 3).Select(_ => Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup")).ToList();
        await BackedUp(relais, files[0], null);
        await relais.StopServer();
        var before = await BackedUp(relais, files[1], null);

        var postgres = await TestDatabase.CreateEmpty(DatabaseKind.Postgres);
        var folder = Directory.CreateTempSubdirectory("relais-moved-").FullName;
        File.Copy(relais.Settings.KeyFile, Path.Combine(folder, "relais.key"));
        await Restored(relais, postgres, folder, files[1], null);
        await relais.MoveTo(postgres, folder);
        var after = await BackedUp(relais, files[2], null);
        before.Tables.Where(t => t.Value != after.Tables[t.Key]).Select(t => t.Key).ShouldBe(["id_block"], "ids are given out from far beyond");

        var sqlite = await TestDatabase.CreateEmpty(DatabaseKind.Sqlite);
        var again = Directory.CreateTempSubdirectory("relais-moved-").FullName;
        await Restored(relais, sqlite, again, files[2], null);
        File.Copy(relais.Settings.KeyFile, Path.Combine(again, "relais.key"));
        await relais.MoveTo(sqlite, again);
        await relais.StartServer();
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/outbound/release", new { waiting = "send" })).Ok();
        (await desk.Get("/api/search?q=bonjour")).Ok().Body.ToString().ShouldContain("message_id", Case.Sensitive, "the index was filled with the rows");
        await relais.Chat(relais.Meta, "+33611110402").Asks("Bonjour", "Beyond Express");
        files.ForEach(File.Delete);
    }

    [Fact]
    public async Task What_is_cut_off_or_changed_is_refused_and_leaves_the_database_empty()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        await relais.Chat(relais.Meta, "+33611110403").Asks("Bonjour", "Beyond Express");
        await relais.Settled();
        foreach (var passphrase in new[] { null, Passphrase })
        {
            var file = Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup");
            await BackedUp(relais, file, passphrase);
            var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            byte[][] damaged = [whole[..^1], whole[..(whole.Length / 2)], whole[..100], [.. whole[..(whole.Length / 2)], (byte)(whole[whole.Length / 2] ^ 1), .. whole[((whole.Length / 2) + 1)..]]];
            await using var store = await TestDatabase.CreateEmpty(DatabaseKind.Sqlite);
            var folder = Directory.CreateTempSubdirectory("relais-damaged-").FullName;
            foreach (var (bytes, i) in damaged.Select((b, i) => (b, i)).Where(d => passphrase is not null || d.i > 0))
            {
                await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
                (await Refused(() => Restored(relais, store, folder, file, passphrase))).ShouldNotBeEmpty($"damage {i}");
                (await new Facts(store).Count("SELECT (SELECT count(*) FROM sqlite_master WHERE name = 'tenant')")).ShouldBeInRange(0, 1);
            }

            // A server that was started on the empty database has told of a sign-in; a line that nobody may delete does not stand in the way.
            await using (var beside = DatabaseAddress.Open(store.Address))
            {
                await beside.Open(CancellationToken.None);
                await new Migrator(beside, relais.Clock).Run(CancellationToken.None);
                await beside.Write(Scope.Pipeline, tx => AuditStore.Insert(tx, new AuditEntry
                {
                    TenantId = 0, Id = 7, At = relais.Clock.Micros, AgentName = "", Via = "none", Address = "", Action = "of_the_empty_one", Detail = "{}", Outcome = 2,
                }));
            }

            await File.WriteAllBytesAsync(file, whole, TestContext.Current.CancellationToken);
            await Restored(relais, store, folder, file, passphrase);
            (await new Facts(store).Count("SELECT count(*) FROM audit_entry WHERE action = 'of_the_empty_one'")).ShouldBe(0);
            (await new Facts(store).Count("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).ShouldBe(
                await relais.Facts.Count("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"), "and stands again in the next one's");
            File.Delete(file);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task Who_was_erased_after_the_backup_is_erased_again(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var phone = relais.Simulator.Phone("+33611110404", "Zanzibarquokka");
        await phone.Say(relais.Meta, "Bonjour");
        await relais.Settled();
        var file = Path.Combine(Path.GetTempPath(), $"relais-{Guid.NewGuid():N}.backup");
        await BackedUp(relais, file, null);
        using (var desk = await DeskClient.SignIn(relais))
        {
            var id = await relais.Facts.Count("SELECT id FROM contact WHERE phone = '+33611110404'");
            (await desk.Send(HttpMethod.Delete, $"/api/contacts/{id}")).Ok();
        }

        await relais.StopServer();
        var (store, folder) = (await TestDatabase.CreateEmpty(kind), Directory.CreateTempSubdirectory("relais-restored-").FullName);
        var log = Path.Combine(relais.Settings.DataFolder, "media", "erasures.jsonl");
        (await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).ShouldNotContain("33611110404");
        await Restored(relais, store, folder, file, null, log);
        var facts = new Facts(store);
        (await facts.Count("SELECT count(*) FROM contact WHERE name IS NOT NULL OR phone IS NOT NULL")).ShouldBe(0);
        (await facts.Count("SELECT count(*) FROM message WHERE content LIKE '%onjour%'")).ShouldBe(0);
        (await facts.Count("SELECT count(*) FROM erased_identity")).ShouldBeGreaterThan(0);
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        File.Delete(file);
    }

    private static async Task<ArchiveEnd> UnderLoad(RelaisHost relais, Func<Task<ArchiveEnd>> act)
    {
        using var stopping = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            for (var i = 0; !stopping.IsCancellationRequested; i++)
            {
                await relais.Chat(relais.Meta, $"+3361112{i % 40:D4}").Says("Bonjour");
            }
        });
        var before = await relais.Facts.Count("SELECT count(*) FROM message");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message") > before + 5, "customers write");
        var end = await act();
        await stopping.CancelAsync();
        await load;
        await relais.Settled();
        return end;
    }

    private static async Task<ArchiveEnd> BackedUp(RelaisHost relais, string file, string? passphrase, bool withKey = false)
    {
        await using var beside = DatabaseAddress.Open(relais.Settings.Database!);
        await beside.Open(CancellationToken.None);
        return await BackupCommand.Write(
            new InstallationDoor(relais.Settings, beside, Path.Combine(relais.Settings.DataFolder, "media")), file, passphrase, withKey, withMedia: true, CancellationToken.None);
    }

    private static async Task Restored(RelaisHost relais, TestDatabase store, string folder, string file, string? passphrase, string? erasures = null)
    {
        var settings = Settings.From([new("RELAIS_DATA", folder), new("RELAIS_DATABASE", store.Address)]);
        await using var database = DatabaseAddress.Open(store.Address);
        await database.Open(CancellationToken.None);
        await RestoreCommand.Read(new InstallationDoor(settings, database, Path.Combine(folder, "media")), file, passphrase, erasures, CancellationToken.None);
    }

    private static async Task<string> Refused(Func<Task> restore) => (await Should.ThrowAsync<BackupRefusedException>(restore)).Message;
}
