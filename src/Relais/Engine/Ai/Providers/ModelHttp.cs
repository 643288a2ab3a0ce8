using System.Net;
using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>
/// The ways to the providers: one for addresses that the operator set or that are the providers' own, one for those that tenants enter, which are connected to
/// on the public internet only. No redirects (they would carry the key elsewhere), no cookies, no proxy.
/// </summary>
internal sealed class ModelHttp : IDisposable
{
    public HttpClient Operators { get; } = Make(publicOnly: false);

    public HttpClient Tenants { get; } = Make(publicOnly: true);

    public void Dispose()
    {
        Operators.Dispose();
        Tenants.Dispose();
    }

    private static HttpClient Make(bool publicOnly) => new(
        new ModelDoor(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = async (context, cancel) =>
                await PublicInternet.Connect(context.DnsEndPoint, !publicOnly, cancel) ?? throw new ModelFailedException(new ModelFailure.Refused(0)),
        }),
        disposeHandler: true)
    {
        // The chain sets the time of each call.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
