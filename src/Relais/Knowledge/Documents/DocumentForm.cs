using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Relais.Foundation;

namespace Relais.Knowledge.Documents;

/// <summary>A document as it came in, or why it is not taken.</summary>
/// <param name="Title">May be empty.</param>
/// <param name="Format">One of <see cref="DocumentFormat"/>.</param>
/// <param name="Url">Where to fetch it, or null.</param>
/// <param name="Source">Its bytes, or null for a url.</param>
/// <param name="Language">As given.</param>
internal sealed record BroughtDocument(string Title, string Format, string? Url, byte[]? Source, string? Language)
{
    public IResult? Refused { get; init; }

    public static BroughtDocument No(string field, string sentence) => No(Problems.Invalid400(field, sentence));

    public static BroughtDocument No(IResult refused) => new("", "", null, null, null) { Refused = refused };
}

/// <summary>The multipart form of a document: one file, and the fields title and language.</summary>
internal static class DocumentForm
{
    public const string TooLarge = "The document is larger than 10 MB. Cut it into parts.";

    private const int LongestField = 4_000;

    public static async Task<BroughtDocument> Receive(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
        {
            return BroughtDocument.No(Problems.Refuse(Problems.NotJson, "Send JSON, or multipart/form-data with the document in a field named file."));
        }

        try
        {
            return await Receive(new MultipartReader(boundary, request.Body), cancel);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return BroughtDocument.No(Problems.Refuse(Problems.TooLarge, TooLarge));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && e.Message.StartsWith("Unexpected end", StringComparison.Ordinal)))
        {
            return BroughtDocument.No("file", "The multipart body is cut off or cannot be read.");
        }
    }

    /// <summary>By its first bytes, then by its name; null for what is no text.</summary>
    public static string? FormatOf(byte[] bytes, string? name) =>
        bytes.AsSpan(0, Math.Min(bytes.Length, 1024)).IndexOf("%PDF-"u8) >= 0 ? DocumentFormat.Pdf
        : bytes.AsSpan().Contains((byte)0) && PlainText.Encoding(bytes) is null ? null
        : Path.GetExtension(name ?? "").ToLowerInvariant() is ".md" or ".markdown" ? DocumentFormat.Markdown
        : DocumentFormat.Text;

    /// <summary>For OpenAPI, by hand: either of two bodies is taken.</summary>
    public static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(DocumentRequest), null, cancel) },
                ["multipart/form-data"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }, ["title"] = text, ["language"] = text,
                        },
                        Required = new HashSet<string> { "file" },
                    },
                },
            },
        };
    }

    private static async Task<BroughtDocument> Receive(MultipartReader reader, CancellationToken cancel)
    {
        string? title = null, language = null, name = null;
        byte[]? bytes = null;
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } header)
            {
                continue;
            }

            using var kept = new MemoryStream();
            var isFile = header.IsFileDisposition();
            if (!await BoundedCopy.Copy(section.Body, kept, isFile ? DocumentLimits.MostBytes : LongestField, cancel))
            {
                return BroughtDocument.No(Problems.Refuse(Problems.TooLarge, TooLarge));
            }

            var field = HeaderUtilities.RemoveQuotes(header.Name).Value;
            if (isFile && bytes is not null)
            {
                return BroughtDocument.No("file", "One document at a time: send each with a request of its own.");
            }

            if (isFile)
            {
                bytes = kept.ToArray();
                name = Path.GetFileName((header.FileNameStar.HasValue ? header.FileNameStar.Value : HeaderUtilities.RemoveQuotes(header.FileName).Value)?.Replace('\\', '/'));
            }
            else if (field is "title" or "language")
            {
                var value = System.Text.Encoding.UTF8.GetString(kept.ToArray()).Trim();
                (title, language) = field == "title" ? (value, language) : (title, value.Length == 0 ? null : value);
            }
        }

        if (bytes is not { Length: > 0 })
        {
            return BroughtDocument.No("file", "Send the document as multipart/form-data in a field named file; an empty one is not taken.");
        }

        return FormatOf(bytes, name) is { } format
            ? new(title is { Length: > 0 } ? title : ShortText.Fit(Path.GetFileNameWithoutExtension(name ?? ""), DocumentLimits.LongestTitle), format, null, bytes, language)
            : BroughtDocument.No("file", "This is neither text, nor Markdown, nor a PDF. Export it as one of them.");
    }
}
