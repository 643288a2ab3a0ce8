using System.Globalization;
using System.Text.Json;
using Relais.Foundation;

namespace Relais.Channels.Meta;

/// <summary>
/// News of a template, told apart by their keys: Meta's own sample of a quality update stands under the name of a status update.
/// </summary>
internal static class MetaTemplateNews
{
    public static TemplateNews Read(JsonElement value) => new(
        value.Text("message_template_id"u8),
        value.Text("message_template_name"u8),
        Language(value.Text("message_template_language"u8)),
        Status(value),
        Reason(value),
        Word(ProviderText.FirstOf(value.Text("new_category"u8), value.Text("message_template_category"u8))),
        Quality(value.Text("new_quality_score"u8)));

    /// <summary>en-US in webhooks, en_US everywhere else.</summary>
    public static string? Language(string? written)
    {
        var parts = written?.Split('-', '_');
        return parts is not { Length: 2 } ? written
            : $"{parts[0].ToLowerInvariant()}_{(parts[1].Length == 2 ? parts[1].ToUpperInvariant() : parts[1])}";
    }

    public static string? Quality(string? written) => Word(written) switch
    {
        null => null,
        "green" or "yellow" or "red" => Word(written),
        _ => "unknown",
    };

    /// <summary>A flagged template may still be sent.</summary>
    private static string? Status(JsonElement value) => Word(value.Text("event"u8)) switch
    {
        "reinstated" or "unarchived" or "flagged" => "approved",
        var word => word,
    };

    private static string? Reason(JsonElement value)
    {
        if (value.Text("correct_category"u8) is { } next)
        {
            var day = ProviderText.Micros(value.Whole("category_update_timestamp"u8)) is { } at
                ? string.Create(CultureInfo.InvariantCulture, $" on {Instants.FromMicros(at):yyyy-MM-dd}")
                : string.Empty;
            return $"Meta will make it a {Word(next)} template{day}.";
        }

        var rejection = value.Get("rejection_info"u8);
        var other = value.Get("other_info"u8);
        var words = ProviderText.FirstOf(
            Sentences(rejection.Text("reason"u8), rejection.Text("recommendation"u8)), Sentences(other.Text("title"u8), other.Text("description"u8)));
        var code = Word(value.Text("reason"u8)) is { } reason && reason != "none" ? reason : null;
        return (code, words, Word(value.Text("event"u8))) switch
        {
            (null, null, "flagged") => "Customers gave it bad marks: Meta may pause it.",
            (not null, not null, _) => $"{code}: {words}",
            _ => words ?? code,
        };
    }

    private static string? Sentences(string? first, string? second) =>
        first is not null && second is not null ? $"{first} {second}" : first ?? second;

    private static string? Word(string? word) => word is null ? null : ProviderText.Word(word, "");
}
