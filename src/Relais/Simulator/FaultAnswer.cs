using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Relais.Simulator;

/// <summary>Writes answers, right and wrong ones, in the providers' shapes.</summary>
internal static class FaultAnswer
{
    private static readonly TimeSpan SlowByDefault = TimeSpan.FromSeconds(5);

    /// <param name="context">The call.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="channel">Whose error shapes.</param>
    /// <param name="answer">The answer that an undisturbed send would get; empty when the send was not accepted.</param>
    /// <param name="status">Its status.</param>
    public static async Task Write(HttpContext context, Fault fault, SimulatedChannel channel, byte[] answer, int status)
    {
        if (fault.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var meta = channel == SimulatedChannel.Meta;
        switch (fault.Kind)
        {
            case FaultKind.Slow:
                await Wait(context, fault.Delay ?? SlowByDefault);
                await (answer.Length > 0 ? Json(context, status, answer) : Error(context, channel, meta ? 2 : 20503));
                break;
            case FaultKind.Hang:
                await Wait(context, Timeout.InfiniteTimeSpan);
                break;
            case FaultKind.ResetMidBody:
                context.Response.StatusCode = 200;
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = 4096;
                await context.Response.Body.WriteAsync("{\"messag"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                break;
            case FaultKind.AcceptThenLose:
                context.Abort();
                break;
            case FaultKind.GarbageAnswer:
                await Json(context, 200, "<!-- ok -->\u0000 not json"u8.ToArray());
                break;
            case FaultKind.TruncatedAnswer:
                await Json(context, 200, answer.Length > 0 ? answer[..(answer.Length / 2)] : "{\"mes"u8.ToArray());
                break;
            case FaultKind.BadGatewayHtml:
                await Write(context, 502, "text/html", "<html><head><title>502 Bad Gateway</title></head></html>"u8.ToArray());
                break;
            case FaultKind.TooManyRequests:
                await Error(context, channel, meta ? 4 : 20429, 429);
                break;
            case FaultKind.ThroughputReached:
                await Error(context, channel, meta ? 130429 : 63018);
                break;
            case FaultKind.PairRateReached:
                await Error(context, channel, meta ? 131056 : 63018);
                break;
            case FaultKind.TokenExpired:
                await Error(context, channel, meta ? 190 : 20003);
                break;
            case FaultKind.Undeliverable:
                await Error(context, channel, meta ? 131026 : 63003);
                break;
            case FaultKind.ServerError:
                await Error(context, channel, meta ? 131000 : 20500);
                break;
            case FaultKind.Refused:
                await Error(context, channel, fault.Code ?? (meta ? 100 : 20001), fault.HttpStatus ?? 400);
                break;
            default:
                await Error(context, channel, meta ? 2 : 20503);
                break;
        }
    }

    /// <summary>The provider's error envelope, with the status that belongs to the code unless another is given.</summary>
    public static Task Error(
        HttpContext context, SimulatedChannel channel, int code, int? status = null, string? details = null)
    {
        if (channel == SimulatedChannel.Twilio)
        {
            var (http, message) = ProviderErrors.Twilio(code);
            return Json(context, status ?? http, ProviderJson.Bytes(new JsonObject
            {
                ["code"] = code,
                ["message"] = details ?? message,
                ["more_info"] = "https://www.twilio.com/docs/errors/" + code.ToString(CultureInfo.InvariantCulture),
                ["status"] = status ?? http,
            }));
        }

        var (metaStatus, title, text) = ProviderErrors.Meta(code);
        return Json(context, status ?? metaStatus, ProviderJson.Bytes(new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = $"(#{code}) {title}",
                ["type"] = "OAuthException",
                ["code"] = code,
                ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = details ?? text },
                ["fbtrace_id"] = ProviderIds.Trace(),
            },
        }));
    }

    public static Task Json(HttpContext context, int status, byte[] body) => Write(context, status, "application/json", body);

    private static Task Write(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // Ends with the client, or with the host: a hanging call must not hold up its shutdown.
    private static async Task Wait(HttpContext context, TimeSpan time)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await Task.Delay(time, TimeProvider.System, either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }
}

/// <summary>UTF-8 bytes of an answer.</summary>
internal static class ProviderJson
{
    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
