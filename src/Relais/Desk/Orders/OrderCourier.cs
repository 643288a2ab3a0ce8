using System.Globalization;
using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Orders;

/// <summary>What a courier tells of an order.</summary>
/// <param name="Status">shipped, out_for_delivery or delivered.</param>
/// <param name="TrackingNumber">The courier's own, when it is new.</param>
/// <param name="Carrier">Who brings it.</param>
/// <param name="Note">A few words.</param>
/// <param name="EstimatedDelivery">ISO date.</param>
internal record CourierStatusBody(
    string? Status = null, string? TrackingNumber = null, string? Carrier = null, string? Note = null, string? EstimatedDelivery = null);

/// <param name="Effect">moved; updated (only what is known of the delivery); none (told before, or older than what is known).</param>
/// <param name="Order">As it is now.</param>
internal sealed record CourierAnswer(string Effect, OrderAnswer Order);

/// <summary>
/// Carries out what couriers tell, by the API or by webhook. Promises: an order goes forward only; told three times, it moves and its
/// customer hears of it once.
/// </summary>
internal sealed class OrderCourier(OrderNews news, Clock clock)
{
    private const int LongestNote = 500;
    private const int LongestCarrier = 80;

    public static int IdsNeeded => OrderNews.IdsNeeded;

    public static IReadOnlyList<ContentProblem> Wrong(CourierStatusBody told)
    {
        var problems = new List<ContentProblem>();
        if (told.Status is null || !OrderMachine.OfCouriers.Contains(told.Status))
        {
            problems.Add(new("status", $"status is one of {string.Join(", ", OrderMachine.OfCouriers)}."));
        }

        if (told.EstimatedDelivery is { Length: > 0 } day && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            problems.Add(new("estimated_delivery", "estimated_delivery is a date such as 2026-05-04."));
        }

        if (told.Note?.Length > LongestNote)
        {
            problems.Add(new("note", $"note has {LongestNote} characters at most."));
        }

        if (told.Carrier?.Length > LongestCarrier)
        {
            problems.Add(new("carrier", $"carrier has {LongestCarrier} characters at most."));
        }

        if (told.TrackingNumber?.Length > 64)
        {
            problems.Add(new("tracking_number", "tracking_number has 64 characters at most."));
        }

        return problems;
    }

    /// <param name="tx">The caller's.</param>
    /// <param name="order">Any order of the tenant.</param>
    /// <param name="told">Found right by <see cref="Wrong"/>.</param>
    /// <param name="agentId">Who handed it on at the desk, or null.</param>
    /// <param name="ids">At least <see cref="IdsNeeded"/>.</param>
    public async Task<CourierAnswer> Apply(Tx tx, Order order, CourierStatusBody told, long? agentId, IdRange ids)
    {
        var (tenantId, id, now) = (order.TenantId, order.Id, clock.Micros);
        var why = CustomerText.Normalise(ShortText.OneLine(told.Note ?? "")).Trim();
        var hasMoved = await OrderStore.Change(
            tx, tenantId, id, order.ContactId ?? 0, OrderMachine.From(OrderActor.Courier, told.Status!), told.Status, null,
            new OrderBy(OrderActor.Courier, agentId, why.Length == 0 ? null : why), now);

        // The same status again may bring a new day; an older one brings nothing.
        var stands = (await OrderStore.Find(tx, tenantId, id))!;
        var isNews = hasMoved || (stands.Status == told.Status && Differs(stands, told));
        if (isNews)
        {
            await OrderStore.Describe(tx, tenantId, id, Text(told.Carrier), told.EstimatedDelivery is { Length: > 0 } day ? day : null, now);
            await OrderStore.Track(tx, tenantId, id, OrderStore.Clean(told.TrackingNumber));
            stands = (await OrderStore.Find(tx, tenantId, id))!;
            await news.Tell(tx, stands, hasMoved ? stands.Status : null, agentId, ids);
        }

        if (hasMoved)
        {
            await news.Notify(tx, stands, "the courier", ids);
        }

        return new CourierAnswer(hasMoved ? "moved" : isNews ? "updated" : "none", OrderAnswer.Of((await OrderRead.Find(tx, tenantId, id))!));
    }

    private static bool Differs(Order order, CourierStatusBody told) =>
        (told.EstimatedDelivery is { Length: > 0 } day && day != order.ExpectedOn) || (Text(told.Carrier) is { } carrier && carrier != order.Carrier)
        || (OrderStore.Clean(told.TrackingNumber) is { } number && number != order.TrackingNumber);

    private static string? Text(string? text) => CustomerText.Normalise(ShortText.OneLine(text ?? "")).Trim() is { Length: > 0 } kept ? kept : null;
}
