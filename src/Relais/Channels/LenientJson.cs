using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels;

/// <summary>
/// Reading JSON that strangers shaped: nothing here throws. A wrong type reads as missing, a lone surrogate or bad UTF-8
/// as U+FFFD (the framework's <c>GetString</c> throws for both), a doubled name as its last value.
/// </summary>
internal static class LenientJson
{
    /// <summary>
    /// Names, values and brackets that are read. Meta's largest body holds 1,000 messages of some 50; the index of a body that is
    /// nothing but brackets would take fifteen times its own size, and the pools keep it long after.
    /// </summary>
    private const int MostTokens = 500_000;

    /// <summary>The document, or null with one sentence on why it cannot be read (bad JSON, deeper than 64 levels, too many values).</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, out string? problem)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            var json = body.Span.StartsWith(mark) ? body[mark.Length..] : body;
            problem = HasTooMuch(json.Span) ? "The body holds more values than any webhook does." : null;
            return problem is null ? JsonDocument.Parse(json) : null;
        }
        catch (JsonException error)
        {
            problem = $"The body is not JSON that can be read (byte {error.BytePositionInLine ?? 0} of line {(error.LineNumber ?? 0) + 1}).";
            return null;
        }
    }

    private static bool HasTooMuch(ReadOnlySpan<byte> json)
    {
        if (json.Length <= MostTokens)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        var tokens = 0;
        while (tokens <= MostTokens && reader.Read())
        {
            tokens++;
        }

        return tokens > MostTokens;
    }

    /// <summary>The value of a name, or <c>default</c> (kind Undefined) when this is no object or has no such name.</summary>
    public static JsonElement Get(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        try
        {
            return element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // Some other name in this object is not text; look at each alone.
            var found = default(JsonElement);
            foreach (var property in element.EnumerateObject())
            {
                found = property.Is(name) ? property.Value : found;
            }

            return found;
        }
    }

    public static bool Is(this JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool Has(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Get(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A string, or a number as written; normalised, null when missing or empty.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Get(name).Scalar();

    public static string? Scalar(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CustomerText.NormaliseOrNull(StringOf(value)),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>A whole number, also when written as a string.</summary>
    public static long? Whole(this JsonElement element, ReadOnlySpan<byte> name) =>
        long.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A finite number, also when written as a string.</summary>
    public static double? Number(this JsonElement element, ReadOnlySpan<byte> name) => ToNumber(element.Text(name));

    /// <summary>An amount, also when written as a string; null when it is none or larger than any price.</summary>
    public static decimal? Amount(this JsonElement element, ReadOnlySpan<byte> name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    public static double? ToNumber(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The items of an array; none when this is not an array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    /// <summary>The JSON as the provider wrote it, with bad UTF-8 made readable.</summary>
    public static string Raw(this JsonElement element) => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Unescape(value.Raw().AsSpan()[1..^1]);
        }
    }

    /// <summary>The parser has checked that every backslash begins a complete escape.</summary>
    private static string Unescape(ReadOnlySpan<char> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            var kind = escaped[++i];
            if (kind == 'u')
            {
                text.Append((char)ushort.Parse(escaped.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => kind });
            }
        }

        return text.ToString();
    }
}
