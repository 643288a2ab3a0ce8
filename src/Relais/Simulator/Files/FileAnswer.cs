namespace Relais.Simulator.Files;

/// <summary>A file's bytes as an answer. Anybody may have sent them, so a browser must not run them.</summary>
internal static class FileAnswer
{
    public static async Task Write(HttpContext context, SimulatedFile file)
    {
        var type = FileTypes.Plain(file.MimeType);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        if (FileTypes.KindOf(type) is null or "document")
        {
            headers.ContentDisposition = "attachment";
        }

        await Results.Bytes(file.Bytes, file.MimeType, enableRangeProcessing: true).ExecuteAsync(context);
    }
}
