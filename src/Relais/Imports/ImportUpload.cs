using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Relais.Foundation;
using Relais.Foundation.Csv;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Imports;

/// <summary>A file as it came in, or why it is not taken.</summary>
/// <param name="ImportId">Under which it is kept.</param>
/// <param name="Kind">As the form says; empty when it does not.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="Chunks">In which they lie.</param>
internal sealed record ReceivedFile(long ImportId, string Kind, IReadOnlyList<string> Header, int Rows, int Chunks)
{
    public IResult? Refused { get; init; }
}

/// <summary>
/// A multipart form with one CSV, read while it comes in and kept in chunks of a batch each: neither the file nor its rows are ever held
/// as a whole. A sender who goes away leaves a file that is still being received, which the next upload clears away.
/// </summary>
internal sealed class ImportUpload(Database database, Ids ids, Clock clock)
{
    public const long Largest = 50 * 1024 * 1024;

    private static readonly CsvLimits Limits = new();

    public static OpenApiRequestBody Description => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }, ["kind"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                    Required = new HashSet<string> { "file" },
                },
            },
        },
    };

    public async Task<ReceivedFile> Receive(HttpRequest request, SignedIn who, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
        {
            return No(Problems.Invalid400("file", "Send the CSV as multipart/form-data in a field named file."));
        }

        try
        {
            return await Receive(new MultipartReader(boundary, request.Body), who, cancel);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return No(Problems.Refuse(Problems.TooLarge, "The file is larger than 50 MB. Cut it into parts."));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && e.Message.StartsWith("Unexpected end", StringComparison.Ordinal)))
        {
            return No(Problems.Invalid400("file", "The multipart body is cut off or cannot be read."));
        }
    }

    private async Task<ReceivedFile> Receive(MultipartReader reader, SignedIn who, CancellationToken cancel)
    {
        ReceivedFile? file = null;
        var kind = "";
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } header)
            {
                continue;
            }

            if (!header.IsFileDisposition())
            {
                using var kept = new MemoryStream();
                await BoundedCopy.Copy(section.Body, kept, 100, cancel);
                kind = HeaderUtilities.RemoveQuotes(header.Name).Value == "kind" ? System.Text.Encoding.UTF8.GetString(kept.ToArray()).Trim() : kind;
                continue;
            }

            if (file is not null)
            {
                return No(Problems.Invalid400("file", "One file at a time: send each with a request of its own."));
            }

            var name = (header.FileNameStar.HasValue ? header.FileNameStar.Value : HeaderUtilities.RemoveQuotes(header.FileName).Value)?.Replace('\\', '/').Split('/')[^1];
            file = await Keep(section.Body, ShortText.Fit(CustomerText.Normalise(name ?? "").Trim() is { Length: > 0 } told ? told : "import.csv", 120), who, cancel);
            if (file.Refused is not null)
            {
                return file;
            }
        }

        return file is null ? No(Problems.Invalid400("file", "Send the CSV as multipart/form-data in a field named file."))
            : file.Rows == 0 ? No(Problems.Invalid400("file", "The file has no rows below its header."))
            : file with { Kind = kind };
    }

    private async Task<ReceivedFile> Keep(Stream body, string name, SignedIn who, CancellationToken cancel)
    {
        var (id, scope) = (await ids.One(cancel), Storage.Scope.Tenant(who.Tenant));
        string[]? header = null;
        var (rows, chunks, waiting) = (0, 0, new List<FileRow>(ImportWorker.Batch));
        await foreach (var read in CsvReading.Read(body, Limits, cancel))
        {
            switch (read)
            {
                case CsvRead.Broken broken:
                    return No(Problems.Invalid400("file", Sentence(broken)));
                case CsvRead.Row first when header is null:
                    header = [.. first.Cells.Select(c => CustomerText.Normalise(c).Trim())];
                    await database.Write(scope, tx => ImportStore.Begin(tx, who.Tenant, id, name, who.AgentId, header, clock.Micros), cancel);
                    break;
                case CsvRead.Row row:
                    waiting.Add(new FileRow(row.Number, row.Cells));
                    rows++;
                    break;
            }

            if (waiting.Count == ImportWorker.Batch)
            {
                await Flush();
            }
        }

        if (waiting.Count > 0)
        {
            await Flush();
        }

        return new ReceivedFile(id, "", header ?? [], rows, chunks);

        async Task Flush()
        {
            var position = chunks++;
            await database.Write(scope, tx => ImportStore.AddChunk(tx, who.Tenant, id, position, waiting), cancel);
            waiting.Clear();
        }
    }

    private static string Sentence(CsvRead.Broken broken) => broken.Why switch
    {
        CsvFault.NotText => "This is no CSV. Open it in your spreadsheet and export it as CSV.",
        CsvFault.TooManyRows => $"The file has more than {Limits.MostRows - 1} rows. Cut it into parts.",
        CsvFault.TooManyCells => $"Row {broken.Number} has more than {Limits.MostCells} columns.",
        CsvFault.OpenQuote => $"From row {broken.Number} on a quotation mark is opened and never closed.",
        _ => $"A cell of row {broken.Number} is longer than {Limits.LongestCell} characters: a quotation mark may not be closed.",
    };

    private static ReceivedFile No(IResult refused) => new(0, "", [], 0, 0) { Refused = refused };
}
