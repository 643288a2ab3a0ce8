using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Relais.Channels.Meta;

/// <summary>Brings a file of ours to Meta, which keeps it for 30 days under an id that messages of this number may name.</summary>
internal sealed class MetaUpload(MetaOptions options, TimeProvider time, ProviderCallLog? calls = null) : IDisposable
{
    /// <summary>Kept 30 days; a day is left for what waits at Meta and for clocks.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(29);

    /// <summary>100 MB at 350 KB/s.</summary>
    private readonly HttpClient http = ProviderHttp.CreateClient(TimeSpan.FromMinutes(5));

    /// <summary>The same bytes under another type are another upload: Meta checks the type.</summary>
    public static AssetRequest? Needed(OutboundMessage message) =>
        message.File is { } file ? new AssetRequest.Upload($"{file.Sha256}:{file.MimeType}", file) : null;

    /// <summary>Nothing of a message leaves here, so whatever fails may be tried again.</summary>
    public async Task<AssetOutcome> Make(InboxAddress inbox, AssetRequest.Upload upload, CancellationToken cancel)
    {
        try
        {
            await using var bytes = new FileStream(upload.File.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
            return await Post(inbox, upload.File, bytes, cancel);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new AssetOutcome.Failed(new SendOutcome.Rejected(0, "The file is no longer on this server's disk; upload it again."));
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<AssetOutcome> Post(InboxAddress inbox, MediaFile file, FileStream bytes, CancellationToken cancel)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("whatsapp"), "\"messaging_product\"");
        form.Add(new StringContent(file.MimeType), "\"type\"");
        var part = new StreamContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(file.MimeType);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{Name(file)}\"" };
        form.Add(part);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Uploads(inbox.Address)) { Content = form };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {inbox.AccessToken.Trim()}");
        var call = calls?.Begin(inbox.InboxId, "upload");
        call?.Starts(HttpMethod.Post, request.RequestUri!, ReadOnlyMemory<byte>.Empty, type: null, time);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel);
            var answer = new ProviderAnswer.Answered(
                (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel), ProviderHttp.RetryAfter(response.Headers.RetryAfter, time));
            call?.Ended(answer);
            return Outcome(answer);
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or HttpIOException)
        {
            return Broken(call, $"The upload to {request.RequestUri!.Host} broke off.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Broken(call, $"{request.RequestUri!.Host} did not take the file in time.");
        }
    }

    private static AssetOutcome.Failed Broken(ProviderCall? call, string reason)
    {
        call?.Ended(new ProviderAnswer.Lost(reason));
        return Later(reason);
    }

    private static AssetOutcome Outcome(ProviderAnswer.Answered answer)
    {
        using (var document = LenientJson.Parse(answer.Body, out _))
        {
            if (answer.Status is >= 200 and < 300 && document?.RootElement.Text("id"u8) is { Length: > 0 } id)
            {
                return new AssetOutcome.Made(id, Lasts);
            }
        }

        return MetaAnswer.Outcome(answer) switch
        {
            SendOutcome.Unknown => Later($"Meta answered the upload with HTTP {answer.Status}."),
            SendOutcome.Accepted => throw new UnreachableException(),
            var failed => new AssetOutcome.Failed(failed),
        };
    }

    private static AssetOutcome.Failed Later(string reason) => new(new SendOutcome.RetryLater(null, RetryScope.Message, 0, reason));

    /// <summary>Meta wants a name; the customer sees the one in the message, so ours may be plain.</summary>
    private static string Name(MediaFile file) => string.Concat((file.Name ?? "file").Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
}
