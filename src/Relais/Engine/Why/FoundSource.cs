using System.Text.Json;
using Relais.Engine.Ai;

namespace Relais.Engine.Why;

/// <summary>What a tool found in the business's knowledge: an FAQ or a passage of a document.</summary>
/// <param name="Kind">faq or passage.</param>
/// <param name="Id">Ours.</param>
/// <param name="Title">The question, or the passage's heading; cut.</param>
/// <param name="Score">Between 0 and 1.</param>
/// <param name="Answer">What it says.</param>
internal readonly record struct FoundSource(string Kind, long Id, string Title, double Score, string Answer)
{
    private const int LongestTitle = 120;
    private const int Most = 8;

    /// <summary>Whose results hold sources; another tool's objects may have ids and scores of their own.</summary>
    private static readonly string[] Tools = [AgentTools.SearchKnowledge];

    private static readonly string[] TitleNames = ["question", "heading", "source"];
    private static readonly string[] AnswerNames = ["answer", "text"];

    /// <summary>
    /// The sources in the result of a search: the objects with an id and a score in one of its lists. Read from the result, so that
    /// nothing on the way has to tell of them.
    /// </summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="result">What it answered, JSON, or null.</param>
    public static List<FoundSource> In(string tool, string? result)
    {
        if (result is null || !Tools.Contains(tool) || !result.Contains("\"score\"", StringComparison.Ordinal))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(result);
            var found = new List<FoundSource>();
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var list in json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
                {
                    found.AddRange(list.Value.EnumerateArray().Select(Read).OfType<FoundSource>().Take(Most - found.Count));
                }
            }

            return found;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Whether what was said holds it word for word.</summary>
    public bool IsIn(string said) => Answer.Length > 0 && said.Contains(Answer, StringComparison.Ordinal);

    private static FoundSource? Read(JsonElement one) =>
        one.ValueKind == JsonValueKind.Object
        && one.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number
        && one.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number)
            ? new FoundSource(one.TryGetProperty("question", out _) ? "faq" : "passage", number, Cut.To(Text(one, TitleNames), LongestTitle), Math.Round(Math.Clamp(score.GetDouble(), 0, 1), 3), Text(one, AnswerNames).Trim())
            : null;

    private static string Text(JsonElement one, string[] names)
    {
        foreach (var name in names)
        {
            if (one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString()!;
            }
        }

        return "";
    }
}
