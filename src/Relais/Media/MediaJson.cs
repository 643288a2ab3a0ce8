namespace Relais.Media;

/// <summary>A file of a message as the API shows it.</summary>
/// <param name="Id">Ours; a message to send may name it as media_id.</param>
/// <param name="Kind">image, video, audio, document or sticker.</param>
/// <param name="State">waiting (still at the provider), stored or failed.</param>
/// <param name="MimeType">By its bytes once it is stored; until then as the provider claims.</param>
/// <param name="Size">Bytes; null until it is stored.</param>
/// <param name="Filename">As the person named it, or null.</param>
/// <param name="Url">Where to get it, signed in; null until it is stored.</param>
/// <param name="Problem">Why it failed or is tried again, for a person.</param>
internal sealed record MediaJson(
    long Id, string Kind, string State, string? MimeType, long? Size, string? Filename, string? Url, string? Problem)
{
    /// <summary>What is said in a voice note, as a model wrote it down; null when nobody did.</summary>
    public string? Transcript { get; init; }

    public static MediaJson Of(
        long id, string kind, MediaState state, string filename, string? claimedType, string? mimeType, long? size, string? problem) => new(
        id, kind, state.ToString().ToLowerInvariant(), mimeType ?? claimedType, size, filename.Length == 0 ? null : filename,
        state == MediaState.Stored ? $"/api/media/{id}" : null, problem);

    public static MediaJson Of(StoredMedia m) => Of(m.Id, m.Kind, m.State, m.Filename, m.ClaimedType, m.MimeType, m.Size, m.Problem);
}
