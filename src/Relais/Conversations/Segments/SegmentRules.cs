using System.Text.Json;
using Relais.Foundation;

namespace Relais.Conversations.Segments;

/// <summary>What is wrong with rules, and where.</summary>
/// <param name="Field">Path in the JSON, e.g. rules.all[2].days.</param>
/// <param name="Sentence">For the person who wrote it.</param>
internal sealed record SegmentProblem(string Field, string Sentence);

/// <summary>
/// Rules as JSON: <c>{"all": […]}</c> or <c>{"any": […]}</c> of conditions such as <c>{"is": "language", "value": "fr"}</c>, each of them
/// with <c>"not": true</c> where it must not hold; a list may stand in a list.
/// </summary>
internal static class SegmentRules
{
    public const int MostConditions = 30;
    public const int LongestJson = 8_000;
    private const int Deepest = 4;
    private const int MostDays = 36_500;

    private static readonly string[] Orders = ["draft", "placed", "pending", "confirmed", "preparing", "shipped", "out_for_delivery", "delivered", "cancelled"];

    /// <summary>The rules, or every problem with them.</summary>
    public static (SegmentRule? Rules, IReadOnlyList<SegmentProblem> Problems) Read(string json)
    {
        if (json.Length > LongestJson)
        {
            return (null, [new SegmentProblem("rules", $"rules are at most {LongestJson} characters of JSON.")]);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, [new SegmentProblem("rules", "rules are JSON: {\"all\": [conditions]} or {\"any\": [conditions]}.")]);
        }
    }

    public static (SegmentRule? Rules, IReadOnlyList<SegmentProblem> Problems) Read(JsonElement json)
    {
        var reading = new Reading();
        var rules = reading.Rule(json, "rules", 1);
        if (reading.Conditions > MostConditions)
        {
            reading.Problems.Add(new SegmentProblem("rules", $"rules have at most {MostConditions} conditions."));
        }

        return reading.Problems.Count > 0 || rules is null ? (null, reading.Problems) : (rules, []);
    }

    /// <summary>Rules that were stored, which were read when they came in.</summary>
    public static SegmentRule Stored(string json) => Read(json).Rules
        ?? throw new InvalidOperationException("Stored rules of a segment cannot be read any more: they were checked when they were stored.");

    private sealed class Reading
    {
        public List<SegmentProblem> Problems { get; } = [];

        public int Conditions { get; private set; }

        public SegmentRule? Rule(JsonElement json, string path, int depth)
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                return Wrong(path, "A condition is a JSON object, such as {\"is\": \"label\", \"label_id\": 5}.");
            }

            var hasAll = json.TryGetProperty("all", out var all);
            if (!hasAll && !json.TryGetProperty("any", out all))
            {
                Conditions++;
                return Negated(json, Condition(json, path), path);
            }

            var name = hasAll ? "all" : "any";
            if (all.ValueKind != JsonValueKind.Array || depth > Deepest)
            {
                return Wrong($"{path}.{name}", depth > Deepest ? $"Lists stand in each other at most {Deepest} deep." : $"{name} is a list of conditions.");
            }

            var parts = all.EnumerateArray().Take(MostConditions + 1).Select((part, i) => Rule(part, $"{path}.{name}[{i}]", depth + 1)).ToList();
            if (parts.Contains(null))
            {
                return null;
            }

            return Negated(json, hasAll ? new SegmentRule.All(parts!) : new SegmentRule.Any(parts!), path);
        }

        private SegmentRule? Negated(JsonElement json, SegmentRule? rule, string path)
        {
            if (!json.TryGetProperty("not", out var not) || not.ValueKind == JsonValueKind.False)
            {
                return rule;
            }

            return not.ValueKind != JsonValueKind.True ? Wrong($"{path}.not", "not is true or false.") : rule is null ? null : new SegmentRule.Not(rule);
        }

        private SegmentRule? Condition(JsonElement json, string path) => Text(json, "is") switch
        {
            "label" => Number(json, "label_id", path) is { } label ? new SegmentRule.HasLabel(label) : null,
            "language" => Word(json, "value", path, "fr", "ar", "en") is { } language ? new SegmentRule.Speaks(language) : null,
            "consent" => Consent(json, path),
            "field" => Field(json, path),
            "last_inbound" => Days(json, path) is { } wrote ? new SegmentRule.Wrote(wrote.Days, wrote.IsSince) : null,
            "created" => Days(json, path) is { } known ? new SegmentRule.Known(known.Days, known.IsSince) : null,
            "order" => !json.TryGetProperty("status", out _) ? new SegmentRule.Ordered(null)
                : Word(json, "status", path, Orders) is { } status ? new SegmentRule.Ordered(status) : null,
            "client" => new SegmentRule.IsClient(),
            "inbox" => Number(json, "inbox_id", path) is { } inbox ? new SegmentRule.SpokeAt(inbox) : null,
            "country" => Text(json, "calling_code")?.TrimStart('+') is { Length: > 0 and <= 4 } code && code.All(char.IsAsciiDigit) && code[0] != '0'
                ? new SegmentRule.PhoneOf(code) : Wrong($"{path}.calling_code", "calling_code is the digits of a country, such as 212 or 33."),
            "blocked" => new SegmentRule.IsBlocked(),
            "opted_out" => new SegmentRule.OptedOut(true),
            _ => Wrong($"{path}.is", "is names a condition: label, language, consent, field, last_inbound, created, order, client, inbox, country, blocked or opted_out."),
        };

        private SegmentRule? Consent(JsonElement json, string path)
        {
            var purpose = Word(json, "purpose", path, "all", "marketing", "utility");
            var state = Word(json, "state", path, "granted", "withdrawn", "unknown");
            return purpose is null || state is null ? null : new SegmentRule.Consents(
                purpose switch { "all" => ConsentPurpose.All, "marketing" => ConsentPurpose.Marketing, _ => ConsentPurpose.Utility }, state);
        }

        private SegmentRule? Field(JsonElement json, string path)
        {
            if (Text(json, "name") is not { Length: > 0 and <= 40 } name)
            {
                return Wrong($"{path}.name", "name is the name of a field (GET /api/contact-fields).");
            }

            var test = Word(json, "test", path, "equals", "contains", "exists");
            if (test is null or "exists")
            {
                return test is null ? null : new SegmentRule.Field(name, null, false);
            }

            return Text(json, "value") is { } value && CustomerText.Normalise(value).Trim() is { Length: > 0 and <= 500 } clean
                ? new SegmentRule.Field(name, clean, test == "contains")
                : Wrong($"{path}.value", "value is what is compared: 1 to 500 characters.");
        }

        private (int Days, bool IsSince)? Days(JsonElement json, string path)
        {
            var hasSince = json.TryGetProperty("within_days", out var days);
            if (hasSince == json.TryGetProperty("before_days", out var before))
            {
                Wrong(path, "One of within_days (in the last days) and before_days (longer ago than that) stands here.");
                return null;
            }

            var told = hasSince ? days : before;
            if (told.ValueKind == JsonValueKind.Number && told.TryGetInt32(out var number) && number is >= 0 and <= MostDays)
            {
                return (number, hasSince);
            }

            Wrong($"{path}.{(hasSince ? "within_days" : "before_days")}", $"Days are a number from 0 to {MostDays}.");
            return null;
        }

        private long? Number(JsonElement json, string name, string path)
        {
            if (json.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.Number && told.TryGetInt64(out var id) && id > 0)
            {
                return id;
            }

            Wrong($"{path}.{name}", $"{name} is the id of one, a number above 0.");
            return null;
        }

        private string? Word(JsonElement json, string name, string path, params string[] words)
        {
            if (Text(json, name) is { } word && words.Contains(word, StringComparer.Ordinal))
            {
                return word;
            }

            Wrong($"{path}.{name}", $"{name} is one of {string.Join(", ", words)}.");
            return null;
        }

        private static string? Text(JsonElement json, string name) =>
            json.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : null;

        private SegmentRule? Wrong(string path, string sentence)
        {
            Problems.Add(new SegmentProblem(path, sentence));
            return null;
        }
    }
}
