using Relais.Foundation;
using Relais.Storage;

namespace Relais.Intake;

/// <summary>Counts and times what a webhook's address answers. Around the handlers, so that no way out of them is forgotten.</summary>
internal static class WebhookMeasure
{
    public static RouteHandlerBuilder Measured(this RouteHandlerBuilder route, string channel) => route.AddEndpointFilter(async (context, next) =>
    {
        var since = Telemetry.Now;
        try
        {
            var result = await next(context);
            Telemetry.WebhookAnswered(channel, Word((result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK), since);
            return result;
        }
        catch (Exception e)
        {
            Telemetry.WebhookAnswered(channel, e is StorageUnavailableException ? "unavailable" : "error", since);
            throw;
        }
    });

    private static string Word(int status) => status switch
    {
        StatusCodes.Status200OK => "stored",
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "bad_signature",
        StatusCodes.Status413PayloadTooLarge => "too_large",
        StatusCodes.Status415UnsupportedMediaType => "encoded",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "refused",
    };
}
