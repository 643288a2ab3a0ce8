using System.Text.Json;
using Relais.Foundation;
using Relais.Knowledge;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>What a business has taught its built-in agent.</summary>
/// <param name="Examples">Intent (greet, track, … as in <see cref="Intent"/>) ⇒ lines of its customers.</param>
/// <param name="Synonyms">A word ⇒ words that mean the same, for the search in FAQs.</param>
internal sealed record OwnWords(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Examples, IReadOnlyDictionary<string, IReadOnlyList<string>> Synonyms)
{
    public static readonly OwnWords None = new(
        new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, IReadOnlyList<string>>());

    public static OwnWords Read(string? json) => json is null ? None : JsonSerializer.Deserialize<OwnWords>(json, ApiJson.Options) ?? None;

    public string Write() => JsonSerializer.Serialize(this, ApiJson.Options);

    public static Intent? IntentOf(string word) => Enum.GetValues<Intent>().Cast<Intent?>().FirstOrDefault(intent => WordFor(intent!.Value) == word);

    public static string WordFor(Intent intent) => intent.ToString().ToLowerInvariant();

    public IEnumerable<(Intent Intent, string Text)> Lines() =>
        Examples.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => e.Value.Select(line => (IntentOf(e.Key)!.Value, line)));

    /// <summary>The agent as it reads and searches with them; the shipped one when nothing was taught. Some milliseconds.</summary>
    public Understanding Learn() => new(IntentReader.BuiltIn.Taught(Lines()), Synonyms.Count == 0 ? OwnSynonyms.None : new OwnSynonyms(Synonyms));
}

/// <summary>How one business's customers are understood.</summary>
internal sealed record Understanding(IntentReader Reader, OwnSynonyms Synonyms);
