using System.Text.RegularExpressions;

namespace Relais.Engine.Ai;

/// <summary>
/// Keeps a model from naming an address that nobody of the business gave: a link in its answer must stand in a tool's result or in
/// the business's own words, or lead to a host the business allows. Customers' words prove nothing (injection, phishing).
/// </summary>
internal static partial class LinkGuard
{
    /// <summary>The text without links that are not known.</summary>
    /// <param name="text">A model's.</param>
    /// <param name="known">Texts of tools and of the business; looked at only when the text holds a link.</param>
    /// <param name="hosts">Allowed by the business, such as shop.example; subdomains included.</param>
    public static string Clean(string text, IEnumerable<string> known, IReadOnlyList<string> hosts)
    {
        if (!Link().IsMatch(text))
        {
            return text;
        }

        var links = known.SelectMany(k => Link().Matches(k).Select(m => Bare(m.Value))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var kept = Link().Replace(text, m => links.Contains(Bare(m.Value)) || IsAllowed(Bare(m.Value), hosts) ? m.Value : "");
        return Gaps().Replace(kept, " ").Trim();
    }

    private static string Bare(string link)
    {
        var end = link.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '}', '»', '"', '\'', '*', '_', '~', '،', '؟', '/');
        var scheme = end.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? end : end[(scheme + 3)..];
    }

    private static bool IsAllowed(string bare, IReadOnlyList<string> hosts)
    {
        // What stands before an @ is no host: https://shop.example@evil.example leads to evil.example.
        var host = bare.Split('/', '?', '#', '\\')[0].Split('@')[^1].Split(':')[0];
        return hosts.Any(h => host.Equals(h, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + h, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>With a scheme, with www., or a bare name with a well-known ending: all that phones turn into links.</summary>
    [GeneratedRegex(
        @"(?:[a-z][a-z0-9+.\-]{1,15}:/{1,3}|www\.)[^\s<>""]+|(?<![\p{L}\p{N}@.])(?:[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62})\.)+(?:com|net|org|info|biz|io|co|me|ai|app|dev|shop|store|site|online|xyz|top|link|click|live|ly|gl|gg|ma|dz|tn|fr|be|ch|ca|uk|us|de|es|it|eu|ru|cn|sa|ae|eg|qa|example)(?![\p{L}\p{N}])(?:[/?#][^\s<>""]*)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Link();

    [GeneratedRegex(@"[ \t]{2,}|[ \t]*\(\s*\)|[ \t]*\[\s*\]", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Gaps();
}
