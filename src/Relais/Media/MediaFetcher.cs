using System.Diagnostics;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Media;

/// <summary>An inbox with what is needed to ask its provider; null while it has no token.</summary>
internal delegate InboxAddress? MediaInbox(long inboxId);

/// <summary>How one try for a customer's file ended.</summary>
internal abstract record FetchEnd
{
    /// <summary>The file lies in its place; the row is to be written.</summary>
    internal sealed record Here(string Sha256, string MimeType, long Size, string Filename) : FetchEnd;

    internal sealed record Later(TimeSpan After, string Problem) : FetchEnd;

    internal sealed record Never(string Problem) : FetchEnd;
}

/// <summary>In: a row that waits. Out: its bytes under their hash, checked, or why not. No transaction is open meanwhile.</summary>
internal sealed class MediaFetcher(ChannelMediaSet channels, MediaInbox inboxes, MediaFiles files, Clock clock)
{
    /// <summary>Meta keeps what customers send for seven days; Twilio keeps it longer, but nobody waits longer.</summary>
    private const long LongestWait = 7 * Instants.Day;

    /// <summary>A store that is behind its webhooks catches up within a minute (2 + 8 + 32 s).</summary>
    private const int MissingTries = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task<FetchEnd> Fetch(StoredMedia media, CancellationToken cancel)
    {
        if (inboxes(media.InboxId ?? 0) is not { } inbox)
        {
            return Again(media, null, "This number has no access token. Set it; the file is fetched then.");
        }

        try
        {
            return await Fetch(media, inbox, cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full or lost disk is no fault of the file: it stays at its provider and waits.
            return Again(media, null, "The file could not be written on Relais's own disk. See that its media folder has room and may be written.");
        }
    }

    private async Task<FetchEnd> Fetch(StoredMedia media, InboxAddress inbox, CancellationToken cancel)
    {
        await using var pending = files.Begin();
        var limit = MediaLimits.Of(media.Kind);
        switch (await channels[inbox.Channel].Fetch(inbox, media.Ref, pending, limit, cancel))
        {
            case MediaFetch.Fetched fetched:
                return await Keep(media, fetched, pending, cancel);
            case MediaFetch.RetryLater later:
                return Again(media, later.After, later.Reason);
            case MediaFetch.Missing missing:
                return media.Attempts + 1 < MissingTries ? Again(media, null, missing.Reason) : new FetchEnd.Never($"{missing.Reason} Ask the customer to send it again.");
            case MediaFetch.TooLarge:
                return new FetchEnd.Never($"The file is larger than the {limit / 1024} KB that Relais takes as {media.Kind}.");
            case MediaFetch.Refused refused:
                return new FetchEnd.Never(refused.Reason);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>2 s, 8 s, 32 s … one hour; a provider that asks for longer gets it up to the hour.</summary>
    public static TimeSpan Pause(long attempts, TimeSpan? asked)
    {
        var own = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (2 * (int)Math.Min(attempts, 12))));
        return asked is { } wait && wait > own ? (wait < LongestPause ? wait : LongestPause) : own;
    }

    private FetchEnd Again(StoredMedia media, TimeSpan? asked, string problem)
    {
        var pause = Pause(media.Attempts, asked);
        return clock.Micros + Instants.ToMicros(pause) - media.CreatedAt > LongestWait
            ? new FetchEnd.Never($"Given up after seven days. {problem}")
            : new FetchEnd.Later(pause, problem);
    }

    private async Task<FetchEnd> Keep(StoredMedia media, MediaFetch.Fetched fetched, PendingFile pending, CancellationToken cancel)
    {
        if (pending.Size == 0)
        {
            return new FetchEnd.Never("The file is empty.");
        }

        var sha = await pending.Finish(cancel);
        if (!IsThe(sha, fetched.Sha256) || !IsThe(sha, media.ClaimedSha256))
        {
            return new FetchEnd.Never("The bytes are not those that the provider announced (SHA-256): the file was not kept.");
        }

        var type = await MediaTypes.Detect(pending.Path, cancel);
        if (!MediaTypes.Fits(media.Kind, type))
        {
            return new FetchEnd.Never($"What came as {media.Kind} is {type}: the file was not kept.");
        }

        await files.Keep(pending, cancel);
        var name = media.Filename.Length > 0 ? media.Filename : FileNames.Clean(fetched.Filename);
        return new FetchEnd.Here(sha, type, pending.Size, name);
    }

    /// <summary>A claim in hex or Base64; what is neither claims nothing.</summary>
    private static bool IsThe(string sha, string? claimed)
    {
        var given = claimed?.Trim() ?? "";
        if (given.Length == 64 && given.All(char.IsAsciiHexDigit))
        {
            return string.Equals(given, sha, StringComparison.OrdinalIgnoreCase);
        }

        Span<byte> bytes = stackalloc byte[32];
        return given.Length != 44 || !Convert.TryFromBase64String(given.Replace('-', '+').Replace('_', '/'), bytes, out var count) || count != 32
            || Convert.ToHexStringLower(bytes) == sha;
    }
}
