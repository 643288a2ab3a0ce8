using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Engine.Ai;

/// <summary>
/// What search_knowledge answers: <c>{"entries":[{id, kind: "faq", question, answer, score} | {id, kind: "passage", heading, text, source, score}]}</c>, best
/// first. The ids are the sources of the answer.
/// </summary>
internal static class KnowledgeEntries
{
    private const string Faq = "faq";
    private const string Passage = "passage";

    public static string Write(IReadOnlyList<FaqHit> faqs, IReadOnlyList<PassageHit> passages, JsonSerializerOptions json)
    {
        var entries = faqs.Select(f => new Entry(f.Id, Faq, f.Score) { Question = f.Question, Answer = f.Answer })
            .Concat(passages.Select(p => new Entry(p.Id, Passage, p.Score) { Heading = p.Heading, Text = p.Text, Source = p.Source }));

        // Stable: of two with one score a FAQ, which the owner wrote as an answer, goes first.
        return JsonSerializer.Serialize(new Result([.. entries.OrderByDescending(e => e.Score)]), json);
    }

    public static IReadOnlyList<FaqHit> Faqs(object? result, JsonSerializerOptions json) =>
        [.. Read(result, json).Where(e => e.Kind == Faq).Select(e => new FaqHit(e.Id, e.Question ?? "", e.Answer ?? "", e.Score))];

    public static IReadOnlyList<PassageHit> Passages(object? result, JsonSerializerOptions json) =>
        [.. Read(result, json).Where(e => e.Kind == Passage).Select(e => new PassageHit(e.Id, e.Heading ?? "", e.Text ?? "", e.Source ?? "", e.Score))];

    private static IReadOnlyList<Entry> Read(object? result, JsonSerializerOptions json) =>
        result is string text ? JsonSerializer.Deserialize<Result>(text, json)?.Entries ?? [] : [];

    private sealed record Result(IReadOnlyList<Entry> Entries);

    private sealed record Entry(long Id, string Kind, double Score)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Question { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Answer { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Heading { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Text { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Source { get; init; }
    }
}
