using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relais.Simulator;

/// <summary>The JSON of the control API: snake_case, as everywhere in Relais's APIs.</summary>
internal static class SimulatorJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // Answers are JSON documents, never parts of an HTML page, so letters may stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };
}

/// <summary>A bubble on the wire.</summary>
internal sealed record BubbleView(
    string Id, bool FromCustomer, string Type, string Text, DateTimeOffset At, BubbleState State, int? Answered, IReadOnlyList<Choice> Choices,
    Shown? Extra, string? Quotes, bool IsEdited, bool IsDeleted, string CustomerReaction, string BusinessReaction)
{
    public static BubbleView Of(PhoneMessage b) => new(
        b.Id, b.FromCustomer, b.Type, b.Text, b.At, b.State, b.Answered, b.Choices, b.Extra, b.Quotes, b.IsEdited, b.IsDeleted,
        b.CustomerReaction, b.BusinessReaction);
}
