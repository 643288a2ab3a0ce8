using System.Globalization;
using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>A font as far as reading goes: which letters its codes are, and how wide they are drawn.</summary>
/// <param name="bytes">Of a code: 2 for composite fonts, else 1.</param>
/// <param name="letters">Code ⇒ letters.</param>
/// <param name="widths">Code ⇒ thousandths of the size.</param>
/// <param name="usual">Width of any other code.</param>
internal sealed class PdfLetters(int bytes, Dictionary<int, string> letters, Dictionary<int, double> widths, double usual)
{
    /// <summary>The letters of each code (null: unknown), its width, and whether it is the one-byte space that word spacing widens.</summary>
    public IEnumerable<(string? Letters, double Width, bool IsSpace)> Read(string codes)
    {
        for (var i = 0; i + bytes <= codes.Length; i += bytes)
        {
            var code = bytes == 2 ? ((codes[i] & 0xff) << 8) | (codes[i + 1] & 0xff) : codes[i] & 0xff;
            yield return (letters.GetValueOrDefault(code), widths.GetValueOrDefault(code, usual), bytes == 1 && code == 32);
        }
    }
}

/// <summary>A ToUnicode map: its bfchar and bfrange lines (ISO 32000-1, 9.10.3).</summary>
internal static class PdfUnicodeMap
{
    private const int MostCodes = 70_000;

    public static IEnumerable<(int Code, string Text)> Read(string map)
    {
        var count = 0;
        var tokens = Tokens(map).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "beginbfchar")
            {
                for (i++; i + 1 < tokens.Count && tokens[i][0] == '<' && count++ < MostCodes; i += 2)
                {
                    yield return (Code(tokens[i]), Text(tokens[i + 1]));
                }
            }
            else if (tokens[i] == "beginbfrange")
            {
                for (i++; i + 2 < tokens.Count && tokens[i][0] == '<';)
                {
                    var (first, last) = (Code(tokens[i]), Code(tokens[i + 1]));
                    i += 2;
                    if (tokens[i] == "[")
                    {
                        for (i++; i < tokens.Count && tokens[i] != "]" && count++ < MostCodes; i++)
                        {
                            yield return (first++, Text(tokens[i]));
                        }

                        i++;
                        continue;
                    }

                    var text = Text(tokens[i++]);
                    for (var step = 0; first + step <= last && text.Length > 0 && count++ < MostCodes; step++)
                    {
                        yield return (first + step, string.Concat(text.AsSpan(0, text.Length - 1), ((char)(text[^1] + step)).ToString()));
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Tokens(string map)
    {
        for (var i = 0; i < map.Length;)
        {
            if (char.IsWhiteSpace(map[i]))
            {
                i++;
                continue;
            }

            var from = i;
            if (map[i] is '[' or ']')
            {
                i++;
            }
            else if (map[i] == '<' && (i + 1 >= map.Length || map[i + 1] != '<'))
            {
                i = map.IndexOf('>', i) is >= 0 and var end ? end + 1 : map.Length;
            }
            else
            {
                for (i++; i < map.Length && !char.IsWhiteSpace(map[i]) && map[i] is not ('<' or '[' or ']'); i++)
                {
                }
            }

            yield return map[from..i];
        }
    }

    private static int Code(string token) => int.TryParse(Digits(token), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) ? code & 0xffff : -1;

    private static string Text(string token)
    {
        var digits = Digits(token);
        if (digits.Length == 0 || digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            return "";
        }

        var bytes = Convert.FromHexString(digits);
        return Foundation.CustomerText.Normalise(bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes));
    }

    private static string Digits(string token) => new([.. token.Where(c => !char.IsWhiteSpace(c) && c is not ('<' or '>'))]);
}
