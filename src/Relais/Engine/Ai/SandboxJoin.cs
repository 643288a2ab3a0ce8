using System.Text.RegularExpressions;

namespace Relais.Engine.Ai;

/// <summary>"join huge-picture": what Twilio's sandbox has a customer write first. A greeting, and in no language.</summary>
internal static partial class SandboxJoin
{
    public static bool Is(string text) => text.Length < 60 && Pattern().IsMatch(text);

    [GeneratedRegex(@"^\s*join\s+[a-z]+-[a-z]+(?:-[a-z]+)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Pattern();
}
