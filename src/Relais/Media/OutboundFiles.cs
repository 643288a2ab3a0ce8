using Relais.Channels;
using Relais.Storage;

namespace Relais.Media;

/// <summary>
/// Files that contents name. In: a content. Out: the file as a channel wants it, or the field and the sentence that mend it. Asked
/// when a message is written, so that a person hears of it, and again before it leaves.
/// </summary>
internal sealed class OutboundFiles(MediaFiles files, MediaLinks links)
{
    /// <summary>Null when the content carries no file, or one that the channel takes.</summary>
    public async Task<ContentProblem?> Check(Tx tx, long tenantId, ChannelKind channel, OutboundContent content) =>
        (await Find(tx, tenantId, channel, content)).Problem;

    /// <summary>The file of ours that the content names: null without a problem when it names none.</summary>
    public async Task<(MediaFile? File, ContentProblem? Problem)> Find(Tx tx, long tenantId, ChannelKind channel, OutboundContent content)
    {
        if (ContentFiles.Of(content) is not var (media, path))
        {
            return (null, null);
        }

        switch (media)
        {
            case { MediaId: null, Link: { } link }:
                return (null, MediaLimits.CheckLink(link) is { } wrong ? new ContentProblem($"{path}link", wrong) : null);
            case { MediaId: null } or { Link: not null }:
                return Refused(path, "Name one file: media_id of one brought with POST /api/media, or a link.");
        }

        if (await MediaStore.Find(tx, tenantId, media.MediaId.Value) is not { } row)
        {
            return Refused(path, "There is no file under this media_id. Bring it with POST /api/media first.");
        }

        if (row.State != MediaState.Stored)
        {
            return Refused(path, "This file is not here: it is still being fetched, or could not be.");
        }

        if (MediaLimits.Check(media, row.MimeType!, row.Size ?? 0, channel) is { } unfit)
        {
            return Refused(path, unfit);
        }

        var url = links.For(tenantId, row.Id);
        if (url is null && channel == ChannelKind.Twilio)
        {
            return Refused(path, "Twilio fetches files from Relais, which does not know its public address: set RELAIS_PUBLIC_URL=https://your-address and restart.");
        }

        var name = (media as OutboundContent.Document)?.Filename ?? (row.Filename.Length > 0 ? row.Filename : null);
        return (new MediaFile(files.PathOf(row.Sha256!), row.Sha256!, row.MimeType!, row.Size ?? 0, name, url), null);
    }

    private static (MediaFile?, ContentProblem?) Refused(string path, string reason) => (null, new ContentProblem($"{path}media_id", reason));
}
