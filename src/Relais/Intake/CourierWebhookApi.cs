using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relais.Commerce;
using Relais.Commerce.Orders;
using Relais.Desk.Orders;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>A courier's call.</summary>
/// <param name="OrderNumber">The business's number of the order; or tracking_number.</param>
/// <param name="Status">shipped, out_for_delivery or delivered.</param>
/// <param name="TrackingNumber">The courier's number; with order_number it becomes the order's.</param>
/// <param name="Carrier">Who brings it.</param>
/// <param name="Note">A few words.</param>
/// <param name="EstimatedDelivery">ISO date.</param>
internal sealed record CourierCall(
    string? OrderNumber = null, string? Status = null, string? TrackingNumber = null, string? Carrier = null, string? Note = null, string? EstimatedDelivery = null)
    : CourierStatusBody(Status, TrackingNumber, Carrier, Note, EstimatedDelivery);

/// <param name="Effect">moved, updated or none.</param>
/// <param name="Status">Where the order stands now.</param>
internal sealed record CourierCallAnswer(string Effect, string Status);

/// <summary>
/// The webhook of a business's courier. The signature is over the raw bytes; with a wrong one, or an unknown address, nothing is read
/// and nothing is kept. What is let in is carried out in one transaction before it is answered: told again, it has no effect.
/// </summary>
internal static class CourierWebhookApi
{
    private const int Most = 64 * 1024;
    private const int LongestKey = 100;
    private const string Prefix = "sha256=";

    public static void MapCourierWebhook(this IEndpointRouteBuilder app) => app.MapPost("/webhooks/courier/{key}", Receive)
        .WithTags("Webhooks").WithName("courier_webhook")
        .WithSummary("A courier tells the status of an order, signed with the secret of this address (X-Relais-Signature).")
        .Accepts<CourierCall>("application/json").Produces<CourierCallAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404)
        .AllowAnonymous().ShortCircuit();

    public static string Sign(string secret, byte[] body) => Prefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static async Task<IResult> Receive(HttpContext http, Database database, Secrets secrets, OrderCourier courier, Ids ids, Clock clock, string key)
    {
        if (await RequestBytes.Read(http.Request, Most, http.RequestAborted) is not { } body)
        {
            return Problems.Refuse(Problems.TooLarge);
        }

        var header = http.Request.Headers["X-Relais-Signature"];
        var owner = key.Length > LongestKey ? null : await database.Read(Scope.Directory, tx => CourierStore.ByKey(tx, key), http.RequestAborted);
        if (owner is null || header.Count != 1 || !IsSigned(owner.Open(secrets), body, header[0]))
        {
            return Problems.Refuse(Problems.BadCourierSignature);
        }

        var call = Read(body);
        if (call is null)
        {
            return Problems.Refuse(Problems.Invalid, "The body is no JSON object of order_number, status and the like.");
        }

        if (OrderStore.Clean(call.OrderNumber) is null && OrderStore.Clean(call.TrackingNumber) is null)
        {
            return Problems.Invalid400("order_number", "order_number is missing, and tracking_number too: name the order by one of them.");
        }

        if (OrderCourier.Wrong(call) is [var wrong, ..])
        {
            return Problems.Invalid400(wrong.Field, wrong.Reason);
        }

        var range = await ids.Take(OrderCourier.IdsNeeded, http.RequestAborted);
        CourierAnswer? answer = null;
        await database.Write(Scope.Tenant(owner.TenantId), async tx =>
        {
            range.Rewind();
            answer = null;
            await CourierStore.Called(tx, owner.TenantId, clock.Micros);
            if (await OrderStore.FindByNumber(tx, owner.TenantId, call.OrderNumber, call.OrderNumber is null ? call.TrackingNumber : null) is { } order)
            {
                answer = await courier.Apply(tx, order, call, null, range);
            }
        }, CancellationToken.None);
        return answer is null ? Problems.Refuse(Problems.NotFound, "There is no order of this number.")
            : Results.Json(new CourierCallAnswer(answer.Effect, answer.Order.Status), ApiJson.Options);
    }

    private static bool IsSigned(string secret, byte[] body, string? header) => header is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(secret, body)), Encoding.ASCII.GetBytes(header.Trim()));

    private static CourierCall? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<CourierCall>(body, ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
