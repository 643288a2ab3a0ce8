using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;

namespace Relais.Simulator.Files;

/// <summary>Meta's media: upload for a number, then metadata, download and deletion by media id.</summary>
internal sealed class GraphMedia(SimulatorHub hub, GraphDoor door)
{
    // The largest file is 100 MB; the rest of the form is small.
    private const long LargestUpload = 101L * 1024 * 1024;

    /// <summary>POST /{version}/{phone_number_id}/media, a form with messaging_product, file and perhaps type.</summary>
    public async Task Upload(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestUpload;
        }

        if (await door.Number(context) is not { } number)
        {
            return;
        }

        if (!context.Request.HasFormContentType)
        {
            await GraphDoor.Refuse(context, 100, "The parameter file is required.");
            return;
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            await GraphDoor.Refuse(context, 100, "The form could not be read, or is too large.");
            return;
        }

        if (form["messaging_product"] != "whatsapp")
        {
            await GraphDoor.Refuse(context, 100, "The parameter messaging_product is required.");
            return;
        }

        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            await GraphDoor.Refuse(context, 100, "The parameter file is required.");
            return;
        }

        var type = form["type"].ToString() is { Length: > 0 } said ? said : file.ContentType;
        if (FileTypes.KindOf(type) is not { } kind)
        {
            await GraphDoor.Refuse(context, 100,
                $"Param file must be a file with one of the following types: {FileTypes.Known}. Received file of type '{type}'.");
            return;
        }

        if (file.Length > FileTypes.LimitOf(kind))
        {
            await GraphDoor.Refuse(context, 100, $"Param file is too large: a file of type '{type}' has at most {FileTypes.LimitOf(kind)} bytes.");
            return;
        }

        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, context.RequestAborted);
        }

        var stored = hub.Files.Put(number, bytes, type, file.FileName, uploaded: true);
        await Answer(context, new JsonObject { ["id"] = stored.Id });
    }

    /// <summary>GET /{version}/{media-id}, perhaps with phone_number_id. The caller was already let in.</summary>
    public async Task Describe(HttpContext context, SimulatedFile file)
    {
        var asked = context.Request.Query["phone_number_id"].ToString();
        if (asked.Length > 0 && asked != file.Owner.Address)
        {
            await GraphDoor.NotThere(context, file.Id);
            return;
        }

        await Answer(context, new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = hub.MetaBase(context) + FileLinks.Download(file, hub.Now),
            ["mime_type"] = FileTypes.Plain(file.MimeType),
            ["sha256"] = file.Sha256,
            ["file_size"] = file.Bytes.Length.ToString(CultureInfo.InvariantCulture),
            ["id"] = file.Id,
        });
    }

    /// <summary>GET of the url: the bearer token again, and the address is good for five minutes.</summary>
    public async Task Download(HttpContext context)
    {
        var query = context.Request.Query;
        var file = hub.Files.Find(query["mid"]);
        if (file is null || !FileLinks.IsGood(file.Id, query["ext"].ToString(), query["hash"].ToString(), hub.Now))
        {
            context.Response.StatusCode = 404;
            return;
        }

        if (!hub.AcceptsAnyToken && !GraphDoor.HasToken(context.Request, file.Owner))
        {
            context.Response.StatusCode = 401;
            return;
        }

        await FileAnswer.Write(context, file);
    }

    public async Task Delete(HttpContext context, SimulatedFile file)
    {
        hub.Files.Remove(file.Id);
        await Answer(context, new JsonObject { ["success"] = true });
    }

    private static Task Answer(HttpContext context, JsonObject answer) => FaultAnswer.Json(context, 200, ProviderJson.Bytes(answer));
}
