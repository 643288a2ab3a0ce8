using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Engine.Flows;

/// <summary>What a question takes for an answer (property <c>relais.expects</c>).</summary>
/// <param name="Type">choice, text, name, email, phone, number, date, time, location or media.</param>
/// <param name="Invalid">Said when an answer does not fit, rendered; empty asks the question again.</param>
/// <param name="Attempts">Answers in all before people get the conversation.</param>
internal sealed record FlowExpectation(string Type, string Invalid, int Attempts)
{
    /// <summary>Shortest and longest text, smallest and greatest number, or null.</summary>
    public double? Min { get; init; }

    public double? Max { get; init; }

    /// <summary>Titles and ids to choose from.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    private const int UsualAttempts = 3;

    public static readonly IReadOnlyList<string> Types = ["choice", "text", "name", "email", "phone", "number", "date", "time", "location", "media"];

    public static FlowExpectation? Of(FlowRun run, JsonElement? own)
    {
        if (own is not { } o || !o.TryGetProperty("expects", out var expects) || expects.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return new FlowExpectation(
            Text(expects, "type") ?? "text",
            run.Render(FlowContent.Own(run, own, "invalid") ?? Text(expects, "invalid")).Trim(),
            AttemptsOf(Text(expects, "attempts")))
        {
            Min = Number(expects, "min"), Max = Number(expects, "max"), Choices = FlowContent.Choices(run, own),
        };
    }

    /// <summary>As written, within bounds; the usual number for what is none.</summary>
    public static int AttemptsOf(string? written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) ? Math.Clamp(attempts, 1, 20) : UsualAttempts;

    /// <summary>The answer in its normal form; null when it does not fit.</summary>
    public JsonNode? Value(FlowReply said, FlowRun run) => Type switch
    {
        "choice" => Choices.Any(c => c.Id == said.ChoiceId) ? JsonValue.Create(said.ChoiceId) : null,
        "location" => said.Type == "location" ? said.Inbound.DeepClone() : null,
        "media" => said.Type is "image" or "video" or "audio" or "document" ? JsonValue.Create(said.Inbound["MediaUrl0"]?.ToString() ?? "") : null,
        _ => Of(said.Text, run.World),
    };

    /// <summary>The same for an answer in words.</summary>
    public JsonNode? Of(string answer, FlowWorld world)
    {
        var text = PlainDigits(answer.Trim());
        return text.Length == 0 ? null : Type switch
        {
            "email" => MailAddress.TryCreate(text, out var mail) && mail.Address == text && mail.Host.Contains('.', StringComparison.Ordinal)
                ? JsonValue.Create(text.ToLowerInvariant()) : null,
            "phone" => PhoneNumbers.ToE164(text) is { } phone ? JsonValue.Create(phone) : null,
            "number" => Amount(text) is { } number && number >= (Min ?? double.MinValue) && number <= (Max ?? double.MaxValue) ? JsonValue.Create(number) : null,
            "date" => FlowDates.Day(text, world) is { } day ? JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null,
            "time" => FlowDates.Time(text) is { } time ? JsonValue.Create(time.ToString("HH:mm", CultureInfo.InvariantCulture)) : null,
            "name" => IsName(text) ? JsonValue.Create(text) : null,
            "choice" or "location" or "media" => null,
            _ => text.Length >= (Min ?? 0) && text.Length <= (Max ?? int.MaxValue) ? JsonValue.Create(answer.Trim()) : null,
        };
    }

    /// <summary>Two letters at least, and nothing that only an address, a number or a sentence has.</summary>
    private static bool IsName(string text) =>
        text.Length is >= 2 and <= 80 && text.Count(char.IsLetter) >= 2 && !text.Any(c => char.IsDigit(c) || c is '@' or '?' or '/' or '<' or '>' or '\n');

    private static double? Amount(string text) =>
        double.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    /// <summary>Arabic-Indic and other digits as 0–9.</summary>
    private static string PlainDigits(string text) => text.All(char.IsAscii) ? text
        : string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array) ? FlowWidget.AsText(value) : null;

    private static double? Number(JsonElement json, string name) =>
        double.TryParse(Text(json, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
