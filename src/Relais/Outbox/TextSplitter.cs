namespace Relais.Outbox;

/// <summary>
/// Cuts a text that is longer than the channel takes: at a paragraph, else a line, else a sentence, else a word, and only a
/// text without any of them in the middle of it, never inside a surrogate pair.
/// </summary>
internal static class TextSplitter
{
    private static readonly string[][] Breaks = [["\n\n"], ["\n"], [". ", "! ", "? ", "؟ ", "… ", "; ", "؛ "], [" "]];

    public static IReadOnlyList<string> Split(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return [text];
        }

        var parts = new List<string>();
        var rest = text.AsSpan().Trim();
        while (rest.Length > limit)
        {
            var end = End(rest[..limit]);
            parts.Add(rest[..end].TrimEnd().ToString());
            rest = rest[end..].TrimStart();
        }

        if (rest.Length > 0 || parts.Count == 0)
        {
            parts.Add(rest.ToString());
        }

        return parts;
    }

    /// <summary>A break in the last half is good enough; an earlier one would make a message of a few words.</summary>
    private static int End(ReadOnlySpan<char> head)
    {
        foreach (var kind in Breaks)
        {
            var best = -1;
            foreach (var mark in kind)
            {
                var at = head.LastIndexOf(mark, StringComparison.Ordinal);
                best = Math.Max(best, at < 0 ? -1 : at + mark.Length);
            }

            if (best >= head.Length / 2)
            {
                return best;
            }
        }

        return char.IsHighSurrogate(head[^1]) ? head.Length - 1 : head.Length;
    }
}
