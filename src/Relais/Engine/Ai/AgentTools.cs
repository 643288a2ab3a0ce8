using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Relais.Engine.Ai;

/// <summary>
/// The three tools as a model sees them, and the JSON they answer with. Results are JSON text, the one form that every
/// provider's wire takes as it is.
/// </summary>
internal static class AgentTools
{
    public const string TrackOrder = "track_order";
    public const string SearchFaq = "search_faq";
    public const string HandOff = "hand_off";

    public const string TrackingNumber = "tracking_number";
    public const string Question = "question";
    public const string Reason = "reason";

    /// <summary>Arabic stays Arabic instead of \u escapes, which cost a model six times the tokens. Never put into HTML.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IList<AITool> Declarations { get; } =
    [
        Declare(TrackOrder, "Looks up one of this business's orders by its tracking number.", TrackingNumber,
            """{"type":"string","description":"As the customer wrote it, for example TRK123456"}"""),
        Declare(SearchFaq, "Searches the business's own answers to frequent questions (delivery, payment, hours, returns, prices…).", Question,
            """{"type":"string","description":"The customer's question, in their words"}"""),
        Declare(HandOff, "Gives the conversation to a person of the business. The customer is told automatically.", Reason,
            """{"type":"string","enum":["customer_asked","no_answer_found","order_not_found","unreadable_message"]}"""),
    ];

    public static HandoffReason ReasonFrom(string? word) => word switch
    {
        "customer_asked" => HandoffReason.CustomerAsked,
        "order_not_found" => HandoffReason.OrderNotFound,
        "unreadable_message" => HandoffReason.UnreadableMessage,
        "budget_spent" => HandoffReason.BudgetSpent,
        // A model that wants a person but gives no reason we know has no answer.
        _ => HandoffReason.NoAnswerFound,
    };

    public static string WordFor(HandoffReason reason) => reason switch
    {
        HandoffReason.CustomerAsked => "customer_asked",
        HandoffReason.OrderNotFound => "order_not_found",
        HandoffReason.UnreadableMessage => "unreadable_message",
        HandoffReason.BudgetSpent => "budget_spent",
        _ => "no_answer_found",
    };

    public static string Write(OrderFact? order) => JsonSerializer.Serialize(new OrderResult(order is not null, order), Json);

    public static string Write(IReadOnlyList<FaqHit> hits) => JsonSerializer.Serialize(new FaqResult(hits), Json);

    public static OrderFact? ReadOrder(object? result) => Read<OrderResult>(result)?.Order;

    public static IReadOnlyList<FaqHit> ReadHits(object? result) => Read<FaqResult>(result)?.Entries ?? [];

    private static T? Read<T>(object? result)
        where T : class => result is string text ? JsonSerializer.Deserialize<T>(text, Json) : null;

    private static AIFunctionDeclaration Declare(string name, string description, string argument, string argumentSchema)
    {
        using var schema = JsonDocument.Parse(
            $$"""{"type":"object","properties":{"{{argument}}":{{argumentSchema}}},"required":["{{argument}}"],"additionalProperties":false}""");
        return AIFunctionFactory.CreateDeclaration(name, description, schema.RootElement.Clone());
    }

    private sealed record OrderResult(bool Found, OrderFact? Order);

    private sealed record FaqResult(IReadOnlyList<FaqHit> Entries);
}
