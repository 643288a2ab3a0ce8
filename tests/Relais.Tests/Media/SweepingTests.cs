using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Media;

public sealed class SweepingTests
{
    [Theory, OnEveryDatabase]
    public async Task Only_old_files_that_no_row_names_go(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var files = relais.Services.GetRequiredService<MediaFiles>();
        await desk.Uploaded(SampleFiles.Png, "named.png");
        var named = files.PathOf(SampleFiles.Sha(SampleFiles.Png));
        var orphan = await Keep(files, SampleFiles.Jpeg);
        var young = await Keep(files, SampleFiles.Pdf);
        var cut = Path.Combine(files.Incoming, "broken.part");
        await File.WriteAllTextAsync(cut, "half");
        Array.ForEach([named, orphan, cut], Age);

        using var sweeper = new FileSweeper(relais.Database, files, NullLogger<FileSweeper>.Instance);
        (await sweeper.Sweep(FileSweeper.YoungAge, CancellationToken.None)).ShouldBe(2);
        (File.Exists(named), File.Exists(young), File.Exists(orphan), File.Exists(cut)).ShouldBe((true, true, false, false));
    }

    [Theory, OnEveryDatabase]
    public async Task The_files_of_another_database_are_left_alone(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var files = relais.Services.GetRequiredService<MediaFiles>();
        var orphan = await Keep(files, SampleFiles.Jpeg);
        Age(orphan);
        await File.WriteAllTextAsync(Path.Combine(files.Folder, "database"), "12345");
        using var sweeper = new FileSweeper(relais.Database, files, NullLogger<FileSweeper>.Instance);
        (await sweeper.Sweep(FileSweeper.YoungAge, CancellationToken.None)).ShouldBe(0);
        File.Exists(orphan).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_was_not_kept_is_gone_and_one_that_was_has_its_hash_for_a_name()
    {
        var files = new MediaFiles(Directory.CreateTempSubdirectory("relais-files-").FullName);
        await using (var dropped = files.Begin())
        {
            await dropped.WriteAsync(SampleFiles.Png);
        }

        Directory.EnumerateFiles(files.Folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        await Keep(files, SampleFiles.Png);
        var kept = await Keep(files, SampleFiles.Png);
        kept.ShouldEndWith(SampleFiles.Sha(SampleFiles.Png));
        Directory.EnumerateFiles(files.Folder, "*", SearchOption.AllDirectories).ShouldBe([kept]);
        Directory.Delete(files.Folder, recursive: true);
    }

    private static async Task<string> Keep(MediaFiles files, byte[] bytes)
    {
        await using var pending = files.Begin();
        await pending.WriteAsync(bytes);
        return files.PathOf(await files.Keep(pending, CancellationToken.None));
    }

    private static void Age(string path) => File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));
}
