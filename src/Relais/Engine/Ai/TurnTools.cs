namespace Relais.Engine.Ai;

/// <summary>
/// What the AI agent may look up in one turn. Tenant and contact are bound by the server when it is made; a model's
/// arguments only ever name what to look for inside them.
/// </summary>
/// <param name="FindOrder">Tracking number ⇒ the tenant's order, or null.</param>
/// <param name="SearchFaqs">A question ⇒ the tenant's FAQ entries, best first, with their scores.</param>
internal sealed record TurnTools(
    Func<string, CancellationToken, Task<OrderFact?>> FindOrder,
    Func<string, CancellationToken, Task<IReadOnlyList<FaqHit>>> SearchFaqs)
{
    /// <summary>What concerns the customer's own orders; null offers none of it.</summary>
    public OrderTools? Orders { get; init; }

    /// <summary>A question ⇒ passages of the tenant's documents, best first; nothing below the floor.</summary>
    public Func<string, CancellationToken, Task<IReadOnlyList<PassageHit>>> SearchPassages { get; init; } =
        (_, _) => Task.FromResult<IReadOnlyList<PassageHit>>([]);

    /// <summary>Tools the tenant has besides: its own systems', its products'.</summary>
    public IReadOnlyList<AgentTool> More { get; init; } = [];
}

/// <summary>The turn's contact's own orders.</summary>
/// <param name="ListMine">Newest first, at most 10; a draft has the status cart.</param>
/// <param name="Ask">Word of OrderAct, number, what to change, language ⇒ the question, stored, with its buttons. Changes no order.</param>
internal sealed record OrderTools(
    Func<CancellationToken, Task<IReadOnlyList<OrderFact>>> ListMine,
    Func<string, string, string?, string, CancellationToken, Task<OrderAsked>> Ask);

/// <summary>Whether the customer is asked, or why not.</summary>
internal enum OrderAskState
{
    /// <summary>The question goes out.</summary>
    Asked,

    /// <summary>This customer has no such order, whoever else may have it.</summary>
    NotFound,

    /// <summary>Its state does not allow it any more.</summary>
    Impossible,

    /// <summary>Too many questions in one turn, or words that may not be shown.</summary>
    Refused,
}

/// <param name="State">What became of it.</param>
/// <param name="Order">The customer's own order, unless it was not found.</param>
/// <param name="Question">What to send, when it is asked.</param>
internal sealed record OrderAsked(OrderAskState State, OrderFact? Order = null, Relais.Channels.OutboundContent? Question = null);

/// <summary>An order as the customer may hear of it.</summary>
/// <param name="TrackingNumber">Like TRK123456.</param>
/// <param name="Status">placed, confirmed, preparing, shipped, out_for_delivery, delivered, cancelled.</param>
/// <param name="Carrier">Who brings it, or null.</param>
/// <param name="ExpectedOn">Expected day of delivery, or null.</param>
internal sealed record OrderFact(string TrackingNumber, string Status, string? Carrier, DateOnly? ExpectedOn);

/// <summary>An FAQ entry that may answer a question.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Question">The owner's question.</param>
/// <param name="Answer">The owner's answer.</param>
/// <param name="Score">Likeness between 0 and 1.</param>
internal sealed record FaqHit(long Id, string Question, string Answer, double Score);

/// <summary>A passage of a document that may answer a question.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Heading">The headings it stands under; may be empty.</param>
/// <param name="Text">Its words.</param>
/// <param name="Source">The document's title.</param>
/// <param name="Score">Between 0 and 1.</param>
internal sealed record PassageHit(long Id, string Heading, string Text, string Source, double Score);
