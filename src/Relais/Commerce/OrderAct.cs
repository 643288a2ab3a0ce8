using Relais.Commerce.Orders;

namespace Relais.Commerce;

/// <summary>What a customer's tap may do to an order; the words are part of the buttons' ids and of stored rows.</summary>
internal static class OrderAct
{
    public const string Confirm = "confirm";
    public const string Modify = "modify";
    public const string Cancel = "cancel";

    /// <summary>"No, leave it": spends the question, changes nothing.</summary>
    public const string Keep = "keep";

    /// <summary>The states of an order in which an act may still be done.</summary>
    public static IReadOnlyList<string> States(string act) => act switch
    {
        Confirm => OrderMachine.From(OrderActor.Customer, OrderMachine.Confirmed),
        Modify or Cancel => OrderMachine.From(OrderActor.Customer, OrderMachine.Cancelled),
        Keep => OrderMachine.Statuses,
        _ => [],
    };

    public static bool IsPossible(string act, string status) => States(act).Contains(status);
}

/// <summary>What came of a tap, as stored.</summary>
internal static class OrderOutcome
{
    public const string Confirmed = "confirmed";
    public const string Cancelled = "cancelled";
    public const string ChangeRequested = "change_requested";

    /// <summary>The customer wants a change and is asked which one: their next message says it.</summary>
    public const string ChangeAsked = "change_asked";
    public const string Kept = "kept";
    public const string Impossible = "impossible";

    /// <summary>A person has to allow it first (OrderApproval).</summary>
    public const string AwaitsApproval = "awaits_approval";
}
