using Relais.Foundation;

namespace Relais.Imports;

/// <summary>Yes and no as files say them.</summary>
internal static class Flag
{
    private static readonly HashSet<string> Yes = Words("yes", "y", "oui", "o", "1", "true", "vrai", "x", "ok", "نعم", "granted", "accepte", "accorde", "opt in");
    private static readonly HashSet<string> No = Words("no", "n", "non", "0", "false", "faux", "لا", "withdrawn", "refuse", "retire", "opt out");

    /// <summary>False when it is neither; null for an empty cell and "unknown".</summary>
    public static bool Read(string cell, out bool? flag)
    {
        var folded = TextFolding.FoldWords(cell);
        flag = Yes.Contains(folded) ? true : No.Contains(folded) ? false : null;
        return flag is not null || folded.Length == 0 || folded is "unknown" or "inconnu";
    }

    private static HashSet<string> Words(params string[] words) => [.. words.Select(TextFolding.FoldWords)];
}
