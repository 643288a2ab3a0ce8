using Relais.Changes;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Media;

/// <summary>Files of the signed-in tenant: to get them, to bring one, and to fetch a customer's again.</summary>
internal static class MediaApi
{
    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/media").WithTags("Media").RequireAuthorization(Policies.Agent);
        group.MapGet("/{id:long}", Get).WithName("get_media")
            .WithSummary("The bytes of a file; takes Range and If-None-Match. Pictures, sound, video and PDF are shown, all else is to be saved.")
            .Produces(200, contentType: "application/octet-stream").ProducesProblem(401).ProducesProblem(404);
        group.MapPost("/{id:long}/retry", Retry).WithName("retry_media").WithSummary("Fetch a customer's file that failed once more.")
            .Produces<MediaJson>().ProducesProblem(401).ProducesProblem(404);
        group.MapUpload();
        app.MapGet("/media/{token}", GetByLink).AllowAnonymous().WithTags("Media").WithName("get_media_by_link")
            .WithSummary("The same by a link that Relais gave to a provider; good for a day.")
            .Produces(200, contentType: "application/octet-stream").ProducesProblem(404);
    }

    private static async Task<IResult> Get(HttpContext http, SignedIn who, Database database, MediaFiles files, ILogger<MediaFiles> log, long id) =>
        Answer(http, files, log, await database.Read(Scope.Tenant(who.Tenant), tx => MediaStore.Find(tx, who.Tenant, id), http.RequestAborted));

    private static async Task<IResult> GetByLink(HttpContext http, MediaLinks links, Database database, MediaFiles files, ILogger<MediaFiles> log, string token) =>
        links.Open(token) is var (tenantId, id)
            ? Answer(http, files, log, await database.Read(Scope.Tenant(tenantId), tx => MediaStore.Find(tx, tenantId, id), http.RequestAborted))
            : Problems.Refuse(Problems.NotFound);

    private static async Task<IResult> Retry(
        HttpContext http, SignedIn who, Idempotency idempotency, WorkQueue queue, ChangeLog changes, Ids ids, Clock clock, long id)
    {
        var changeId = await ids.One(http.RequestAborted);
        return await idempotency.Once(http, who, $"media.retry:{id}", [], async tx =>
        {
            if (await MediaStore.Again(tx, who.Tenant, id) is not { } place)
            {
                return (Problems.NotFound.Status, (object?)Problems.NotFound);
            }

            await queue.Wake(tx, [new LaneWake(LaneKind.Media, id, who.Tenant)]);
            if (place.ConversationId > 0)
            {
                await changes.Append(tx, [new Change(
                    changeId, who.Tenant, "message.updated", place.ConversationId, place.MessageId, place.InboxId, clock.Micros)]);
            }

            return (StatusCodes.Status200OK, MediaJson.Of((await MediaStore.Find(tx, who.Tenant, id))!));
        });
    }

    private static IResult Answer(HttpContext http, MediaFiles files, ILogger log, StoredMedia? media)
    {
        if (media is null)
        {
            return Problems.Refuse(Problems.NotFound);
        }

        if (media.State != MediaState.Stored)
        {
            return Problems.Refuse(Problems.NotFound, media.State == MediaState.Waiting
                ? "This file is still at the provider and is being fetched; its message changes once it is here."
                : $"This file could not be fetched. {media.Problem}");
        }

        if (FileAnswer.Of(http, files, media) is { } answer)
        {
            return answer;
        }

        log.LogError("The file of media {Media} is not in {Folder}: mount or restore the folder, or set RELAIS_MEDIA", media.Id, files.Folder);
        return Problems.Refuse(Problems.NotFound, "The file is not on this server's disk. The log says which folder it looked in.");
    }
}
