using Microsoft.AspNetCore.Authorization;
using Relais.Foundation;

namespace Relais.Tenants.Entry;

/// <summary>Where a tenant wants an authenticator app of everybody, whoever has none can do nothing but set it up, sign out, or what anybody may.</summary>
internal sealed class TotpGate(RequestDelegate next)
{
    private static readonly PathString[] Closed = ["/api", "/dashboard/chat", "/live", "/media"];

    private static readonly PathString[] Open = ["/api/auth", "/api/preferences"];

    public Task Invoke(HttpContext http)
    {
        var isClosed = http.SignedInOrNull() is { MustSetUpTotp: true }
            && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            && Array.Exists(Closed, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            && !Array.Exists(Open, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        return isClosed ? Problems.Refuse(Problems.TotpSetupRequired).ExecuteAsync(http) : next(http);
    }
}
