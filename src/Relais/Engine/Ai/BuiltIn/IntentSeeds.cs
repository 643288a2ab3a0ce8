using Relais.Foundation;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>
/// What the intent model learns from: lines like those customers write, French, English, Arabic, Darija and Arabizi. Short ones of all
/// languages mixed, a file of Seeds an intent; and <see cref="CustomerLines"/>. Written for Relais and kept apart from the test messages, none of which may stand there (a test compares them).
/// </summary>
internal static class IntentSeeds
{
    /// <summary>In the order of <see cref="Intent"/>.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> All { get; } =
        [.. Enum.GetNames<Intent>().Select(name => name.ToLowerInvariant()).Select(IReadOnlyList<string> (intent) =>
        [
            .. EmbeddedText.Lines($"Engine.Ai.BuiltIn.Seeds.{intent}.txt"),
            .. CustomerLines.All.Where(line => line.Intent == intent).Select(line => line.Text),
        ])];
}
