namespace Relais.Channels.Twilio;

/// <summary>Twilio takes no uploads: it fetches a file from an address.</summary>
internal static class TwilioFileAddress
{
    /// <summary>Where Twilio may fetch the file; null when it is ours and Relais has no public address.</summary>
    public static string? Of(OutboundContent.Media media, OutboundMessage message) =>
        media.MediaId is null ? media.Link : message.File?.PublicUrl?.AbsoluteUri;
}
