using System.Diagnostics;
using System.Text.Json;

namespace Relais.Foundation;

/// <summary>
/// The HTTP edge, one of the three places where an unexpected exception ends: it becomes a ProblemDetails with a stable code
/// and a trace id, and its details go to the log only. Bare 4xx of the framework get the same form under the API.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="isStorageAway">Which exceptions say that the database is away (503); their type belongs to Storage, which this room does not know.</param>
/// <param name="log">Where the details go.</param>
internal sealed class ProblemEdge(RequestDelegate next, Func<Exception, bool> isStorageAway, ILogger<ProblemEdge> log)
{
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsBare(http.Response) && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                await FromStatus(http.Response.StatusCode).ExecuteAsync(http);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer.
        }
#pragma warning disable CA1031 // The edge: whatever failed, the caller gets one sentence and the log gets the rest.
        catch (Exception e)
        {
            await Answer(http, e);
        }
#pragma warning restore CA1031
    }

    private async Task Answer(HttpContext http, Exception error)
    {
        if (http.Response.HasStarted)
        {
            log.LogError(error, "{Method} {Path} failed after its answer had started", http.Request.Method, http.Request.Path);
            http.Abort();
            return;
        }

        http.Response.Clear();
        switch (error)
        {
            case not null when isStorageAway(error):
                log.LogWarning("area=storage {Method} {Path} was answered 503: {Reason}", http.Request.Method, http.Request.Path, error.Message);
                http.Response.Headers.RetryAfter = "1";
                await Problems.Refuse(Problems.StorageAway).ExecuteAsync(http);
                return;
            case BadHttpRequestException bad:
                await FromStatus(bad.InnerException is JsonException ? StatusCodes.Status400BadRequest : bad.StatusCode).ExecuteAsync(http);
                return;
            case JsonException json:
                await Unreadable(json).ExecuteAsync(http);
                return;
            default:
                log.LogError(error, "{Method} {Path} failed unexpectedly, trace id {TraceId}",
                    http.Request.Method, http.Request.Path, Activity.Current?.TraceId.ToString() ?? "");
                await Problems.Refuse(Problems.Unexpected).ExecuteAsync(http);
                return;
        }
    }

    /// <summary>A status without a word: what routing and binding answer by themselves.</summary>
    private static bool IsBare(HttpResponse response) =>
        !response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest
        && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);

    private static IResult FromStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problems.Refuse(Problems.Unauthorised),
        StatusCodes.Status403Forbidden => Problems.Refuse(Problems.Forbidden),
        StatusCodes.Status404NotFound => Problems.Refuse(Problems.NotFound, "There is no such address in this API."),
        StatusCodes.Status405MethodNotAllowed => Problems.Refuse(Problems.MethodNotAllowed),
        StatusCodes.Status413PayloadTooLarge => Problems.Refuse(Problems.TooLarge, "The body is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Refuse(Problems.NotJson),
        _ when status < StatusCodes.Status500InternalServerError =>
            Problems.Refuse(Problems.Invalid with { Status = status }, "The request cannot be read."),
        _ => Problems.Refuse(Problems.Unexpected with { Status = status }),
    };

    /// <summary>Names the field when the JSON was readable up to it; never the .NET type it should have become.</summary>
    private static IResult Unreadable(JsonException json)
    {
        var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
        return Problems.Invalid400(field, field == "body" ? "The body is not a JSON object that can be read." : $"{field} has another type than expected.");
    }
}

internal static class ProblemEdgeModule
{
    /// <summary>Behind <see cref="SecurityHeaders"/>, before everything else.</summary>
    public static IApplicationBuilder UseProblemEdge(this IApplicationBuilder app, Func<Exception, bool> isStorageAway) =>
        app.UseMiddleware<ProblemEdge>(isStorageAway);
}
