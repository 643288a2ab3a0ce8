using System.Security.Cryptography;
using System.Text;

namespace Relais.Foundation;

/// <summary>
/// Seals provider keys with AES-256-GCM under a key that lives outside the database (RELAIS_KEY_FILE, made with mode 0600).
/// The place a secret belongs to is part of the seal, so a sealed value copied to another row does not open.
/// Which key and which place stand readable before the seal, so that a rotation finds every sealed value without a list of them.
/// </summary>
internal sealed class Secrets(KeyRing keys)
{
    /// <summary>Before every sealed value that is stored: mark, key, place, seal.</summary>
    public const string Mark = "sealed:";

    private const int NonceSize = 12;
    private const int TagSize = 16;

    public Secrets(byte[] key)
        : this(new KeyRing([new SealingKey(key)]))
    {
    }

    public static Secrets FromFile(string path) => new(KeyRing.FromFile(path));

    public string Seal(string secret, string place)
    {
        var key = keys.Current;
        return $"{Mark}{key.Id}:{place}:{Seal(key.Bytes, secret, place, RandomNumberGenerator.GetBytes(NonceSize))}";
    }

    /// <summary>
    /// The same text each time, and nothing but base64: for links that somebody else compares; never for what is stored. The nonce is
    /// made of what is sealed, so none serves two texts.
    /// </summary>
    public string SealAlike(string secret, string place)
    {
        var key = keys.Current.Bytes;
        return Seal(key, secret, place, HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"nonce\n{place}\n{secret}"))[..NonceSize]);
    }

    /// <exception cref="CryptographicException">Another key file, or a value moved from another place.</exception>
    public string Open(string sealedText, string place)
    {
        if (!sealedText.StartsWith(Mark, StringComparison.Ordinal))
        {
            // A link. Which key it was made with it does not say; an old one opens while its key is kept.
            var known = keys.All;
            return known.SkipLast(1).Select(key => TryOpen(key.Bytes, sealedText, place)).FirstOrDefault(text => text is not null)
                ?? Open(known[^1].Bytes, sealedText, place);
        }

        var id = KeyOf(sealedText);
        var sealing = keys.Find(id) ?? throw new CryptographicException($"This value is sealed under the key {id}, which is not in the key file.");
        return Open(sealing.Bytes, sealedText[(sealedText.LastIndexOf(':') + 1)..], place);
    }

    /// <summary>The same secret under the key that seals now; null for a text that is none of ours or is under that key already.</summary>
    public string? Resealed(string sealedText)
    {
        var last = sealedText.LastIndexOf(':');
        var id = KeyOf(sealedText);
        if (last <= Mark.Length + id.Length || id == keys.Current.Id || keys.Find(id) is not { } old)
        {
            return null;
        }

        var place = sealedText[(Mark.Length + id.Length + 1)..last];
        return TryOpen(old.Bytes, sealedText[(last + 1)..], place) is { } secret ? Seal(secret, place) : null;
    }

    private static string KeyOf(string sealedText) => sealedText[Mark.Length..].Split(':', 2)[0];

    private static string? TryOpen(byte[] key, string seal, string place)
    {
        try
        {
            return Open(key, seal, place);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Seal(byte[] key, string secret, string place, byte[] made)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var sealedBytes = new byte[NonceSize + plain.Length + TagSize];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        made.CopyTo(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceSize, plain.Length), sealedBytes.AsSpan(NonceSize + plain.Length),
            Encoding.UTF8.GetBytes(place));
        return Convert.ToBase64String(sealedBytes);
    }

    private static string Open(byte[] key, string seal, string place)
    {
        var bytes = Convert.FromBase64String(seal);
        var plain = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, plain.Length), bytes.AsSpan(NonceSize + plain.Length), plain,
            Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Hash under which an opaque token is kept. Tokens carry 256 random bits, so a plain hash is enough.</summary>
    public static string HashToken(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static string NewToken(string prefix) =>
        prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
}
