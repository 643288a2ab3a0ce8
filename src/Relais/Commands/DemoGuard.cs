using System.Net;
using Relais.Foundation;

namespace Relais.Commands;

/// <summary>
/// The demo has a known password, so it answers this computer only: a foreign Host header (which also stops DNS rebinding) or
/// any sign of a proxy is refused.
/// </summary>
internal sealed class DemoGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host.Host;
        var isLocal = host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        var isForwarded = http.Request.Headers.Keys.Any(name =>
            name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));
        return isLocal && !isForwarded ? next(http) : Problems.Refuse(Problems.DemoIsLocal).ExecuteAsync(http);
    }
}
