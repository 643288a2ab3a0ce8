namespace Relais.Channels;

/// <summary>The one file that a content may carry, wherever it stands in it.</summary>
internal static class ContentFiles
{
    /// <summary>The file and its path in the content's JSON ("" for the content itself), or null.</summary>
    public static (OutboundContent.Media Media, string Path)? Of(OutboundContent content) => content switch
    {
        OutboundContent.Media media => (media, ""),
        OutboundContent.Buttons { HeaderMedia: { } header } => (header, "header_media."),
        OutboundContent.Template { HeaderMedia: { } header } => (header, "header_media."),
        _ => null,
    };
}
