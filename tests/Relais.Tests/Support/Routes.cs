using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Relais.Tests.Support;

/// <summary>An address of the server and who may use it: a policy's name, "everybody", or null when nobody decided.</summary>
internal sealed record KnownRoute(string Method, string Path, string? Who);

internal static class Routes
{
    public const string Everybody = "everybody";

    /// <summary>Every endpoint of a started server, as routing knows it.</summary>
    public static List<KnownRoute> Of(RelaisHost relais) =>
    [
        .. relais.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Distinct()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
                .Select(method => new KnownRoute(method, "/" + e.RoutePattern.RawText!.Trim('/'), Who(e))))
            .Distinct().OrderBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal),
    ];

    private static string? Who(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? Everybody
        : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } asked ? asked[^1].Policy
        : null;
}
