using System.Diagnostics;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// Customers' files at Meta: GET /{media-id} tells an address that is good for five minutes, and that address wants the same
/// bearer token (Cloud API, business-phone-numbers/media). Ids from webhooks are good for seven days.
/// </summary>
internal sealed class MetaMedia(MetaOptions options, TimeProvider time, TimeSpan? silence = null) : IChannelMedia, IDisposable
{
    private readonly MediaDownload download = new(new MediaHosts(options.BaseUrl, Keyed, Others), time, silence);

    private static readonly string[] Keyed = ["graph.facebook.com", "lookaside.fbsbx.com"];
    private static readonly string[] Others = [".fbcdn.net", ".fbsbx.com", ".whatsapp.net", ".facebook.com"];

    public ChannelKind Kind => ChannelKind.Meta;

    public async Task<MediaFetch> Fetch(InboxAddress inbox, MediaRef media, Stream into, long limit, CancellationToken cancel)
    {
        var bearer = $"Bearer {inbox.AccessToken.Trim()}";
        var isLast = false;
        while (true)
        {
            using var description = new MemoryStream();
            var asked = await download.Get(options.Media(media.ProviderRef ?? "", inbox.Address), bearer, description, ProviderHttp.LargestAnswer, cancel);
            if (asked is not DownloadAnswer.Whole)
            {
                return Failed(asked);
            }

            if (Describe(description.ToArray(), limit, out var url, out var sha) is { } refused)
            {
                return refused;
            }

            switch (await download.Get(url!, bearer, into, limit, cancel))
            {
                case DownloadAnswer.Whole whole:
                    return new MediaFetch.Fetched(sha, whole.Filename);
                case DownloadAnswer.Refused { Status: 404 or 410 } when !isLast:
                    // The address has gone stale between the two: Meta says to ask for a new one.
                    isLast = true;
                    continue;
                case var failed:
                    return Failed(failed);
            }
        }
    }

    public void Dispose() => download.Dispose();

    /// <summary>Null when an address was given.</summary>
    private static MediaFetch? Describe(byte[] answer, long limit, out Uri? url, out string? sha)
    {
        using var document = LenientJson.Parse(answer, out _);
        var root = document?.RootElement ?? default;
        sha = document is null ? null : root.Text("sha256"u8);
        url = document is not null && Uri.TryCreate(root.Text("url"u8), UriKind.Absolute, out var given) ? given : null;
        if (url is null)
        {
            return new MediaFetch.RetryLater(null, "Meta's answer names no address of the file.");
        }

        return root.Whole("file_size"u8) > limit ? new MediaFetch.TooLarge() : null;
    }

    private static MediaFetch Failed(DownloadAnswer answer) => answer switch
    {
        DownloadAnswer.TooLarge => new MediaFetch.TooLarge(),
        DownloadAnswer.Foreign foreign => new MediaFetch.Refused($"The file's address is at {foreign.Host}, which is not Meta's: it was not fetched."),
        DownloadAnswer.Broken broken => new MediaFetch.RetryLater(null, broken.Reason),
        DownloadAnswer.Refused refused => Failed(refused),
        _ => throw new UnreachableException(),
    };

    private static MediaFetch Failed(DownloadAnswer.Refused answer)
    {
        using var document = LenientJson.Parse(answer.Body, out _);
        var error = document?.RootElement.Get("error"u8) ?? default;
        if (error.ValueKind == JsonValueKind.Object && ProviderText.ErrorCode(error.Text("code"u8)) is { } code)
        {
            // 100 with subcode 33: the object does not exist, or this token may not see it.
            return code == 100
                ? new MediaFetch.Missing("Meta has no such file for this number: it is kept for seven days, and for this token only.")
                : MetaErrors.For(code, answer.Status).ToOutcome(code, error.Text("message"u8), answer.RetryAfter) switch
                {
                    SendOutcome.RetryLater later => new MediaFetch.RetryLater(later.After, later.Reason),
                    SendOutcome.Rejected { StopsInbox: true } stopped => new MediaFetch.RetryLater(TimeSpan.FromHours(1), stopped.Reason),
                    SendOutcome.Rejected rejected => new MediaFetch.Refused(rejected.Reason),
                    _ => new MediaFetch.RetryLater(null, $"Meta answered HTTP {answer.Status}."),
                };
        }

        return answer.Status switch
        {
            404 or 410 => new MediaFetch.Missing("Meta does not have the file (any more)."),
            401 or 403 or 408 or 429 or >= 500 => new MediaFetch.RetryLater(answer.RetryAfter, $"Meta answered HTTP {answer.Status}."),
            _ => new MediaFetch.Refused($"Meta refused to give the file (HTTP {answer.Status})."),
        };
    }
}
