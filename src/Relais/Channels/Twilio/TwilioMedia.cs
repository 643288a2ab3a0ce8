using System.Diagnostics;
using System.Text;

namespace Relais.Channels.Twilio;

/// <summary>
/// Customers' files at Twilio: the webhook's MediaUrl, which redirects (307) to a CDN whose address is signed. Basic
/// authentication goes to this account's own media at the API's host only (Twilio, "Protect your media with HTTP auth").
/// </summary>
internal sealed class TwilioMedia(TwilioOptions options, TimeProvider time, TimeSpan? silence = null) : IChannelMedia, IDisposable
{
    private readonly MediaDownload download = new(new MediaHosts(options.BaseUrl, Keyed, Others), time, silence);

    private static readonly string[] Keyed = ["api.twilio.com"];
    private static readonly string[] Others = [".twilio.com", ".twiliocdn.com", "s3-external-1.amazonaws.com", "media.twiliocdn.com.s3-external-1.amazonaws.com"];

    public ChannelKind Kind => ChannelKind.Twilio;

    public async Task<MediaFetch> Fetch(InboxAddress inbox, MediaRef media, Stream into, long limit, CancellationToken cancel)
    {
        var account = inbox.Account.Trim();
        if (!Uri.TryCreate(media.ProviderRef, UriKind.Absolute, out var url)
            || !url.AbsolutePath.Contains($"/2010-04-01/Accounts/{account}/", StringComparison.Ordinal))
        {
            return new MediaFetch.Refused("The file's address is not one of this account's media at Twilio: it was not fetched.");
        }

        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{inbox.AccessToken.Trim()}"))}";
        return await download.Get(url, basic, into, limit, cancel) switch
        {
            DownloadAnswer.Whole whole => new MediaFetch.Fetched(Filename: whole.Filename),
            DownloadAnswer.TooLarge => new MediaFetch.TooLarge(),
            DownloadAnswer.Foreign foreign => new MediaFetch.Refused($"The file's address is at {foreign.Host}, which is not Twilio's: it was not fetched."),
            DownloadAnswer.Broken broken => new MediaFetch.RetryLater(null, broken.Reason),

            // A webhook may be faster than the media store, so 404 is not the last word.
            DownloadAnswer.Refused { Status: 404 or 410 } => new MediaFetch.Missing("Twilio does not have the file (any more)."),
            DownloadAnswer.Refused { Status: 401 or 403 } => new MediaFetch.RetryLater(null,
                "Twilio did not accept the auth token; put a valid one into this inbox."),
            DownloadAnswer.Refused { Status: 408 or 429 or >= 500 } busy => new MediaFetch.RetryLater(busy.RetryAfter, $"Twilio answered HTTP {busy.Status}."),
            DownloadAnswer.Refused refused => new MediaFetch.Refused($"Twilio refused to give the file (HTTP {refused.Status})."),
            _ => throw new UnreachableException(),
        };
    }

    public void Dispose() => download.Dispose();
}
