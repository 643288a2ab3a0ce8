using NodaTime;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commerce.Orders;

/// <summary>A day of orders, by when they were made.</summary>
/// <param name="Day">ISO date where the business is.</param>
/// <param name="Created">Orders made.</param>
/// <param name="Asked">Of them, those whose customers were asked to confirm.</param>
/// <param name="Confirmed">Of them, confirmed.</param>
/// <param name="Cancelled">Of them, cancelled.</param>
internal sealed record OrderDay(string Day, int Created, int Asked, int Confirmed, int Cancelled);

/// <param name="Reason">In the words of whoever cancelled; empty where none was given.</param>
/// <param name="Actor">person, customer, courier, system.</param>
/// <param name="Count">How often.</param>
internal sealed record CancellationReason(string Reason, string Actor, long Count);

/// <summary>Figures of orders made in a time.</summary>
/// <param name="Created">Orders made; carts that nobody placed are not among them.</param>
/// <param name="Asked">Those whose customers were asked to confirm.</param>
/// <param name="Confirmed">Of those asked, confirmed.</param>
/// <param name="Cancelled">Of all, cancelled.</param>
/// <param name="ConfirmationRate">Confirmed of asked, 0 to 1; null when nobody was asked.</param>
/// <param name="MedianSecondsToConfirm">From asking to confirming; null when nobody confirmed.</param>
/// <param name="ToCall">Orders that wait for a call now.</param>
/// <param name="Reasons">Of cancellations in that time, the most frequent first.</param>
/// <param name="Days">Every day of the time.</param>
internal sealed record OrderFigures(
    int Created, int Asked, int Confirmed, int Cancelled, double? ConfirmationRate, long? MedianSecondsToConfirm, long ToCall,
    IReadOnlyList<CancellationReason> Reasons, IReadOnlyList<OrderDay> Days);

/// <summary>What is counted of an order.</summary>
internal sealed class CountedOrder
{
    public long CreatedAt { get; init; }

    public string Status { get; init; } = "";

    public long? ConfirmationSentAt { get; init; }

    public long? ConfirmedAt { get; init; }
}

/// <summary>Counts orders. Pure but for <see cref="Of(Tx, long, string, DateOnly, DateOnly)"/>.</summary>
internal static class OrderStatisticsStore
{
    private const int MostReasons = 20;

    /// <param name="tx">Any.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="zone">IANA name of the business.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    public static async Task<OrderFigures> Of(Tx tx, long tenantId, string zone, DateOnly from, DateOnly to)
    {
        var tz = Zones.Of(zone);
        var (since, until) = (Begin(tz, from), Begin(tz, to.AddDays(1)));
        var orders = await tx.Query<CountedOrder>("""
            SELECT created_at AS "CreatedAt", status AS "Status", confirmation_sent_at AS "ConfirmationSentAt", confirmed_at AS "ConfirmedAt"
            FROM customer_order WHERE tenant_id = @tenantId AND created_at >= @since AND created_at < @until
              AND (status <> 'draft' OR order_number IS NOT NULL)
            """, new { tenantId, since, until });
        var reasons = await tx.Query<(string? Why, string Actor, long Count)>("""
            SELECT why, actor, count(*) FROM order_move
            WHERE tenant_id = @tenantId AND to_status = 'cancelled' AND created_at >= @since AND created_at < @until
            GROUP BY why, actor ORDER BY count(*) DESC, why LIMIT @most
            """, new { tenantId, since, until, most = MostReasons });
        var toCall = await tx.QueryFirst<long>(
            "SELECT count(*) FROM customer_order WHERE tenant_id = @tenantId AND call_at IS NOT NULL", new { tenantId });
        return Of(orders, reasons.ConvertAll(r => new CancellationReason(r.Why ?? "", r.Actor, r.Count)), toCall, tz, from, to);
    }

    public static OrderFigures Of(
        IReadOnlyList<CountedOrder> orders, IReadOnlyList<CancellationReason> reasons, long toCall, DateTimeZone zone, DateOnly from, DateOnly to)
    {
        var asked = orders.Where(o => o.ConfirmationSentAt is not null).ToList();
        var confirmed = asked.Where(o => o.ConfirmedAt is not null).ToList();
        var days = orders.ToLookup(o => DayOf(zone, o.CreatedAt));
        var seconds = confirmed.Select(o => Math.Max(0, o.ConfirmedAt!.Value - o.ConfirmationSentAt!.Value) / Foundation.Instants.Second).Order().ToList();
        return new OrderFigures(
            orders.Count, asked.Count, confirmed.Count, orders.Count(IsCancelled),
            asked.Count == 0 ? null : Math.Round((double)confirmed.Count / asked.Count, 4),
            seconds.Count == 0 ? null : (seconds[(seconds.Count - 1) / 2] + seconds[seconds.Count / 2]) / 2, toCall, reasons,
            [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Select(day => new OrderDay(
                day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), days[day].Count(), days[day].Count(o => o.ConfirmationSentAt is not null),
                days[day].Count(o => o.ConfirmedAt is not null), days[day].Count(IsCancelled)))]);
    }

    private static bool IsCancelled(CountedOrder order) => order.Status == OrderMachine.Cancelled;

    private static DateOnly DayOf(DateTimeZone zone, long at)
    {
        var date = Instant.FromUnixTimeTicks(at * 10).InZone(zone).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    private static long Begin(DateTimeZone zone, DateOnly day) =>
        zone.AtStartOfDay(new LocalDate(day.Year, day.Month, day.Day)).ToInstant().ToUnixTimeTicks() / 10;
}
