using System.Text;

namespace Relais.Tests.Fuzz;

/// <summary>A form read as a signer reads it, written apart from the product: shared code could not find its own faults.</summary>
internal static class WireForm
{
    public static List<KeyValuePair<string, string>> Pairs(byte[] body) =>
    [
        .. Encoding.Latin1.GetString(body).Split('&').Where(pair => pair.Length > 0).Select(pair => pair.Split('=', 2))
            .Select(parts => KeyValuePair.Create(Decoded(parts[0]), parts.Length > 1 ? Decoded(parts[1]) : "")),
    ];

    private static string Decoded(string latin)
    {
        var bytes = new List<byte>(latin.Length);
        for (var i = 0; i < latin.Length; i++)
        {
            if (latin[i] == '%' && i + 2 < latin.Length && Uri.IsHexDigit(latin[i + 1]) && Uri.IsHexDigit(latin[i + 2]))
            {
                bytes.Add(Convert.ToByte(latin.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)(latin[i] == '+' ? ' ' : latin[i]));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
