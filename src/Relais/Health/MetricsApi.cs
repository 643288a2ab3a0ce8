using System.Net;
using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;

namespace Relais.Health;

/// <summary>
/// GET /metrics. With RELAIS_METRICS_TOKEN for whoever sends it as a bearer token; without, for this computer alone, and not
/// even for it once something says that a proxy may stand before us: a proxy's requests come from this computer too.
/// </summary>
internal static class MetricsApi
{
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", Answer).WithTags("Health").AllowAnonymous().ExcludeFromDescription().WithName("metrics");

    private static async Task<IResult> Answer(HttpContext http, MetricsText metrics, Settings settings, PublicAddress address, CancellationToken cancel) =>
        IsAllowed(http, settings, address)
            ? Results.Text(await metrics.Write(cancel), MetricsText.ContentType)
            : Problems.Refuse(Problems.MetricsClosed);

    private static bool IsAllowed(HttpContext http, Settings settings, PublicAddress address)
    {
        if (settings.MetricsToken is { } token)
        {
            return CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + token)), SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString())));
        }

        return http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && settings.TrustedProxies.Count == 0 && address.Url is null or { IsLoopback: true }
            && IsThisComputer(http.Request.Host.Host) && !http.Request.Headers.Keys.Any(IsOfProxy);
    }

    private static bool IsThisComputer(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || header.Equals("Via", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase);
}
