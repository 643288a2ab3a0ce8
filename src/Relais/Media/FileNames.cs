using Relais.Foundation;

namespace Relais.Media;

/// <summary>Names of files as customers and browsers give them: shown and offered, never used as a path.</summary>
internal static class FileNames
{
    /// <summary>What common file systems take.</summary>
    private const int Longest = 200;

    /// <summary>The last part of a path, without control characters, at most 200 characters with its ending kept; empty for none.</summary>
    public static string Clean(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "";
        }

        var plain = CustomerText.Normalise(name);
        var last = plain[(plain.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && !IsDirection(c))).Trim().Trim('.');
        if (kept.Length <= Longest)
        {
            return kept;
        }

        var dot = kept.LastIndexOf('.');
        var ending = dot > 0 && kept.Length - dot <= 12 ? kept[dot..] : "";
        return CustomerText.Normalise(kept[..(Longest - ending.Length)] + ending);
    }

    /// <summary>Marks that turn the direction of writing make "exe.jpg" of "gpj.exe".</summary>
    private static bool IsDirection(char c) => c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
