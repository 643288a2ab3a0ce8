using System.Security.Cryptography;

namespace Relais.Simulator.Files;

/// <summary>A file that the "provider" holds for one business number.</summary>
/// <param name="id">Meta: a media id of digits. Twilio: ME and 32 hex digits.</param>
/// <param name="owner">The number it was sent to or uploaded for.</param>
/// <param name="bytes">All of it.</param>
/// <param name="mimeType">As its sender claims, parameters and all.</param>
/// <param name="filename">As its sender names it, or null.</param>
/// <param name="until">Meta forgets files: uploaded ones after 30 days, customers' after 7.</param>
internal sealed class SimulatedFile(
    string id, SimulatedNumber owner, byte[] bytes, string mimeType, string? filename, DateTimeOffset until)
{
    private readonly Lazy<byte[]> hash = new(() => SHA256.HashData(bytes));

    public string Id { get; } = id;

    public SimulatedNumber Owner { get; } = owner;

    public byte[] Bytes { get; } = bytes;

    public string MimeType { get; } = mimeType;

    public string? Filename { get; } = filename;

    public DateTimeOffset Until { get; } = until;

    /// <summary>Hex, as Meta's media answer has it.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.Value);

    /// <summary>Base64, as Meta's webhooks have it.</summary>
    public string Sha256OfWebhook => Convert.ToBase64String(hash.Value);
}
