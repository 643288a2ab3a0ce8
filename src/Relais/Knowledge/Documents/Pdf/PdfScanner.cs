using System.Globalization;
using System.Text;

namespace Relais.Knowledge.Documents;

/// <summary>A name of a PDF, without its slash.</summary>
internal sealed record PdfName(string Text);

/// <summary>A bare word: an operator of a content stream, or a keyword.</summary>
internal sealed record PdfWord(string Text);

/// <summary>A reference to an object by its number.</summary>
internal sealed record PdfRef(int Number);

/// <summary>
/// Bytes of a PDF or a content stream ⇒ its values (ISO 32000-1, 7.2 and 7.3): double, string (a byte a character), <see cref="PdfName"/>,
/// List, Dictionary, <see cref="PdfRef"/>, <see cref="PdfWord"/>; null for the null object and at the end.
/// </summary>
internal sealed class PdfScanner(byte[] data, int at = 0)
{
    private const int Deepest = 60;

    public int At { get; private set; } = at;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return At >= data.Length;
        }
    }

    /// <summary>The next value. In files "12 0 R" is a reference; content streams have none.</summary>
    public object? Next(bool isFile, int depth = 0)
    {
        SkipSpace();
        if (At >= data.Length || depth > Deepest)
        {
            At = data.Length;
            return null;
        }

        var c = (char)data[At];
        switch (c)
        {
            case '/':
                At++;
                return new PdfName(Name());
            case '(':
                return Literal();
            case '<' when At + 1 < data.Length && data[At + 1] == '<':
                At += 2;
                return Dictionary(isFile, depth);
            case '<':
                return Hex();
            case '[':
                At++;
                return Array(isFile, depth);
            case ']' or '>' or ')' or '{' or '}':
                At += c == '>' && At + 1 < data.Length && data[At + 1] == '>' ? 2 : 1;
                return new PdfWord(c.ToString());
            default:
                return Bare(isFile);
        }
    }

    /// <summary>Past what stands between "ID" and "EI" of a picture in a content stream.</summary>
    public void SkipPicture()
    {
        for (At++; At + 2 < data.Length; At++)
        {
            if (data[At] == 'E' && data[At + 1] == 'I' && IsSpace(data[At - 1]) && (At + 2 == data.Length || IsSpace(data[At + 2])))
            {
                At += 2;
                return;
            }
        }

        At = data.Length;
    }

    private static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte b) => b is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private void SkipSpace()
    {
        for (; At < data.Length && (IsSpace(data[At]) || data[At] == '%'); At++)
        {
            if (data[At] == '%')
            {
                while (At < data.Length && data[At] is not (10 or 13))
                {
                    At++;
                }
            }
        }
    }

    private string Regular()
    {
        var from = At;
        while (At < data.Length && !IsSpace(data[At]) && !IsDelimiter(data[At]))
        {
            At++;
        }

        return Encoding.Latin1.GetString(data, from, At - from);
    }

    private string Name()
    {
        var written = Regular();
        if (!written.Contains('#', StringComparison.Ordinal))
        {
            return written;
        }

        var name = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '#' && i + 2 < written.Length && byte.TryParse(written.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                name.Append((char)code);
                i += 2;
            }
            else
            {
                name.Append(written[i]);
            }
        }

        return name.ToString();
    }

    private object? Bare(bool isFile)
    {
        var word = Regular();
        if (word.Length == 0)
        {
            At++;
            return null;
        }

        if (!double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return word == "null" ? null : new PdfWord(word);
        }

        return isFile && char.IsAsciiDigit(word[0]) && number is >= 0 and <= 10_000_000 && IsReference() ? new PdfRef((int)number) : number;
    }

    /// <summary>Whether "0 R" follows; goes past it if so.</summary>
    private bool IsReference()
    {
        var start = At;
        SkipSpace();
        var generation = Regular();
        SkipSpace();
        if (generation.Length is > 0 and < 6 && generation.All(char.IsAsciiDigit) && Regular() == "R")
        {
            return true;
        }

        At = start;
        return false;
    }

    private List<object?> Array(bool isFile, int depth)
    {
        var items = new List<object?>();
        while (!IsAtEnd)
        {
            var item = Next(isFile, depth + 1);
            if (item is PdfWord { Text: "]" })
            {
                break;
            }

            items.Add(item);
        }

        return items;
    }

    private Dictionary<string, object?> Dictionary(bool isFile, int depth)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!IsAtEnd && Next(isFile, depth + 1) is PdfName key)
        {
            var value = Next(isFile, depth + 1);
            if (value is PdfWord { Text: ">" })
            {
                break;
            }

            entries[key.Text] = value;
        }

        return entries;
    }

    private string Literal()
    {
        var text = new StringBuilder();
        var open = 1;
        for (At++; At < data.Length; At++)
        {
            var c = (char)data[At];
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0)
            {
                At++;
                break;
            }

            if (c != '\\')
            {
                text.Append(c);
            }
            else if (++At < data.Length)
            {
                Escaped(text);
            }
        }

        return text.ToString();
    }

    private void Escaped(StringBuilder into)
    {
        var c = (char)data[At];
        if (c is >= '0' and <= '7')
        {
            var code = 0;
            for (var digits = 0; digits < 3 && At < data.Length && data[At] is >= (byte)'0' and <= (byte)'7'; digits++)
            {
                code = (code * 8) + data[At++] - '0';
            }

            At--;
            into.Append((char)(code & 0xff));
            return;
        }

        if (c is '\r' or '\n')
        {
            At += c == '\r' && At + 1 < data.Length && data[At + 1] == '\n' ? 1 : 0;
            return;
        }

        into.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => c });
    }

    private string Hex()
    {
        var digits = new StringBuilder();
        for (At++; At < data.Length && data[At] != '>'; At++)
        {
            if (char.IsAsciiHexDigit((char)data[At]))
            {
                digits.Append((char)data[At]);
            }
        }

        At++;
        return Encoding.Latin1.GetString(Convert.FromHexString(digits.Length % 2 == 0 ? digits.ToString() : digits.Append('0').ToString()));
    }
}
