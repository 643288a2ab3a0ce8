using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>A line as customers write it.</summary>
/// <param name="Intent">What it wants: greet, track, … other.</param>
/// <param name="Topic">What it is about, more finely: payment, returns, … else; the intent where that says it all.</param>
/// <param name="Text">The line.</param>
internal sealed record CustomerLine(string Intent, string Topic, string Text);

/// <summary>
/// Lines for intents and topics to be learned from: a file of Sentences a language, "[intent topic]" before those of one kind. Polite whole
/// sentences as well as hurried ones.
/// </summary>
internal static class CustomerLines
{
    public static IReadOnlyList<CustomerLine> All { get; } = [.. ((string[])["fr", "ar", "darija", "arabizi", "en"]).SelectMany(Read)];

    private static IEnumerable<CustomerLine> Read(string language)
    {
        var (intent, topic) = ("", "");
        foreach (var line in EmbeddedText.Lines($"Knowledge.Sentences.{language}.txt"))
        {
            if (line[0] != '[')
            {
                yield return new(intent, topic, line);
                continue;
            }

            var names = line.Trim('[', ']').Split(' ');
            (intent, topic) = (names[0], names[^1]);
        }
    }
}
