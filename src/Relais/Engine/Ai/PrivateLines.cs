using System.Text.RegularExpressions;
using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>
/// What of a business's instructions is not for customers: the sentences that say so ("internal", "never tell …"), the one before
/// such a sentence when it only says so ("Our code is X1-77. Never give it out."), and the lines under a heading that says so.
/// </summary>
internal static partial class PrivateLines
{
    /// <summary>"Never tell this to customers." speaks of what stands before it.</summary>
    private const int OnlyAMark = 70;

    private static readonly string[] Marks = [.. new[]
    {
        "confidential", "internal", "secret", "private", "never tell", "never give", "never reveal", "never share", "never disclose", "never mention", "never say",
        "do not tell", "do not give", "do not reveal", "do not share", "do not disclose", "don't tell", "don't give", "don't reveal", "don't share", "not for customers", "staff only",
        "confidentiel", "interne", "secrète", "privé", "ne dis jamais", "ne dites jamais", "ne donne jamais", "ne donnez jamais", "ne révèle", "ne révélez", "ne jamais", "jamais au client",
        "jamais aux clients", "ne divulgue", "ne communique", "ne le dis", "ne le donne", "ne partage", "pas pour les clients",
        "سري", "داخلي", "خاص بالفريق", "لا تخبر", "لا تقل", "لا تعط", "لا تكشف", "لا تفصح", "لا تذكر", "ما تقولش", "ما تعطيش", "ليس للزبائن",
    }.Select(TextFolding.FoldWords)];

    public static List<string> Of(string text)
    {
        var found = new List<string>();
        var isUnderHeading = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (line.Length == 0)
            {
                isUnderHeading = false;
                continue;
            }

            if (isUnderHeading)
            {
                found.Add(line);
                continue;
            }

            var sentences = SentenceEnd().Split(line);
            for (var i = 0; i < sentences.Length; i++)
            {
                if (IsMarked(sentences[i]))
                {
                    found.Add(sentences[i]);
                    if (i > 0 && sentences[i].Length <= OnlyAMark)
                    {
                        found.Add(sentences[i - 1]);
                    }
                }
            }

            isUnderHeading = line.EndsWith(':') && IsMarked(line);
        }

        return found;
    }

    private static bool IsMarked(string sentence)
    {
        var words = TextFolding.FoldWords(sentence);
        return Array.Exists(Marks, mark => words.Contains(mark, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<=[.!?؟…])\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex SentenceEnd();
}
