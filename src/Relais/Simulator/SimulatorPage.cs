namespace Relais.Simulator;

/// <summary>The phone: plain files inside the assembly. Nothing inline, nothing from elsewhere.</summary>
internal static class SimulatorPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static readonly string[] Files =
        ["look.js", "simulator.css", "bubbles.css", "simulator.js", "dom.js", "store.js", "words.js", "bubbles.js", "compose.js"];

    public static void Map(RouteGroupBuilder simulator)
    {
        simulator.MapGet("", context => Write(context, "simulator.html", "text/html; charset=utf-8"));
        foreach (var file in Files)
        {
            var type = file.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
            simulator.MapGet("/" + file, context => Write(context, file, type));
        }
    }

    private static async Task Write(HttpContext context, string file, string contentType)
    {
        await using var stream = typeof(SimulatorPage).Assembly
            .GetManifestResourceStream("Relais.Simulator.Page." + file)
            ?? throw new InvalidOperationException(file + " is not embedded in the assembly.");
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
