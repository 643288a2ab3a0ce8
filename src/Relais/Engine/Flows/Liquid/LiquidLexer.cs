namespace Relais.Engine.Flows.Liquid;

internal enum LiquidTokenKind
{
    Text,
    Output,
    Tag,
}

/// <param name="Kind">Text between, {{ output }} or {% tag %}.</param>
/// <param name="Text">Without the braces and the signs of whitespace control.</param>
internal readonly record struct LiquidToken(LiquidTokenKind Kind, string Text);

/// <summary>Cuts a template into texts, outputs and tags. Knows of raw and comment blocks, in which nothing else counts.</summary>
internal static class LiquidLexer
{
    public static List<LiquidToken> Cut(string template)
    {
        var tokens = new List<LiquidToken>();
        var at = 0;
        var trims = false;
        while (at < template.Length)
        {
            var open = Opening(template, at);
            var stop = open < 0 ? template.Length : open;
            var trimsBefore = open >= 0 && open + 2 < template.Length && template[open + 2] == '-';
            AddText(tokens, template.AsSpan(at, stop - at), trims, trimsBefore);
            if (open < 0)
            {
                break;
            }

            var isOutput = template[open + 1] == '{';
            var from = open + (trimsBefore ? 3 : 2);
            var close = Closing(template, from, isOutput ? "}}" : "%}");
            // A tag left open at the end of the text counts as closed there, as in Studio.
            var inner = close < 0 ? template[from..].TrimEnd('}', '%') : template[from..close];
            trims = close >= 0 && inner.EndsWith('-');
            inner = trims ? inner[..^1] : inner;
            at = close < 0 ? template.Length : close + 2;
            if (!isOutput && WordOf(inner) is "raw" or "comment" && close >= 0)
            {
                var word = WordOf(inner);
                var (bodyEnd, after, endTrims) = EndOf(template, at, "end" + word);
                if (word == "raw" && bodyEnd >= 0)
                {
                    // Signs of whitespace control on its inner sides do nothing.
                    tokens.Add(new LiquidToken(LiquidTokenKind.Text, template[at..bodyEnd]));
                    (at, trims) = (after, endTrims);
                    continue;
                }

                if (word == "comment" && bodyEnd >= 0)
                {
                    (at, trims) = (after, endTrims);
                    continue;
                }
            }

            tokens.Add(new LiquidToken(isOutput ? LiquidTokenKind.Output : LiquidTokenKind.Tag, inner.Trim()));
        }

        return tokens;
    }

    private static void AddText(List<LiquidToken> tokens, ReadOnlySpan<char> text, bool trimsStart, bool trimsEnd)
    {
        text = trimsStart ? text.TrimStart() : text;
        text = trimsEnd ? text.TrimEnd() : text;
        if (!text.IsEmpty)
        {
            tokens.Add(new LiquidToken(LiquidTokenKind.Text, text.ToString()));
        }
    }

    private static int Opening(string template, int from)
    {
        for (var at = template.IndexOf('{', from); at >= 0 && at + 1 < template.Length; at = template.IndexOf('{', at + 1))
        {
            if (template[at + 1] is '{' or '%')
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The end of a tag; braces inside quotes do not count, unless a quote is never closed.</summary>
    private static int Closing(string template, int from, string end)
    {
        for (var at = from; at + 1 < template.Length; at++)
        {
            var c = template[at];
            if (c is '"' or '\'')
            {
                var close = QuoteEnd(template, at);
                if (close < 0)
                {
                    return template.IndexOf(end, at, StringComparison.Ordinal);
                }

                at = close;
            }
            else if (c == end[0] && template[at + 1] == end[1])
            {
                return at;
            }
        }

        return -1;
    }

    private static int QuoteEnd(string template, int open)
    {
        for (var at = open + 1; at < template.Length; at++)
        {
            if (template[at] == '\\')
            {
                at++;
            }
            else if (template[at] == template[open])
            {
                return at;
            }
        }

        return -1;
    }

    private static string WordOf(string tag)
    {
        var trimmed = tag.AsSpan().Trim();
        var end = 0;
        while (end < trimmed.Length && char.IsAsciiLetter(trimmed[end]))
        {
            end++;
        }

        return trimmed[..end].ToString();
    }

    private static (int BodyEnd, int After, bool EndTrims) EndOf(string template, int from, string word)
    {
        for (var at = template.IndexOf("{%", from, StringComparison.Ordinal); at >= 0; at = template.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            var close = template.IndexOf("%}", at + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            var inner = template.AsSpan(at + 2, close - at - 2);
            if (inner.Trim("- \t\r\n").SequenceEqual(word))
            {
                return (at, close + 2, inner.EndsWith("-"));
            }
        }

        return (-1, -1, false);
    }
}
