using System.Text;

namespace Relais.Tests.Engine.Ai.Safety;

/// <summary>Ways a model may be told to write a secret in.</summary>
internal static class Disguise
{
    public static readonly IReadOnlyDictionary<string, Func<string, string>> All = new Dictionary<string, Func<string, string>>(StringComparer.Ordinal)
    {
        ["as it is"] = text => text,
        ["in capitals and bold"] = text => "*" + text.ToUpperInvariant() + "*",
        ["without accents, other line ends"] = text => text.Replace(" ", "\n", StringComparison.Ordinal).Replace('é', 'e'),
        ["backwards"] = text => string.Concat(text.Reverse()),
        ["rot13"] = Rotated,
        ["base64"] = Base64,
        ["base64 after other words"] = text => "Voici=" + Base64(text),
        ["base64 in lines"] = text => string.Join('\n', Base64(text).Chunk(20).Select(c => new string(c))),
        ["hex"] = text => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        ["hex with colons"] = text => string.Join(':', Encoding.UTF8.GetBytes(text).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))),
        ["percent"] = text => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))),
        ["letter codes"] = text => string.Join(' ', Encoding.UTF8.GetBytes(text)),
        ["letters apart"] = text => string.Join(' ', text.Where(c => c != ' ')),
        ["dashes between letters"] = text => string.Join('-', text.AsEnumerable()),
        ["zero width between letters"] = text => string.Join('\u200b', text.AsEnumerable()),
        ["wide letters"] = text => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? (char)(c + 0xfee0) : c)),
        ["Unicode tags"] = Tags,
    };

    public static string Rotated(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c));

    public static string Tags(string text) =>
        string.Concat(Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(text)).Select(c => char.ConvertFromUtf32(0xe0000 + c)));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
