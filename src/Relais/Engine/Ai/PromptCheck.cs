using Relais.Foundation;

namespace Relais.Engine.Ai;

/// <summary>What may stand in a prompt.</summary>
internal static class PromptCheck
{
    private const int Line = 500;
    private const int Page = 20_000;
    private const int Entries = 100;
    private const int Entry = 200;

    /// <summary>Null when it can be kept, cleaned; otherwise the refusal that names the field.</summary>
    public static IResult? Of(BusinessPrompt prompt, string? note, out BusinessPrompt clean)
    {
        clean = new BusinessPrompt(
            Clean(prompt.Persona), Clean(prompt.Tone), Clean(prompt.Instructions), Clean(prompt.ForbiddenTopics), Clean(prompt.ReservedTopics),
            Clean(prompt.AllowedLinks));
        return TooLong("prompt.persona", clean.Persona, Line) ?? TooLong("prompt.tone", clean.Tone, Line)
            ?? TooLong("prompt.instructions", clean.Instructions, Page) ?? TooLong("note", note, Line)
            ?? TooMany("prompt.forbidden_topics", clean.ForbiddenTopics) ?? TooMany("prompt.reserved_topics", clean.ReservedTopics)
            ?? TooMany("prompt.allowed_links", clean.AllowedLinks)
            ?? (clean.AllowedLinks.Any(h => Uri.CheckHostName(h) != UriHostNameType.Dns || !h.Contains('.', StringComparison.Ordinal))
                ? Problems.Invalid400("prompt.allowed_links", "prompt.allowed_links holds host names such as shop.example, without https:// and path.")
                : null);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : CustomerText.Normalise(text).Trim();

    private static List<string> Clean(IReadOnlyList<string> entries) => [.. entries.Select(e => Clean(e) ?? "").Where(e => e.Length > 0)];

    private static IResult? TooLong(string field, string? text, int most) => text?.Length > most
        ? Problems.Invalid400(field, $"{field} may have at most {most} characters; this one has {text.Length}.")
        : null;

    private static IResult? TooMany(string field, IReadOnlyList<string> entries) =>
        entries.Count > Entries ? Problems.Invalid400(field, $"{field} may have at most {Entries} entries; there are {entries.Count}.")
        : entries.FirstOrDefault(e => e.Length > Entry) is { } longest
            ? Problems.Invalid400(field, $"An entry of {field} may have at most {Entry} characters; one has {longest.Length}.")
            : null;
}
