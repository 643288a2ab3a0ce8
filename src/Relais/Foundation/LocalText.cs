using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Foundation;

/// <summary>Words for customers in the languages there are: <c>{"fr": "…", "ar": "…"}</c>, or a plain text that serves for all of them.</summary>
[JsonConverter(typeof(Json))]
internal sealed record LocalText(string? Any, string? Fr = null, string? Ar = null, string? En = null)
{
    private static readonly string[] Languages = ["fr", "ar", "en"];

    /// <summary>Every text there is.</summary>
    public IEnumerable<string> All => new[] { Any, Fr, Ar, En }.OfType<string>();

    public static LocalText Read(string stored) => JsonSerializer.Deserialize<LocalText>(stored, ApiJson.Options)!;

    /// <summary>As stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, ApiJson.Options);

    /// <summary>In that language; where it is missing, in one that there is.</summary>
    public string In(string language) => (language switch { "ar" => Ar, "en" => En, _ => Fr }) ?? Any ?? Fr ?? En ?? Ar ?? "";

    /// <summary>Trimmed and without what storage refuses; empty texts are none. Null when none is left.</summary>
    public LocalText? Clean()
    {
        var clean = new LocalText(One(Any), One(Fr), One(Ar), One(En));
        return clean.All.Any() ? clean : null;

        static string? One(string? text) => text is null ? null : CustomerText.Normalise(text).Trim() is { Length: > 0 } kept ? kept : null;
    }

    internal sealed class Json : JsonConverter<LocalText>
    {
        public override LocalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return new LocalText(reader.GetString());
            }

            var read = JsonSerializer.Deserialize<Dictionary<string, string?>>(ref reader, options) ?? [];
            return read.Keys.All(Languages.Contains)
                ? new LocalText(null, read.GetValueOrDefault("fr"), read.GetValueOrDefault("ar"), read.GetValueOrDefault("en"))
                : throw new JsonException("A text is a string, or an object of fr, ar and en.");
        }

        public override void Write(Utf8JsonWriter writer, LocalText value, JsonSerializerOptions options)
        {
            if (value.Any is { } any)
            {
                writer.WriteStringValue(any);
                return;
            }

            writer.WriteStartObject();
            foreach (var (name, text) in new[] { ("fr", value.Fr), ("ar", value.Ar), ("en", value.En) })
            {
                if (text is not null)
                {
                    writer.WriteString(name, text);
                }
            }

            writer.WriteEndObject();
        }
    }
}
