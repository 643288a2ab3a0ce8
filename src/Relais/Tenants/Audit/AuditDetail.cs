using System.Text;
using System.Text.Json;

namespace Relais.Tenants.Audit;

/// <summary>
/// What an audit line tells of a request's body. In: the body and what the endpoint adds. Out: a JSON object of at most a kilobyte:
/// <c>fields</c> are the names of what was given, and the few values that are words of ours, numbers or yes and no. Texts, names,
/// addresses, numbers of phones and secrets never get in: only the keys listed here have their value told.
/// </summary>
internal static class AuditDetail
{
    private const int MaxBody = 256 * 1024;
    private const int MaxFields = 40;
    private const int MaxWord = 32;

    private static readonly HashSet<string> Told = new(StringComparer.Ordinal)
    {
        "role", "disabled", "status", "state", "enabled", "priority", "mode", "auto_respond", "ai_mode", "agent_id", "team_id", "inbox_id", "language",
        "version", "action", "kind", "granted", "purpose", "other_id", "label_id", "all", "mask_cards", "redact_for_models", "channel", "category",
    };

    public static string Of(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, object>? added = null)
    {
        var told = new SortedDictionary<string, object>(StringComparer.Ordinal);
        Read(body, told);
        foreach (var (key, value) in added ?? new Dictionary<string, object>())
        {
            told[key] = value;
        }

        return told.Count == 0 ? "{}" : JsonSerializer.Serialize(told);
    }

    /// <summary>The number under "id" of an answer, when it has one.</summary>
    public static long? IdIn(string answer)
    {
        if (answer.Length == 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(answer));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id");
            reader.Read();
            if (isId)
            {
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var id) ? id : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static void Read(ReadOnlyMemory<byte> body, SortedDictionary<string, object> told)
    {
        if (body.Length is 0 or > MaxBody || body.Span[0] != (byte)'{')
        {
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var names = new List<string>();
            foreach (var property in json.RootElement.EnumerateObject().Take(MaxFields))
            {
                if (!IsWord(property.Name))
                {
                    continue;
                }

                names.Add(property.Name);
                if (Told.Contains(property.Name) && Word(property.Value) is { } word)
                {
                    told[property.Name] = word;
                }
            }

            if (names.Count > 0)
            {
                told["fields"] = names.Distinct(StringComparer.Ordinal).ToArray();
            }
        }
        catch (JsonException)
        {
            // Not every body is JSON: a file has nothing to tell.
        }
    }

    private static object? Word(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when value.GetString() is { } text && IsWord(text) => text,
        _ => null,
    };

    /// <summary>A name of ours: letters and underscores; digits would let a number of a person in.</summary>
    private static bool IsWord(string text) =>
        text.Length is > 0 and <= MaxWord && text.All(c => c is '_' or '-' or '.' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
}
