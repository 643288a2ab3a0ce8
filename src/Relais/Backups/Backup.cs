using System.Buffers;
using System.Data.Common;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Backups;

/// <summary>What a backup is made of.</summary>
/// <param name="Database">Open; a server may be writing to it.</param>
/// <param name="MediaFolder">Null leaves the files of messages out.</param>
/// <param name="KeyFile">Null leaves the key out.</param>
/// <param name="Passphrase">Null writes it readable.</param>
internal sealed record BackupSource(Database Database, string? MediaFolder, string? KeyFile, string? Passphrase);

/// <summary>
/// Writes one archive: every table as it is at one moment, then the files, then what has to be there. A file is there before its
/// row, so files copied after the rows miss none.
/// </summary>
internal sealed class Backup(BackupSource source, TimeProvider time, Action<string> tell)
{
    public async Task<ArchiveEnd> Write(Stream to, CancellationToken cancel)
    {
        await using var sealing = source.Passphrase is { } passphrase ? SealedStream.Write(to, passphrase) : null;
        await using var zipped = new GZipStream(sealing ?? to, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(zipped, TarEntryFormat.Pax, leaveOpen: true);
        var sums = new SortedDictionary<string, TableSum>(StringComparer.Ordinal);

        // Before the snapshot: an erasure that falls between the two is carried out once more after a restore.
        var at = Instants.ToMicros(time.GetUtcNow());
        await source.Database.Snapshot(async connection =>
        {
            // The first statement takes the snapshot.
            var tables = await TableReading.Tables(connection, source.Database.Dialect);
            await Put(tar, Archive.Head, Json(await Head(connection, at, cancel)), cancel);
            if (source.KeyFile is { } key)
            {
                await Put(tar, Archive.Key, await File.ReadAllBytesAsync(key, cancel), cancel);
            }

            foreach (var table in tables)
            {
                sums[table.Name] = await Table(tar, connection, table, cancel);
                tell($"{table.Name}: {sums[table.Name].Rows} rows");
            }
        }, cancel);
        var end = new ArchiveEnd(sums, await Files(tar, cancel));
        await Put(tar, Archive.End, Json(end), cancel);
        return end;
    }

    private async Task<ArchiveHead> Head(DbConnection connection, long at, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(number) FROM schema_version";
        var schema = (long)(await command.ExecuteScalarAsync(cancel))!;
        return new ArchiveHead(
            Archive.Format, typeof(Backup).Assembly.GetName().Version!.ToString(3), (int)schema, source.Database.Dialect.Name,
            at, source.MediaFolder is not null, source.KeyFile is not null);
    }

    private static async Task<TableSum> Table(TarWriter tar, DbConnection connection, TableShape table, CancellationToken cancel)
    {
        var sum = new RowSum();
        var chunk = new ArrayBufferWriter<byte>();
        var number = 0;
        Begin();
        await TableReading.Each(connection, table, null, async line =>
        {
            sum.Add(line.Span);
            chunk.Write(line.Span);
            if (chunk.WrittenCount >= Archive.Chunk)
            {
                await End();
                Begin();
            }
        }, cancel);
        await End();
        return sum.Total;

        void Begin()
        {
            chunk.ResetWrittenCount();
            chunk.Write(JsonSerializer.SerializeToUtf8Bytes(table.Columns.Select(c => c.Name)));
            chunk.Write("\n"u8);
        }

        Task End() => Put(tar, $"{Archive.Tables}{table.Name}/{++number:D6}", chunk.WrittenSpan.ToArray(), cancel);
    }

    private async Task<long> Files(TarWriter tar, CancellationToken cancel)
    {
        var count = 0L;
        if (source.MediaFolder is { } folder && Directory.Exists(folder))
        {
            foreach (var path in Directory.EnumerateDirectories(folder, "??").SelectMany(Directory.EnumerateFiles).Order(StringComparer.Ordinal))
            {
                // One that was erased meanwhile is not there any more, and must not be.
                if (Open(path) is { } file)
                {
                    await using (file)
                    {
                        var entry = new PaxTarEntry(TarEntryType.RegularFile, Archive.Media + Path.GetFileName(path)) { DataStream = file };
                        await tar.WriteEntryAsync(entry, cancel);
                    }

                    count++;
                }
            }

            tell($"{count} files");
        }

        return count;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Archive.Json);

    private static async Task Put(TarWriter tar, string name, byte[] bytes, CancellationToken cancel)
    {
        using var data = new MemoryStream(bytes);
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data }, cancel);
    }
}
