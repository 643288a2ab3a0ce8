using System.Buffers;
using System.Globalization;
using System.Text;

namespace Relais.Foundation;

/// <summary>
/// One spelling for many: the form in which text of customers and owners is compared and searched, never shown.
/// Both sides of a comparison must be folded.
/// </summary>
internal static class TextFolding
{
    /// <summary>
    /// NFKD without marks (accents, tashkeel), tatweel and invisible characters; Arabic letter forms to their plain letter
    /// (أإآٱ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي, گ→ك); digits of every script to ASCII; lower case; a repeated letter once ("commande" and
    /// "comande" are one word; digits keep their repeats); white space to single spaces, none at the ends.
    /// </summary>
    public static string Fold(string text) => Fold(text, wordsOnly: false);

    /// <summary>Folded, with everything but letters and digits turned into single spaces: "C'est où ?" ⇒ "c est ou".</summary>
    public static string FoldWords(string text) => Fold(text, wordsOnly: true);

    private static string Fold(string text, bool wordsOnly)
    {
        // Lone surrogates make Normalize throw; CustomerText returns the same instance when there are none.
        // So do the two code points that are no characters.
        var source = Ascii.IsValid(text) ? text
            : CustomerText.Normalise(text).Replace('\ufffe', ' ').Replace('\uffff', ' ').Normalize(NormalizationForm.FormKD);

        // One character becomes at most two (œ).
        var buffer = ArrayPool<char>.Shared.Rent(source.Length * 2);
        try
        {
            var length = 0;
            foreach (var c in source)
            {
                length = Append(buffer, length, Plain(c), wordsOnly);
                if (c is 'œ' or 'Œ' or 'æ' or 'Æ')
                {
                    length = Append(buffer, length, 'e', wordsOnly);
                }
            }

            if (length > 0 && buffer[length - 1] == ' ')
            {
                length--;
            }

            return source.AsSpan().SequenceEqual(buffer.AsSpan(0, length)) ? source : new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Append(char[] buffer, int length, char c, bool wordsOnly)
    {
        if (c == '\0')
        {
            return length;
        }

        var isLetter = char.IsAsciiLetterLower(c) || (c > '\x7f' && char.IsLetter(c));
        if (wordsOnly && !isLetter && !char.IsAsciiDigit(c))
        {
            c = ' ';
        }

        // A repeated letter and a second space say nothing new; nothing starts with a space.
        var last = length == 0 ? ' ' : buffer[length - 1];
        if (c == last && (isLetter || c == ' '))
        {
            return length;
        }

        buffer[length] = c;
        return length + 1;
    }

    /// <summary>The plain form of one decomposed character, or U+0000 for one that is dropped.</summary>
    private static char Plain(char c)
    {
        if (c < 0x80)
        {
            return char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c <= ' ' || c == '\x7f' ? ' ' : c;
        }

        switch (c)
        {
            case 'ى' or 'ی' or 'ې': return 'ي';
            case 'ة' or 'ۃ' or 'ہ': return 'ه';
            case 'ٱ': return 'ا';
            case 'ک' or 'گ' or 'ڭ' or 'ڪ': return 'ك';
            case 'پ': return 'ب';
            case 'ڤ' or 'ڢ': return 'ف';
            case 'چ': return 'ج';
            case 'ـ': return '\0';
            case 'œ' or 'Œ': return 'o';
            case 'æ' or 'Æ': return 'a';
            case 'ø' or 'Ø': return 'o';
            case 'ł' or 'Ł': return 'l';
            case '‘' or '’' or 'ʼ' or '′': return '\'';
            case '‐' or '‑' or '–' or '—' or '−': return '-';
        }

        return char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => '\0',
            UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control => ' ',
            _ => char.ToLowerInvariant(c),
        };
    }
}
