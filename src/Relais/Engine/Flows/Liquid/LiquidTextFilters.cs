using System.Buffers;
using System.Text;

namespace Relais.Engine.Flows.Liquid;

/// <summary>append, replace, split, truncate …</summary>
internal static class LiquidTextFilters
{
    public static readonly Dictionary<string, LiquidFilter> All = new(StringComparer.Ordinal)
    {
        ["append"] = (v, a) => Joined(a.Run, Text(v, a), a.Text(0)),
        ["prepend"] = (v, a) => Joined(a.Run, a.Text(0), Text(v, a)),
        ["upcase"] = (v, a) => Text(v, a).ToUpperInvariant(),
        ["downcase"] = (v, a) => Text(v, a).ToLowerInvariant(),
        ["capitalize"] = (v, a) => Text(v, a) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant() : "",
        ["strip"] = (v, a) => a.Text(0) is { Length: > 0 } set ? TrimEnd(TrimStart(Text(v, a), set), set) : Text(v, a).Trim(),
        ["lstrip"] = (v, a) => a.Text(0) is { Length: > 0 } set ? TrimStart(Text(v, a), set) : Text(v, a).TrimStart(),
        ["rstrip"] = (v, a) => a.Text(0) is { Length: > 0 } set ? TrimEnd(Text(v, a), set) : Text(v, a).TrimEnd(),
        ["strip_newlines"] = (v, a) => Text(v, a).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
        ["squish"] = (v, a) => string.Join(' ', Words(Text(v, a))),
        ["normalize_whitespace"] = (v, a) => OneBlank(Text(v, a)),
        ["number_of_words"] = (v, a) => (double)Words(Text(v, a)).Length,
        ["replace"] = (v, a) => Replaced(a.Run, Text(v, a), a.Text(0), a.Text(1)),
        ["replace_first"] = (v, a) => ReplaceAt(a.Run, Text(v, a), a.Text(0), a.Text(1), isLast: false),
        ["replace_last"] = (v, a) => ReplaceAt(a.Run, Text(v, a), a.Text(0), a.Text(1), isLast: true),
        ["remove"] = (v, a) => a.Text(0) is { Length: > 0 } part ? Text(v, a).Replace(part, "", StringComparison.Ordinal) : Text(v, a),
        ["remove_first"] = (v, a) => ReplaceAt(a.Run, Text(v, a), a.Text(0), "", isLast: false),
        ["remove_last"] = (v, a) => ReplaceAt(a.Run, Text(v, a), a.Text(0), "", isLast: true),
        ["split"] = Split,
        ["truncate"] = Truncate,
        ["truncatewords"] = TruncateWords,
    };

    private static string Text(object? value, LiquidArguments arguments) => LiquidValue.Text(value, arguments.Run);

    private static string Joined(LiquidRun run, string first, string second) => run.Afford(first.Length + second.Length) ? first + second : "";

    /// <summary>Room is asked for before anything is made: one letter may be replaced by a page.</summary>
    private static string Replaced(LiquidRun run, string text, string part, string by)
    {
        if (part.Length == 0)
        {
            // Between all characters, as JavaScript splits at "".
            return text.Length == 0 || !run.Afford((long)text.Length * (by.Length + 1)) ? text : string.Join(by, text.AsEnumerable());
        }

        return run.Afford((long)(text.AsSpan().Count(part) + 1) * by.Length + text.Length) ? text.Replace(part, by, StringComparison.Ordinal) : "";
    }

    private static string ReplaceAt(LiquidRun run, string text, string part, string by, bool isLast)
    {
        var at = isLast ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? text : run.Afford(text.Length + by.Length) ? string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + part.Length)) : "";
    }

    private static List<object?>? Split(object? value, LiquidArguments arguments)
    {
        var text = Text(value, arguments);
        var sign = arguments.Text(0);
        if (!arguments.Run.Afford((long)(sign.Length == 0 ? text.Length : text.AsSpan().Count(sign) + 1) * 8))
        {
            return null;
        }

        List<object?> parts = sign.Length == 0 ? [.. text.Select(c => c.ToString())] : [.. text.Split(sign)];
        while (parts.Count > 0 && parts[^1] is "")
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return parts;
    }

    private static string Truncate(object? value, LiquidArguments arguments)
    {
        var text = Text(value, arguments);
        var most = arguments.Count > 0 ? LiquidNumber.Whole(arguments[0]) : 50;
        var end = arguments.Count > 1 ? arguments.Text(1) : "...";
        return Length(text) <= most ? text : text[..Position(text, Math.Max(most - Length(end), 0))] + end;
    }

    private static string TruncateWords(object? value, LiquidArguments arguments)
    {
        var most = Math.Max(arguments.Count > 0 ? LiquidNumber.Whole(arguments[0]) : 15, 1);
        var text = Text(value, arguments);
        var words = Words(text);
        // The reference counts a blank at the end as one more, empty, word.
        var count = words.Length == 0 || char.IsWhiteSpace(text[^1]) ? words.Length + 1 : words.Length;
        var kept = string.Join(' ', words.Take(most)) + (count <= most && count > words.Length && words.Length > 0 ? " " : "");
        return count >= most ? kept + (arguments.Count > 1 ? arguments.Text(1) : "...") : kept;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string OneBlank(string text)
    {
        var made = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                made.Append(c);
            }
            else if (made.Length == 0 || made[^1] != ' ')
            {
                made.Append(' ');
            }
        }

        return made.ToString();
    }

    private static string TrimStart(string text, string set)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty && Rune.DecodeFromUtf16(rest, out _, out var length) == OperationStatus.Done && set.Contains(rest[..length].ToString(), StringComparison.Ordinal))
        {
            rest = rest[length..];
        }

        return rest.ToString();
    }

    private static string TrimEnd(string text, string set)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty && Rune.DecodeLastFromUtf16(rest, out _, out var length) == OperationStatus.Done && set.Contains(rest[^length..].ToString(), StringComparison.Ordinal))
        {
            rest = rest[..^length];
        }

        return rest.ToString();
    }

    /// <summary>In characters as people count them; an emoji is one, not two.</summary>
    public static int Length(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += IsPair(text, i) ? 2 : 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>Where the n-th of these characters begins, the end of the text when there are fewer.</summary>
    public static int Position(string text, int characters)
    {
        var i = 0;
        for (; characters > 0 && i < text.Length; characters--)
        {
            i += IsPair(text, i) ? 2 : 1;
        }

        return i;
    }

    private static bool IsPair(string text, int at) => char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
