using System.Text;
using System.Text.Encodings.Web;

namespace Relais.Tests.Support;

/// <summary>Bytes that must be nowhere, in whatever writing: as they are, in base64 and hex, escaped for JSON or an address.</summary>
/// <param name="Name">Which secret it is.</param>
/// <param name="Value">Long and random enough that nothing else is like it.</param>
internal sealed record Canary(string Name, byte[] Value)
{
    private readonly List<byte[]> writings = Writings(Value);

    public Canary(string name, string text) : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    public bool IsIn(ReadOnlySpan<byte> place)
    {
        foreach (var writing in writings)
        {
            if (place.IndexOf(writing) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static List<byte[]> Writings(byte[] value)
    {
        List<string> texts = [Convert.ToHexStringLower(value), Convert.ToHexString(value), .. Enumerable.Range(0, 3).SelectMany(behind => Base64(value, behind))];
        if (Array.TrueForAll(value, b => b is >= (byte)' ' and <= (byte)'~'))
        {
            var text = Encoding.ASCII.GetString(value);
            texts.AddRange([JavaScriptEncoder.Default.Encode(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text), Uri.EscapeDataString(text)]);
        }

        return [value, .. texts.Distinct(StringComparer.Ordinal).Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>As it stands in the base64 of something longer, so many bytes behind a multiple of three; only the characters that are its own.</summary>
    private static string[] Base64(byte[] value, int behind)
    {
        var all = Convert.ToBase64String([.. new byte[behind], .. value]);
        var own = all[(((behind * 8) + 5) / 6)..((behind + value.Length) * 8 / 6)];
        return [own, own.Replace('+', '-').Replace('/', '_')];
    }
}
