using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relais.Engine.Flows.Liquid;

/// <summary>escape, url_encode, base64 and the like.</summary>
internal static class LiquidWebFilters
{
    public static readonly Dictionary<string, LiquidFilter> All = new(StringComparer.Ordinal)
    {
        ["escape"] = (v, a) => Escaped(Text(v, a)),
        ["xml_escape"] = (v, a) => Escaped(Text(v, a)),
        ["escape_once"] = (v, a) => Escaped(Unescaped(Text(v, a))),
        ["newline_to_br"] = (v, a) => Text(v, a).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal),
        ["strip_html"] = (v, a) => WithoutTags(Text(v, a)),
        ["url_encode"] = (v, a) => Encoded(Text(v, a)).Replace("%20", "+", StringComparison.Ordinal),
        ["url_decode"] = (v, a) => Uri.UnescapeDataString(Text(v, a).Replace('+', ' ')),
        ["cgi_escape"] = (v, a) => Uri.EscapeDataString(Text(v, a)).Replace("%20", "+", StringComparison.Ordinal),
        ["base64_encode"] = (v, a) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(v, a))),
        ["base64_decode"] = Base64Decode,
        ["sha256"] = (v, a) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(v, a)))),
        ["hmac_sha256"] = (v, a) =>
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(a.Text(0)), Encoding.UTF8.GetBytes(Text(v, a)))),
        ["slugify"] = (v, a) => Slug(Text(v, a)),
    };

    private static string Text(object? value, LiquidArguments arguments) => LiquidValue.Text(value, arguments.Run);

    private static string Escaped(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => made.Append("&amp;"),
                '<' => made.Append("&lt;"),
                '>' => made.Append("&gt;"),
                '"' => made.Append("&#34;"),
                '\'' => made.Append("&#39;"),
                _ => made.Append(c),
            };
        }

        return made.ToString();
    }

    /// <summary>The ampersand last, so that nothing is unescaped twice.</summary>
    private static string Unescaped(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&#34;", "\"", StringComparison.Ordinal).Replace("&#39;", "'", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>JavaScript leaves these five as they are.</summary>
    private static string Encoded(string text) => Uri.EscapeDataString(text)
        .Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal)
        .Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal)
        .Replace("%2A", "*", StringComparison.Ordinal);

    private static string WithoutTags(string text)
    {
        var made = new StringBuilder(text.Length);
        List<(string Open, string Close)> blocks = [("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"), ("<", ">")];
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            made.Append(text, at, open - at);
            at = open;
            foreach (var block in blocks.Where(b => string.CompareOrdinal(text, open, b.Open, 0, b.Open.Length) == 0).ToList())
            {
                var close = text.IndexOf(block.Close, open + block.Open.Length, StringComparison.Ordinal);
                if (close >= 0)
                {
                    at = close + block.Close.Length;
                    break;
                }

                // Never closed from here on: not looked for again, or a text of many "<" would take for ever.
                blocks.Remove(block);
            }

            if (at <= open)
            {
                break;
            }
        }

        return made.Append(text, at, text.Length - at).ToString();
    }

    private static string Base64Decode(object? value, LiquidArguments arguments)
    {
        var text = string.Concat(Text(value, arguments).Where(c => !char.IsWhiteSpace(c))).TrimEnd('=');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written))
        {
            arguments.Run.Note("base64_decode was given something that is not base64.");
            return "";
        }

        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static string Slug(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            var isKept = char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (isKept || made.Length == 0 || made[^1] != '-')
            {
                made.Append(isKept ? c : '-');
            }
        }

        return made.ToString().Trim('-');
    }
}
