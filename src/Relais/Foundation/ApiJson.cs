using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Relais.Foundation;

/// <summary>
/// The JSON of the API: snake_case names, nulls written, instants as ISO-8601 UTC with "Z". Letters of every script stay
/// readable; only what is dangerous inside HTML is escaped. Unknown fields of a request are ignored, doubled ones refused.
/// </summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Makes typed results and ProblemDetails speak the same JSON.</summary>
    public static IServiceCollection AddApiJson(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json => Apply(json.SerializerOptions))
        .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 32;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new InstantConverter());
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        return options;
    }

    /// <summary>Milliseconds, always "Z": what JavaScript's Date writes and every client reads.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant)
                ? instant
                : throw new JsonException("An instant is written like 2026-05-04T13:00:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
