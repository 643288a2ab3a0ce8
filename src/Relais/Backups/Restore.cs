using System.Data.Common;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Dapper;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Backups;

/// <summary>Where a backup goes.</summary>
/// <param name="Database">Open, without a business in it, and nobody serves from it.</param>
/// <param name="MediaFolder">Gets the files of messages.</param>
/// <param name="KeyFile">Gets the key if the archive has it and none is there.</param>
/// <param name="Passphrase">Null when the archive is readable.</param>
internal sealed record RestoreTarget(Database Database, string MediaFolder, string KeyFile, string? Passphrase);

/// <summary>
/// Fills an empty database from an archive, in one transaction: what was written is read again and added up before it is committed,
/// and with it stands that nothing leaves. From the first write until <see cref="Finish"/> a server refuses to start on it; what broke off is run again.
/// </summary>
internal sealed class Restore(RestoreTarget target, Clock clock, Action<string> tell)
{
    /// <summary>
    /// Ids given out between the backup and the end of the old installation are not given out again: a status that comes late for a
    /// message of that time must not find a newer one.
    /// </summary>
    private const long IdGap = 100_000_000;

    /// <summary>States of outbound_hold, as the migration that made it says.</summary>
    private const long Free = 0;
    private const long Held = 1;
    private const long Unfinished = 2;
    private const int HoldSchema = 36;

    private readonly Database database = target.Database;
    private readonly MediaFiles files = new(target.MediaFolder);
    private readonly Dictionary<string, TableShape> order = new(StringComparer.Ordinal);

    /// <exception cref="BackupRefusedException">Nothing was written to the database; the message says why.</exception>
    public async Task<ArchiveHead> Run(FileStream archive, CancellationToken cancel)
    {
        var (before, isFilled) = (Unfinished, false);
        try
        {
            await using var opened = Opened(archive);
            await using var unzipped = new GZipStream(opened, CompressionMode.Decompress);
            await using var tar = new TarReader(unzipped);
            var head = await Head(tar, cancel);
            before = await Prepare(head, cancel);
            await Mark(Unfinished);
            await database.Refill(async (connection, transaction) =>
            {
                await Fill(tar, head, connection, transaction, cancel);

                // To the very end, whose checks stand there: the last piece of a sealed archive, the sum of a compressed one.
                await unzipped.CopyToAsync(Stream.Null, cancel);
                await opened.CopyToAsync(Stream.Null, cancel);
            }, cancel);
            isFilled = true;
            CrashPoint.Pass(CrashPoint.RestoreFilled);
            await new Migrator(database, clock).Run(cancel);

            // The mark of another database in this folder (FileSweeper): the files belong to this one now.
            Directory.CreateDirectory(files.Folder);
            File.Delete(Path.Combine(files.Folder, "database"));
            return head;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException)
        {
            throw new BackupRefusedException($"The backup is damaged or cut off, and nothing was restored: {e.Message}", e);
        }
        finally
        {
            // Nothing was written, so what was there may be served as before.
            if (!isFilled && before != Unfinished)
            {
                await Mark(before);
            }
        }
    }

    /// <summary>The last step, when everything that belongs to the restore is done: a server may start, and holds what would leave.</summary>
    public Task Finish(CancellationToken cancel) => database.Write(Scope.Directory, tx => tx.Execute("UPDATE outbound_hold SET state = @Held WHERE state = @Unfinished", new { Held, Unfinished }), cancel);

    /// <summary>How many files that messages name are not there.</summary>
    public async Task<int> Missing(CancellationToken cancel) => (await database.Read(Scope.Pipeline, tx => tx.Query<string>(
        "SELECT DISTINCT sha256 FROM media WHERE sha256 IS NOT NULL"), cancel)).Count(sha => !File.Exists(files.PathOf(sha)));

    private Stream Opened(FileStream archive)
    {
        Span<byte> mark = stackalloc byte[SealedStream.Mark.Length];
        var isSealed = archive.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && mark.SequenceEqual(SealedStream.Mark);
        if (isSealed)
        {
            return SealedStream.Read(archive, target.Passphrase ?? throw new BackupRefusedException(
                "This backup is encrypted: set RELAIS_BACKUP_PASSPHRASE, or name a file with --passphrase-file."));
        }

        archive.Position = 0;
        return archive;
    }

    private static async Task<ArchiveHead> Head(TarReader tar, CancellationToken cancel)
    {
        var head = await tar.GetNextEntryAsync(copyData: false, cancel) is { Name: Archive.Head, DataStream: { } data }
            ? await JsonSerializer.DeserializeAsync<ArchiveHead>(data, Archive.Json, cancel) : null;
        var known = Migrator.All[^1].Number;
        return head switch
        {
            null => throw new BackupRefusedException("This is no backup of Relais."),
            { Format: not Archive.Format } => throw new BackupRefusedException($"The backup was written by Relais {head.Version} in a form this version does not read. Use that version or a newer one."),
            _ when head.Schema > known => throw new BackupRefusedException($"The backup was written by Relais {head.Version} with schema {head.Schema}, this program knows up to {known}. Use that version or a newer one."),
            _ => head,
        };
    }

    /// <summary>In a commit of its own, for whoever starts on what a process that died has left.</summary>
    private Task Mark(long state) => database.Write(Scope.Directory, tx => tx.Execute("UPDATE outbound_hold SET state = @state", new { state }));

