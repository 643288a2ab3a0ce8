using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Relais.Engine.Ai;

/// <summary>
/// Keeps a model from naming an address that nobody of the business gave: a link in its answer must stand in the business's own
/// words (its instructions, FAQ answers, earlier messages), or lead to a host the business allows. Customers' words, documents,
/// product names and answers of other systems prove nothing (injection, phishing). Links are found as they look, kept as they are.
/// </summary>
internal static partial class LinkGuard
{
    /// <summary>Without any of them, and without the words for them, an ASCII text holds no link.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create(".:");

    /// <summary>The text without links that are not known.</summary>
    /// <param name="text">A model's.</param>
    /// <param name="known">Texts of the business; looked at only when the text holds a link.</param>
    /// <param name="hosts">Allowed by the business, such as shop.example; subdomains included.</param>
    public static string Clean(string text, IEnumerable<string> known, IReadOnlyList<string> hosts)
    {
        var found = Find(text);
        if (found.Count == 0)
        {
            return text;
        }

        var links = known.SelectMany(k => Find(k).Select(at => Bare(k[at.Start..at.End]))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kept = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end) in found)
        {
            var bare = Bare(text[start..end]);
            if (!links.Contains(bare) && !IsAllowed(bare, hosts))
            {
                kept.Append(text, from, start - from);
                from = end;
            }
        }

        return Gaps().Replace(kept.Append(text, from, text.Length - from).ToString(), " ").Trim();
    }

    /// <summary>Words that we quote to a customer would make an address in them look like ours.</summary>
    public static bool Holds(string? text) => text is not null && Find(text).Count > 0;

    private static List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int Start, int End)>();
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(Signs) && !text.Contains("dot", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("point", StringComparison.OrdinalIgnoreCase) && !text.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return found;
        }

        var skeleton = LinkSkeleton.Of(text);
        foreach (Match match in Link().Matches(skeleton.Text))
        {
            if (!match.Groups["ending"].Success || match.Groups["path"].Success || LinkEndings.Are(match.Groups["ending"].Value))
            {
                found.Add(skeleton.Origin(match.Index, match.Length));
            }
        }

        return found;
    }

    private static string Bare(string link)
    {
        var end = VisibleText.Strip(link).TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '»', '"', '\'', '*', '_', '~', '،', '؟', '/');
        var scheme = end.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? end : end[(scheme + 3)..];
    }

    private static bool IsAllowed(string bare, IReadOnlyList<string> hosts)
    {
        // What stands before an @ is no host: https://shop.example@evil.example leads to evil.example.
        var host = bare.Split('/', '?', '#', '\\')[0].Split('@')[^1].Split(':')[0];
        return hosts.Any(h => host.Equals(h, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + h, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>On a skeleton: a scheme, also in pieces; a scheme without slashes; www.; an address in numbers; a name with an ending or a path.</summary>
    [GeneratedRegex(
        """
        (?:h\s?[tx]\s?[tx]\s?p\s?s?\s?[\[\(]?:[\]\)]?\s?[/\\]\s?[/\\]?\s?|[a-z][a-z0-9+.\-]{1,15}[\[\(]?:[\]\)]?[/\\]{1,3})[^\s<>"]+
        |(?<![\p{L}\p{N}])(?:javascript|vbscript|mailto|intent|whatsapp|market|data):[^\s<>"]+
        |www\s?\.\s?[^\s<>"]+
        |(?<![\d.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\.?[\d])(?::[0-9]{1,5})?(?:/[^\s<>"]*)?
        |(?<![\p{L}\p{N}@.])(?:[\p{L}\p{N}][\p{L}\p{N}\-_]{0,62}\.)+(?:xn--[a-z0-9\-]{1,59}|(?<ending>[a-z]{2,24})(?![a-z0-9\u00c0-\u024f])|(?<ending>\p{L}{2,24})(?![\p{L}\p{N}]))(?::[0-9]{1,5})?(?:(?<path>/[^\s<>"]+)|[/?#][^\s<>"]*)?
        |(?<![\p{L}\p{N}@.])xn--[^\s<>"]+
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"[ \t]{2,}|[ \t]*\(\s*\)|[ \t]*\[\s*\]", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Gaps();
}
