namespace Relais.Simulator.Files;

/// <summary>Small real files for those who have none at hand: a picture, a voice note, a film, a sticker, a price list.</summary>
internal static class SampleFiles
{
    /// <summary>Bytes, media type and name for image, audio, voice, video, sticker or document.</summary>
    public static (byte[] Bytes, string MimeType, string Name)? Of(string kind) => kind switch
    {
        "image" => (Read("photo.jpg"), "image/jpeg", "photo.jpg"),
        "audio" => (Read("voice.ogg"), "audio/ogg", "melody.ogg"),
        "voice" => (Read("voice.ogg"), "audio/ogg; codecs=opus", "voice.ogg"),
        "video" => (Read("clip.mp4"), "video/mp4", "clip.mp4"),
        "sticker" => (Read("sticker.webp"), "image/webp", "sticker.webp"),
        "document" => (Read("prices.pdf"), "application/pdf", "prices.pdf"),
        _ => null,
    };

    private static byte[] Read(string name)
    {
        using var stream = typeof(SampleFiles).Assembly.GetManifestResourceStream("Relais.Simulator.Samples." + name)
            ?? throw new InvalidOperationException(name + " is not embedded in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
