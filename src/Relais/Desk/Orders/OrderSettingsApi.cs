using System.Globalization;
using Relais.Commerce.Orders;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Orders;

/// <param name="Status">confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.</param>
/// <param name="Enabled">Whether customers are told.</param>
/// <param name="Words">In fr, ar and en; left out, those that come with Relais.</param>
/// <param name="Template">Sent outside the service window; empty or left out: nothing.</param>
internal sealed record OrderNoticeBody(string? Status, bool? Enabled, LocalText? Words, string? Template);

/// <param name="Items">The statuses to change; the others stay.</param>
internal sealed record OrderNoticesBody(IReadOnlyList<OrderNoticeBody?>? Items);

/// <param name="Items">Every status that customers can be told of.</param>
/// <param name="Placeholders">The words in braces that may stand in them.</param>
internal sealed record OrderNotices(IReadOnlyList<OrderNotice> Items, IReadOnlyList<string> Placeholders);

/// <summary>What customers are told by themselves, when they are reminded, and what the figures are.</summary>
internal static class OrderSettingsApi
{
    private const int MostDays = 366;

    public static void MapOrderSettings(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").WithTags("Orders");
        orders.MapGet("/notices", Notices).RequireAuthorization(Policies.Agent).WithName("get_order_notices")
            .WithSummary("What customers are told when their order comes to a status.").Produces<OrderNotices>();
        orders.MapPut("/notices", PutNotices).RequireAuthorization(Policies.Admin).WithName("put_order_notices")
            .WithSummary("Change what customers are told. A line whose placeholder is unknown is left out when it is sent.")
            .Accepts<OrderNoticesBody>("application/json").Produces<OrderNotices>().ProducesProblem(400);
        orders.MapGet("/reminders", Reminders).RequireAuthorization(Policies.Agent).WithName("get_order_reminders")
            .WithSummary("When customers are reminded of orders they have not confirmed.").Produces<OrderReminding>();
        orders.MapPut("/reminders", PutReminders).RequireAuthorization(Policies.Admin).WithName("put_order_reminders")
            .WithSummary("Change when they are reminded, and how often.").Accepts<OrderReminding>("application/json").Produces<OrderReminding>().ProducesProblem(400);
        orders.MapGet("/statistics", Statistics).RequireAuthorization(Policies.Agent).WithName("order_statistics")
            .WithSummary("Confirmation rate, time to confirm, reasons of cancellations, day by day; the last 30 days when nothing is named.")
            .Produces<OrderFigures>().ProducesProblem(400);
    }

    private static async Task<IResult> Notices(HttpContext http, SignedIn who, Database database) =>
        TypedResults.Ok(await database.Read(Scope.Tenant(who.Tenant), tx => Read(tx, who.Tenant), http.RequestAborted));

    private static async Task<IResult> PutNotices(HttpContext http, SignedIn who, Idempotency idempotency, Clock clock)
    {
        var (bytes, body) = await ApiBody.Read<OrderNoticesBody>(http.Request);
        for (var i = 0; i < (body.Items?.Count ?? 0); i++)
        {
            if (Wrong(body.Items![i]) is var (field, sentence) && field is not null)
            {
                return Problems.Invalid400($"items[{i}].{field}", sentence!);
            }
        }

        return body.Items is not { Count: > 0 } items ? Problems.Invalid400("items", "items is missing: name the statuses to change.")
            : await idempotency.Once(http, who, "PUT /api/orders/notices", bytes, async tx =>
            {
                var rules = await NoticeStore.Rules(tx, who.Tenant);
                foreach (var item in items)
                {
                    var old = rules.Find(r => r.Status == item!.Status)!;
                    var words = item!.Words?.Clean();
                    await NoticeStore.Put(tx, who.Tenant, new OrderNotice(
                        old.Status, item.Enabled ?? old.Enabled, words ?? old.Words, item.Template is { Length: > 0 } template ? template.Trim() : null),
                        words is not null, clock.Micros);
                }

                return (200, await Read(tx, who.Tenant));
            });
    }

    private static (string? Field, string? Sentence) Wrong(OrderNoticeBody? item) =>
        item?.Status is null || !OrderNotice.Usual.Any(r => r.Status == item.Status)
            ? ("status", $"status is one of {string.Join(", ", OrderNotice.Usual.Select(r => r.Status))}.")
        : item.Words?.All.Any(w => w.Length > OrderNotice.LongestWords) == true ? ("words", $"words have {OrderNotice.LongestWords} characters at most.")
        : item.Words?.All.SelectMany(Braced).FirstOrDefault(name => !OrderNotice.Placeholders.Contains(name)) is { } unknown
            ? ("words", $"There is no {{{unknown}}}. What may stand in braces is {string.Join(", ", OrderNotice.Placeholders)}.")
        : item.Template is { Length: > 0 } name && (name.Length > 512 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            ? ("template", "template is the name of a template: small letters, digits and _.")
        : (null, null);

    private static IEnumerable<string> Braced(string words)
    {
        for (var at = words.IndexOf('{', StringComparison.Ordinal); at >= 0; at = words.IndexOf('{', at + 1))
        {
            var end = words.IndexOf('}', at);
            yield return end < 0 ? words[(at + 1)..] : words[(at + 1)..end];
        }
    }

    private static async Task<IResult> Reminders(HttpContext http, SignedIn who, Database database) =>
        TypedResults.Ok(await database.Read(Scope.Tenant(who.Tenant), tx => OrderFollowStore.Reminding(tx, who.Tenant), http.RequestAborted));

    private static async Task<IResult> PutReminders(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, body) = await ApiBody.Read<OrderReminding>(http.Request);
        return body.Hours is < 1 or > 168 ? Problems.Invalid400("hours", "hours is a number from 1 to 168.")
            : body.Times is < 0 or > 2 ? Problems.Invalid400("times", "times is 0, 1 or 2.")
            : await idempotency.Once(http, who, "PUT /api/orders/reminders", bytes, async tx =>
            {
                await OrderFollowStore.SetReminding(tx, who.Tenant, body);
                return (200, body);
            });
    }

    private static async Task<IResult> Statistics(HttpContext http, SignedIn who, Database database, Clock clock, string? from = null, string? to = null)
    {
        return await database.Read<IResult>(Scope.Tenant(who.Tenant), async tx =>
        {
            var zone = (await TenantStore.Find(tx, who.Tenant))!.TimeZone;
            var today = OrderNotice.Today(zone, clock.Micros);
            if (!Day(to, today, out var last))
            {
                return Problems.Invalid400("to", "to is a date such as 2026-05-04.");
            }

            if (!Day(from, last.AddDays(-29), out var first) || first > last || last.DayNumber - first.DayNumber >= MostDays)
            {
                return Problems.Invalid400("from", $"from is a date such as 2026-05-04, not after to and at most {MostDays} days before it.");
            }

            return TypedResults.Ok(await OrderStatisticsStore.Of(tx, who.Tenant, zone, first, last));
        }, http.RequestAborted);
    }

    private static bool Day(string? written, DateOnly usual, out DateOnly day)
    {
        day = usual;
        return string.IsNullOrEmpty(written) || DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static async Task<OrderNotices> Read(Tx tx, long tenantId) => new(await NoticeStore.Rules(tx, tenantId), OrderNotice.Placeholders);
}
