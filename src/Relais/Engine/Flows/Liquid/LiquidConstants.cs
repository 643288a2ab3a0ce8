using System.Globalization;
using System.Text;

namespace Relais.Engine.Flows.Liquid;

/// <summary>Quoted texts and numbers of a tag.</summary>
internal static class LiquidConstants
{
    /// <summary>The text between the quotes, with what is escaped in it; null when it is never closed.</summary>
    /// <param name="at">The opening quote; behind the closing one afterwards.</param>
    public static string? Quoted(string text, ref int at)
    {
        var quote = text[at++];
        var read = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                Escape(text, ref at, read);
            }
            else
            {
                read.Append(text[at++]);
            }
        }

        return at++ < text.Length ? read.ToString() : null;
    }

    /// <param name="at">Its first character; behind its last one afterwards.</param>
    public static double Number(string text, ref int at)
    {
        var from = at++;
        Digits(text, ref at);

        // 1..5 is a range, 1.5 a number.
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            Digits(text, ref at);
        }

        return double.Parse(text.AsSpan(from, at - from), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static void Digits(string text, ref int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }

    private static void Escape(string text, ref int at, StringBuilder read)
    {
        var c = text[at++];
        if (c == 'u' && at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            at += 4;
            read.Append((char)unit);
            return;
        }

        read.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => c });
    }
}