    /// <summary>Tells how the database stood: an empty one, or one that another restore has not finished.</summary>
    private async Task<long> Prepare(ArchiveHead head, CancellationToken cancel)
    {
        var schema = await Migrator.Schema(database, cancel);
        var state = schema < HoldSchema ? Free : await database.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT state FROM outbound_hold"), cancel);
        if (schema > 0 && state != Unfinished && await database.Read(Scope.Directory, tx => tx.QueryFirst<long>("SELECT count(*) FROM tenant"), cancel) > 0)
        {
            throw new BackupRefusedException("There is a business in this database already. Restore into an empty one: name another with --database, or move this one away first.");
        }

        if (schema > head.Schema)
        {
            throw new BackupRefusedException($"This database has the tables of schema {schema}, the backup is of schema {head.Schema}. Restore into a database without tables; it is brought up to date afterwards.");
        }

        await new Migrator(database, clock).Run(cancel, head.Schema);
        return state;
    }

    private async Task Fill(TarReader tar, ArchiveHead head, DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        var tables = (await TableReading.Tables(connection, database.Dialect, transaction)).ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var table in tables.Keys)
        {
            await connection.ExecuteAsync($"DELETE FROM \"{table}\"", transaction: transaction);
        }

        ArchiveEnd? end = null;
        var found = 0L;
        while (end is null && await tar.GetNextEntryAsync(copyData: false, cancel) is { DataStream: { } data } entry)
        {
            switch (entry.Name)
            {
                case Archive.End:
                    end = await JsonSerializer.DeserializeAsync<ArchiveEnd>(data, Archive.Json, cancel);
                    break;
                case Archive.Key:
                    await Key(data, cancel);
                    break;
                case var name when name.StartsWith(Archive.Tables, StringComparison.Ordinal):
                    await Chunk(tables, name[Archive.Tables.Length..].Split('/')[0], data, connection, cancel);
                    break;
                case var name when name.StartsWith(Archive.Media, StringComparison.Ordinal):
                    await KeepFile(name[Archive.Media.Length..], data, cancel);
                    found++;
                    break;
                default:
                    throw new InvalidDataException($"{entry.Name} belongs to no backup.");
            }
        }

        if (end is null || end.Files != found || !end.Tables.Keys.ToHashSet().SetEquals(tables.Keys))
        {
            throw new InvalidDataException("its end is missing.");
        }

        foreach (var (name, expected) in end.Tables)
        {
            var sum = await TableReading.Sum(connection, order[name], transaction, cancel);
            if (sum != expected)
            {
                throw new InvalidDataException($"{name} has {sum.Rows} rows with sum {sum.Sum[..12]}…, and {expected.Rows} with {expected.Sum[..12]}… were backed up.");
            }
        }

        tell($"{end.Tables.Values.Sum(t => t.Rows)} rows in {end.Tables.Count} tables and {found} files are as they were backed up");
        await connection.ExecuteAsync("UPDATE outbound_hold SET state = @Unfinished, since = @now, backup_at = @At", new { Unfinished, now = clock.Micros, head.At }, transaction);
        await connection.ExecuteAsync("UPDATE id_block SET next_id = next_id + @IdGap", new { IdGap }, transaction);
        CrashPoint.Pass(CrashPoint.RestoreFilling);
    }

    private async Task Chunk(Dictionary<string, TableShape> tables, string name, Stream data, DbConnection connection, CancellationToken cancel)
    {
        using var held = new MemoryStream();
        await data.CopyToAsync(held, cancel);
        var rest = held.GetBuffer().AsMemory(0, (int)held.Length);
        var table = tables.GetValueOrDefault(name) ?? throw new InvalidDataException($"{name} is no table of this schema.");
        var columns = JsonSerializer.Deserialize<List<string>>(Line(ref rest).Span)!;
        var shape = table with { Columns = columns.ConvertAll(c => table.Columns.FirstOrDefault(k => k.Name == c) ?? throw new InvalidDataException($"{name} has no column {c}.")) };
        if (order.TryAdd(name, shape))
        {
            tell(name);
        }

        var rows = new List<object?[]>();
        while (rest.Length > 0)
        {
            rows.Add(RowText.Read(Line(ref rest).Span, shape.Columns));
        }

        await TableFiller.Add(connection, shape, rows, cancel);
    }

    private static Memory<byte> Line(ref Memory<byte> rest)
    {
        var length = rest.Span.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new InvalidDataException("A line has no end.");
        }

        var line = rest[..length];
        rest = rest[(length + 1)..];
        return line;
    }

    private async Task Key(Stream data, CancellationToken cancel)
    {
        using var held = new MemoryStream();
        await data.CopyToAsync(held, cancel);
        if (!File.Exists(target.KeyFile))
        {
            KeyRing.Write(target.KeyFile, held.ToArray());
        }
        else if (Convert.ToBase64String(held.ToArray()) != Convert.ToBase64String(await File.ReadAllBytesAsync(target.KeyFile, cancel)))
        {
            throw new BackupRefusedException($"{target.KeyFile} is another key than the one in the backup. Move it away, or set RELAIS_KEY_FILE to a new place.");
        }
    }

    private async Task KeepFile(string name, Stream data, CancellationToken cancel)
    {
        using var pending = files.Begin();
        await data.CopyToAsync(pending, cancel);
        if (await pending.Finish(cancel) != name)
        {
            throw new InvalidDataException($"the file {name} holds something else.");
        }

        await files.Keep(pending, cancel);
    }
}
