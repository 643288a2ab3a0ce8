using Relais.Simulator.Files;

namespace Relais.Simulator.Sends;

/// <summary>
/// Fetches the files that a send names by address, as Twilio does, but only from this machine or from the host that gets the
/// webhooks: a simulator does not reach out into the internet. Other addresses are believed and shown as links.
/// </summary>
internal sealed class LinkFetch(SimulatorHub hub) : IDisposable
{
    // The largest file Twilio takes for WhatsApp.
    private const int Cap = 16 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>The file, or null when it could not be fetched.</summary>
    public async Task<ShownFile?> Fetch(SimulatedNumber number, Uri link, CancellationToken cancel)
    {
        var name = Path.GetFileName(link.AbsolutePath);
        if (Reachable(number, link) is not { } address)
        {
            var guess = FileTypes.FromName(link.AbsolutePath);
            return new ShownFile(FileTypes.KindOf(guess) ?? "document", null, guess, name, Link: link.OriginalString);
        }

        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > Cap)
            {
                return null;
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            using var bytes = new MemoryStream();
            var part = new byte[16 * 1024];
            int count;
            while ((count = await stream.ReadAsync(part, cancel)) > 0)
            {
                bytes.Write(part, 0, count);
                if (bytes.Length > Cap)
                {
                    return null;
                }
            }

            var type = response.Content.Headers.ContentType?.ToString() ?? FileTypes.FromName(name);
            var said = response.Content.Headers.ContentDisposition;
            var file = hub.Files.Put(number, bytes.ToArray(), type, (said?.FileNameStar ?? said?.FileName)?.Trim('"') ?? name);
            return new ShownFile(FileTypes.KindOf(type) ?? "document", file.Id, type, file.Filename, file.Bytes.Length, Link: link.OriginalString);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();

    private static Uri? Reachable(SimulatedNumber number, Uri link) =>
        link.IsLoopback || link.Authority == number.WebhookUrl.Authority ? link
        : number.SignedUrl is { } signed && signed.Authority == link.Authority
            ? new Uri(new Uri(number.WebhookUrl.GetLeftPart(UriPartial.Authority)), link.PathAndQuery)
        : null;
}
