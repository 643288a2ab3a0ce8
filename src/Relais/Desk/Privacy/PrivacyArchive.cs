using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Desk.Contacts.Erasing;
using Relais.Foundation;
using Relais.Media;
using Relais.Storage;

namespace Relais.Desk.Privacy;

/// <summary>
/// Writes the ZIP: <c>data/TABLE.json</c> for each table, <c>conversations.html</c> to read, <c>files/</c> what the customer sent. In: a
/// customer. Reads page by page, each in a transaction of its own; what changes meanwhile is in it or not.
/// </summary>
internal sealed class PrivacyArchive(Database database, MediaFiles files)
{
    private const int Batch = 1000;

    /// <summary>As people read it: letters of every language stay letters.</summary>
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="into">The file.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="person">The customer, with everyone merged into them.</param>
    /// <param name="language">fr, en or ar: of the readable page.</param>
    /// <param name="progress">Told of percents.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Write(Stream into, long tenantId, ErasedPerson person, string language, Func<long, Task> progress, CancellationToken cancel)
    {
        await using var zip = new ZipArchive(into, ZipArchiveMode.Create, leaveOpen: true);
        var schema = await database.Read(Scope.Pipeline, ErasureStore.Schema, cancel);
        var tables = PrivacyTables.All.Where(t => schema[t.Table].Contains(t.Key, StringComparer.Ordinal)).GroupBy(t => t.Table, StringComparer.Ordinal).ToList();
        var page = new PrivacyPage(language);
        var sent = new List<IDictionary<string, object?>>();
        for (var i = 0; i < tables.Count; i++)
        {
            var rows = await Rows(tenantId, person, [.. tables[i]], cancel);
            await Json(zip, $"data/{tables[i].Key}.json", rows.Select(Shown), cancel);
            page.Read(tables[i].Key, rows);
            if (tables[i].Key == "media")
            {
                sent = rows;
            }

            await progress((i + 1) * 90 / tables.Count);
        }

        await Files(zip, sent, cancel);
        await using (var html = new StreamWriter(await Open(zip, "conversations.html", cancel)))
        {
            await html.WriteAsync(page.Html());
        }

        await Json(zip, "README.json", new
        {
            contact_ids = person.Contacts,
            tables = tables.Select(t => t.Key).Order(StringComparer.Ordinal),
            left_out = PrivacyTables.LeftOut,
            times = "ISO 8601, UTC",
        }, cancel);
        await progress(99);
    }

    /// <summary>Where a customer's file lies in the ZIP; null when it was never here.</summary>
    public static string? PlaceOf(IDictionary<string, object?> media) => media["sha256"] is string
        ? $"files/{media["id"]}-{string.Concat($"{media["filename"]}".Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_').TakeLast(80))}" : null;

    private async Task<List<IDictionary<string, object?>>> Rows(long tenantId, ErasedPerson person, IReadOnlyList<ErasureStep> steps, CancellationToken cancel)
    {
        var all = new List<IDictionary<string, object?>>();
        foreach (var step in steps)
        {
            for (var offset = 0; ; offset += Batch)
            {
                var at = offset;
                var rows = await database.Read(Scope.Pipeline, tx => PrivacyExportStore.Rows(tx, tenantId, person, step, at, Batch), cancel);
                all.AddRange(rows);
                if (rows.Count < Batch)
                {
                    break;
                }
            }
        }

        return all;
    }

    private async Task Files(ZipArchive zip, List<IDictionary<string, object?>> media, CancellationToken cancel)
    {
        foreach (var row in media)
        {
            if (PlaceOf(row) is not { } place || files.PathOf((string)row["sha256"]!) is not { } path || !File.Exists(path))
            {
                continue;
            }

            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true);
            await using var to = await Open(zip, place, cancel);
            await from.CopyToAsync(to, cancel);
        }
    }

    private static async Task Json<T>(ZipArchive zip, string name, T value, CancellationToken cancel)
    {
        await using var to = await Open(zip, name, cancel);
        await JsonSerializer.SerializeAsync(to, value, Readable, cancel);
    }

    private static Task<Stream> Open(ZipArchive zip, string name, CancellationToken cancel) => zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);

    /// <summary>A row for people: instants as dates, JSON as JSON.</summary>
    private static Dictionary<string, object?> Shown(IDictionary<string, object?> row) =>
        row.Where(c => c.Key != "tenant_id").ToDictionary(c => c.Key, c => Shown(c.Key, c.Value), StringComparer.Ordinal);

    private static object? Shown(string column, object? value) => value switch
    {
        long micros when column.EndsWith("_at", StringComparison.Ordinal) || column is "at" or "due_at" => Instants.FromMicros(micros).ToString("O", CultureInfo.InvariantCulture),
        string { Length: > 1 } text when text[0] is '{' or '[' => Parsed(text),
        _ => value,
    };

    private static object Parsed(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
