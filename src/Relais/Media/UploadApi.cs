using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Relais.Channels;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;
using Relais.Tenants.Standing;

namespace Relais.Media;

/// <summary>A file that was brought here.</summary>
/// <param name="Id">Messages name it as media_id.</param>
/// <param name="Kind">As which kind it is best sent: image, video, audio, document or sticker.</param>
/// <param name="MimeType">By its bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Filename">As it was named, or null.</param>
internal sealed record UploadedMedia(long Id, string Kind, string MimeType, long Size, string? Filename);

/// <summary>POST /api/media: one file as multipart, straight to the disk; the row comes after the file.</summary>
internal static class UploadApi
{
    /// <summary>Boundaries and headers around the file.</summary>
    private const long Envelope = 64 * 1024;

    public static void MapUpload(this IEndpointRouteBuilder group) => group.MapPost("", Upload).WithName("upload_media")
        .WithSummary("Bring a file (multipart/form-data, field file, 100 MB), to name it in messages. The same file again is the same id.")
        .WithMetadata(new RequestSizeLimitAttribute(MediaLimits.Largest + Envelope))
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = UploadForm.Description;
            return Task.CompletedTask;
        })
        .Produces<UploadedMedia>(201).ProducesProblem(400).ProducesProblem(401).ProducesProblem(409).ProducesProblem(413);

    private static async Task<IResult> Upload(HttpContext http, SignedIn who, Database database, MediaFiles files, Ids ids, Clock clock)
    {
        var cancel = http.RequestAborted;
        if (http.Request.ContentLength > MediaLimits.Largest + Envelope)
        {
            return TooLarge();
        }

        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
        {
            return NoFile();
        }

        await using var pending = files.Begin();
        var (name, refused) = await Receive(new MultipartReader(boundary, http.Request.Body), pending, cancel);
        if (refused is not null)
        {
            return refused;
        }

        await pending.Finish(cancel);
        var mimeType = await MediaTypes.Detect(pending.Path, cancel);
        var sha = await files.Keep(pending, cancel);
        CrashPoint.Pass(CrashPoint.MediaKept);
        var newId = await ids.One(cancel);
        var kind = MediaLimits.KindOf(mimeType);
        var id = await database.Write(Scope.Tenant(who.Tenant), async tx => await StandingStore.HasNoRoom(tx, who.Tenant, pending.Size)
            ? (long?)null
            : await MediaStore.Upload(tx, who.Tenant, newId, kind, name!, sha, mimeType, pending.Size, clock.Micros), cancel);
        CrashPoint.Pass(CrashPoint.MediaStored);
        if (id is not { } stored)
        {
            // The file without a row goes with the next sweep.
            return Problems.Refuse(Problems.StorageLimit);
        }

        return Results.Json(new UploadedMedia(stored, kind, mimeType, pending.Size, name!.Length == 0 ? null : name), ApiJson.Options, statusCode: 201);
    }

    /// <summary>Writes the one file into <paramref name="pending"/>; its name is empty when it has none.</summary>
    private static async Task<(string? Name, IResult? Refused)> Receive(MultipartReader reader, PendingFile pending, CancellationToken cancel)
    {
        string? name = null;
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } header || !header.IsFileDisposition())
                {
                    continue;
                }

                if (name is not null)
                {
                    return (null, Problems.Invalid400("file", "One file at a time: send each with a request of its own."));
                }

                name = FileNames.Clean(header.FileNameStar.HasValue ? header.FileNameStar.Value : HeaderUtilities.RemoveQuotes(header.FileName).Value);
                if (!await BoundedCopy.Copy(section.Body, pending, MediaLimits.Largest, cancel))
                {
                    return (null, TooLarge());
                }
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge());
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && e.Message.StartsWith("Unexpected end", StringComparison.Ordinal)))
        {
            return (null, Problems.Invalid400("file", "The multipart body is cut off or cannot be read."));
        }

        return name is null ? (null, NoFile())
            : pending.Size == 0 ? (null, Problems.Invalid400("file", "The file is empty."))
            : (name, null);
    }

    private static IResult NoFile() => Problems.Invalid400("file", "Send the file as multipart/form-data in a field named file.");

    private static IResult TooLarge() => Problems.Refuse(Problems.TooLarge, "The file is larger than 100 MB, which is the most WhatsApp takes.");
}
