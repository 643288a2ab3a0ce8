using System.Security.Cryptography;
using System.Text;

namespace Relais.Foundation;

/// <summary>
/// Seals provider keys with AES-256-GCM under a key that lives outside the database (RELAIS_KEY_FILE, made with mode 0600).
/// The place a secret belongs to is part of the seal, so a sealed value copied to another row does not open.
/// </summary>
internal sealed class Secrets(byte[] key)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static Secrets FromFile(string path)
    {
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var created = new FileStream(path, options);
            created.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            created.Flush(flushToDisk: true);
        }

        var bytes = Convert.FromBase64String(File.ReadAllText(path).Trim());
        return bytes.Length == 32
            ? new Secrets(bytes)
            : throw new InvalidDataException($"The key file {path} does not hold 32 bytes in base64. Restore the one this database was made with.");
    }

    public string Seal(string secret, string place) => Seal(secret, place, RandomNumberGenerator.GetBytes(NonceSize));

    /// <summary>The same text each time: for links that somebody else compares. The nonce is made of what is sealed, so none serves two texts.</summary>
    public string SealAlike(string secret, string place) =>
        Seal(secret, place, HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"nonce\n{place}\n{secret}"))[..NonceSize]);

    private string Seal(string secret, string place, byte[] made)
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

    /// <exception cref="CryptographicException">Another key file, or a value moved from another place.</exception>
    public string Open(string sealedText, string place)
    {
        var bytes = Convert.FromBase64String(sealedText);
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
