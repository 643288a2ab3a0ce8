namespace Relais.Engine.Ai;

/// <summary>
/// What the AI agent may look up in one turn. Tenant and contact are bound by the server when it is made; a model's
/// arguments only ever name what to look for inside them.
/// </summary>
/// <param name="FindOrder">Tracking number ⇒ the tenant's order, or null.</param>
/// <param name="SearchFaqs">A question ⇒ the tenant's FAQ entries, best first, with their scores.</param>
internal sealed record TurnTools(
    Func<string, CancellationToken, Task<OrderFact?>> FindOrder,
    Func<string, CancellationToken, Task<IReadOnlyList<FaqHit>>> SearchFaqs);

/// <summary>An order as the customer may hear of it.</summary>
/// <param name="TrackingNumber">Like TRK123456.</param>
/// <param name="Status">pending, confirmed, preparing, shipped, out_for_delivery, delivered, cancelled.</param>
/// <param name="Carrier">Who brings it, or null.</param>
/// <param name="ExpectedOn">Expected day of delivery, or null.</param>
internal sealed record OrderFact(string TrackingNumber, string Status, string? Carrier, DateOnly? ExpectedOn);

/// <summary>An FAQ entry that may answer a question.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Question">The owner's question.</param>
/// <param name="Answer">The owner's answer.</param>
/// <param name="Score">Likeness between 0 and 1.</param>
internal sealed record FaqHit(long Id, string Question, string Answer, double Score);
