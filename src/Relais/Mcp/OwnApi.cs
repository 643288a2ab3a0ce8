using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Relais.Mcp;

/// <summary>A request to the API, as a tool makes it.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">With its ids and its query.</param>
/// <param name="Json">The body; null for none.</param>
/// <param name="IdempotencyKey">null for none.</param>
internal sealed record ApiCall(string Method, string Path, string? Json = null, string? IdempotencyKey = null);

/// <summary>What the API answered.</summary>
internal sealed record ApiReply(int Status, string Text);

/// <summary>
/// The API from inside: a call goes through the server's whole pipeline with its caller's own key, so that sign-in, rights, sight, limits,
/// checks, idempotency and records are the ones of any other request. There is no second way to do what a route does.
/// </summary>
internal sealed class OwnApi(IServiceScopeFactory scopes)
{
    /// <summary>Set once while the pipeline is built; everything from the problem edge on.</summary>
    public RequestDelegate? Pipeline { get; set; }

    public async Task<ApiReply> Ask(HttpContext caller, ApiCall call)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var answer = new MemoryStream();
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(call.Json ?? ""));
        var inner = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = caller.RequestAborted };
        var response = new InnerResponse();
        inner.Features.Set<IHttpResponseFeature>(response);
        inner.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        var (request, cut) = (inner.Request, call.Path.IndexOf('?', StringComparison.Ordinal));
        (request.Method, request.Scheme, request.Host) = (call.Method, caller.Request.Scheme, caller.Request.Host);
        request.Path = cut < 0 ? call.Path : call.Path[..cut];
        request.QueryString = cut < 0 ? default : new QueryString(call.Path[cut..]);
        request.Headers.Authorization = caller.Request.Headers.Authorization;
        inner.Connection.RemoteIpAddress = caller.Connection.RemoteIpAddress;
        if (call.Json is not null)
        {
            (request.Body, request.ContentType, request.ContentLength) = (body, "application/json", body.Length);
        }

        if (call.IdempotencyKey is not null)
        {
            request.Headers["Idempotency-Key"] = call.IdempotencyKey;
        }

        await Pipeline!(inner);
        await response.Start();
        await inner.Response.CompleteAsync();
        return new ApiReply(inner.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>A server's response tells those who asked for it when it is about to leave: the audit writes its line then.</summary>
    private sealed class InnerResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Act, object State)> waiting = new();

        public override void OnStarting(Func<object, Task> callback, object state) => waiting.Push((callback, state));

        public async Task Start()
        {
            while (waiting.TryPop(out var next))
            {
                await next.Act(next.State);
            }
        }
    }
}
