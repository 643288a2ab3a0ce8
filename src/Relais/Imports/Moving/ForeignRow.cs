using System.Globalization;
using System.Text.Json;

namespace Relais.Imports.Moving;

/// <summary>
/// A row of another system: names and texts. Names are looked up without regard to case, underscores and hyphens, under the words that
/// the five systems use for the same thing.
/// </summary>
internal sealed class ForeignRow
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public ForeignRow(IEnumerable<(string Name, string? Value)> cells)
    {
        foreach (var (name, value) in cells)
        {
            // PostgreSQL takes no zero characters.
            if (value?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } text)
            {
                values.TryAdd(Plain(name), text);
            }
        }
    }

    /// <summary>One line of JSON, as mongoexport writes it too (<c>$oid</c>, <c>$date</c>, <c>$numberLong</c>). Objects inside are read as name.inner.</summary>
    /// <exception cref="JsonException">Not an object.</exception>
    public static ForeignRow FromJson(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? new ForeignRow(Cells("", json.RootElement))
            : throw new JsonException("A line is an object.");
    }

    public string? Text(params string[] names) => names.Select(n => values.GetValueOrDefault(n)).FirstOrDefault(v => v is not null);

    /// <summary>ISO 8601, SQLite's and MySQL's <c>2025-01-31 12:00:00</c> (UTC), seconds or milliseconds since 1970. Null when nothing is there.</summary>
    /// <exception cref="FormatException">Something else is there.</exception>
    public long? Instant(params string[] names) => Text(names) is { } text ? Instant(text) : null;

    public static long Instant(string text)
    {
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number switch
            {
                > 100_000_000_000_000 => number,
                > 100_000_000_000 => number * 1_000,
                _ => number * 1_000_000,
            };
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Foundation.Instants.ToMicros(at)
            : throw new FormatException($"“{Short(text)}” is no time: write it as 2025-01-31T12:00:00Z.");
    }

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Trim().ToLowerInvariant();

    private static IEnumerable<(string Name, string? Value)> Cells(string before, JsonElement json) => json.EnumerateObject().SelectMany(p => p.Value.ValueKind switch
    {
        JsonValueKind.Object when p.Value.EnumerateObject().FirstOrDefault() is { Name: ['$', ..], Value.ValueKind: not JsonValueKind.Object } wrapped =>
            [(before + p.Name, wrapped.Value.ToString())],
        JsonValueKind.Object when p.Value.EnumerateObject().FirstOrDefault() is { Name: "$date" } wrapped => [(before + p.Name, wrapped.Value.EnumerateObject().First().Value.ToString())],
        JsonValueKind.Object => Cells(before + p.Name + ".", p.Value).Prepend((before + p.Name, p.Value.GetRawText())),
        JsonValueKind.Array => [(before + p.Name, p.Value.GetRawText())],
        JsonValueKind.Null => [],
        JsonValueKind.True or JsonValueKind.False => [(before + p.Name, p.Value.GetRawText())],
        _ => (IEnumerable<(string, string?)>)[(before + p.Name, p.Value.ToString())],
    });
}
