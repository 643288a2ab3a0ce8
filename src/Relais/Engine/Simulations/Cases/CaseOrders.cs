using Relais.Commerce;
using Relais.Engine.Ai.BuiltIn;
using Relais.Storage;

namespace Relais.Engine.Simulations.Cases;

/// <summary>The orders that a real chat speaks of, as a case has them.</summary>
internal static class CaseOrders
{
    private const int Most = 20;

    /// <summary>By number as it is looked up; numbers that are none of the tenant's orders are left out.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="contactId">The customer: their own orders are "mine".</param>
    /// <param name="texts">What was written.</param>
    public static async Task<IReadOnlyDictionary<string, CaseOrder>> Of(Tx tx, long tenantId, long contactId, IEnumerable<string> texts)
    {
        var found = new Dictionary<string, CaseOrder>(StringComparer.Ordinal);
        foreach (var number in texts.SelectMany(t => TrackingNumbers.In(t, true, true)).Distinct(StringComparer.Ordinal).Take(Most))
        {
            if (await OrderStore.FindByTracking(tx, tenantId, number) is { } order)
            {
                found[number] = new CaseOrder(number, order.Status, order.ContactId == contactId, order.Carrier);
            }
        }

        return found;
    }
}
