using System.Text.Encodings.Web;
using System.Text.Json;
using Relais.Commerce;
using Relais.Engine.Ai.BuiltIn;

namespace Relais.Engine.Ai;

/// <summary>
/// The tools as a model sees them, and the JSON they answer with. Results are JSON text, the one form that every
/// provider's wire takes as it is.
/// </summary>
internal static class AgentTools
{
    public const string TrackOrder = "track_order";
    public const string SearchKnowledge = "search_knowledge";
    public const string HandOff = "hand_off";

    /// <summary>The built-in agent's alone: models are not told of it.</summary>
    public const string OfferFaqs = "offer_faqs";
    public const string ListMyOrders = "list_my_orders";
    public const string ConfirmOrder = "confirm_order";
    public const string CancelOrder = "cancel_order";
    public const string ChangeOrder = "change_order";

    public const string TrackingNumber = "tracking_number";
    public const string Question = "question";
    public const string Reason = "reason";
    public const string Change = "change";

    private static readonly ToolArgument Number = new(TrackingNumber, 64, "As the customer wrote it, for example TRK123456");

    private static readonly ToolDefinition Track = new(
        TrackOrder, ToolRisk.Read, "Looks up one of this business's orders by its tracking number.", Number);

    private static readonly ToolDefinition Search = new(
        SearchKnowledge, ToolRisk.Read,
        "Searches the business's own answers to frequent questions (delivery, payment, hours, returns, prices…) and its documents. No entry means that the business has not said.",
        new ToolArgument(Question, 4_000, "The customer's question, in their words"));

    private static readonly ToolDefinition Offer = new(
        OfferFaqs, ToolRisk.Read, "Asks the customer which of the business's questions they mean.",
        new ToolArgument(Question, 4_000, "The customer's question, in their words"));

    private static readonly ToolDefinition List = new(
        ListMyOrders, ToolRisk.Read, "Lists the latest orders of the customer you are talking with.");

    private static readonly ToolDefinition Confirm = Asking(ConfirmOrder, "confirm an order that waits for confirmation");

    private static readonly ToolDefinition Cancel = Asking(CancelOrder, "cancel an order that has not been shipped");

    private static readonly ToolDefinition Modify = Asking(
        ChangeOrder, "have an order changed that has not been shipped",
        new ToolArgument(Change, 300, "What is to be changed, in the customer's words and language; no links"));

    /// <summary>Arabic stays Arabic instead of \u escapes, which cost a model six times the tokens. Never put into HTML.</summary>
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Ends the turn whatever else was called; it has no result.</summary>
    public static ToolDefinition HandingOff { get; } = new(
        HandOff, ToolRisk.HandOff, "Gives the conversation to a person of the business. The customer is told automatically.",
        new ToolArgument(Reason, 40, "Why", ["customer_asked", "no_answer_found", "order_not_found", "unreadable_message"]));

    /// <summary>The tools of one turn besides hand_off; those for orders are there when the turn has them.</summary>
    /// <param name="tools">Bound to the turn's tenant, contact and conversation.</param>
    /// <param name="language">fr, ar or en: of what the customer is asked.</param>
    public static List<AgentTool> Of(TurnTools tools, string language)
    {
        List<AgentTool> all =
        [
            new(Track, async (arguments, cancel) => new ToolAnswer(Write(await tools.FindOrder(arguments[TrackingNumber], cancel)))),
            new(Search, async (arguments, cancel) =>
            {
                var hits = await tools.SearchFaqs(arguments[Question], cancel);
                var passages = await tools.SearchPassages(arguments[Question], cancel);

                // A document may come from anywhere: only what the business wrote as an answer vouches for a link.
                return new ToolAnswer(Write(hits, passages)) { OwnWords = string.Join('\n', hits.Select(h => h.Answer)) };
            }),
            new(Offer, async (arguments, cancel) =>
            {
                var hits = await tools.SearchFaqs(arguments[Question], cancel);
                return new ToolAnswer(Write(hits, []), FaqOffer.IsWorthIt(hits) ? [new Decision.Send(FaqOffer.Content(language, hits))] : []);
            }),
        ];
        if (tools.Orders is { } orders)
        {
            all.Add(new(List, async (_, cancel) => new ToolAnswer(Write(await orders.ListMine(cancel)))));
            all.Add(new(Confirm, (arguments, cancel) => Ask(orders, OrderAct.Confirm, arguments, language, cancel)));
            all.Add(new(Cancel, (arguments, cancel) => Ask(orders, OrderAct.Cancel, arguments, language, cancel)));
            all.Add(new(Modify, (arguments, cancel) => Ask(orders, OrderAct.Modify, arguments, language, cancel)));
        }

        all.AddRange(tools.More);
        return all;
    }

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

    public static string Write(IReadOnlyList<FaqHit> faqs, IReadOnlyList<PassageHit> passages) => KnowledgeEntries.Write(faqs, passages, Json);

    public static string Write(IReadOnlyList<OrderFact> orders) => JsonSerializer.Serialize(new OrdersResult(orders), Json);

    public static OrderFact? ReadOrder(object? result) => Read<OrderResult>(result)?.Order;

    public static IReadOnlyList<FaqHit> ReadHits(object? result) => KnowledgeEntries.Faqs(result, Json);

    public static IReadOnlyList<PassageHit> ReadPassages(object? result) => KnowledgeEntries.Passages(result, Json);

    public static IReadOnlyList<OrderFact> ReadOrders(object? result) => Read<OrdersResult>(result)?.Orders ?? [];

    /// <summary>What became of a question about an order: its state, and the order when it may be spoken of.</summary>
    public static (OrderAskState State, OrderFact? Order) ReadAsked(object? result) => Read<AskResult>(result) is { } asked
        ? (Enum.GetValues<OrderAskState>().First(s => Word(s) == asked.State), asked.Order) : (OrderAskState.NotFound, null);

    private static async Task<ToolAnswer> Ask(
        OrderTools orders, string act, IReadOnlyDictionary<string, string> arguments, string language, CancellationToken cancel)
    {
        var asked = await orders.Ask(act, arguments[TrackingNumber], arguments.GetValueOrDefault(Change), language, cancel);
        return new ToolAnswer(
            JsonSerializer.Serialize(new AskResult(Word(asked.State), asked.Order), Json),
            asked.Question is { } question ? [new Decision.Send(question)] : []);
    }

    private static ToolDefinition Asking(string name, string what, params ReadOnlySpan<ToolArgument> more) => new(
        name, ToolRisk.ConfirmedEffect,
        $"Asks the customer, with buttons, whether to {what}. Nothing happens before they tap; never say that it is done.",
        [Number, .. more]);

    private static string Word(OrderAskState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    private static T? Read<T>(object? result)
        where T : class => result is string text ? JsonSerializer.Deserialize<T>(text, Json) : null;

    private sealed record OrderResult(bool Found, OrderFact? Order);

    private sealed record OrdersResult(IReadOnlyList<OrderFact> Orders);

    private sealed record AskResult(string State, OrderFact? Order);
}
