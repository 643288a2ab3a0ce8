using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Relais.Tests.Support;

/// <summary>What a provider was asked.</summary>
internal sealed record FileRequest(string Method, string Path, string Query, string? Authorization, byte[] Body);

/// <summary>A provider of files on a loopback socket: it answers as the test says and remembers what it was asked.</summary>
internal sealed class FileProvider : IAsyncDisposable
{
    private readonly WebApplication app;

    private FileProvider(WebApplication app, Uri url)
    {
        this.app = app;
        Url = url;
    }

    public Uri Url { get; }

    public ConcurrentQueue<FileRequest> Requests { get; } = new();

    /// <summary>How the next requests are answered.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    };

    public static async Task<FileProvider> Start(Func<HttpContext, Task>? answer = null)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url.ToString()).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var provider = new FileProvider(builder.Build(), url);
        provider.Answer = answer ?? provider.Answer;
        provider.app.Run(provider.Serve);
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>A description of a file as Meta gives it.</summary>
    public static Task Described(HttpContext context, Uri url, string? sha = null, long? size = null) => context.Response.WriteAsJsonAsync(
        new { messaging_product = "whatsapp", url, mime_type = "image/png", sha256 = sha, file_size = size?.ToString(), id = "m1" });

    public static async Task Bytes(HttpContext context, byte[] bytes, string type = "application/octet-stream")
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Serve(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Requests.Enqueue(new FileRequest(context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(),
            context.Request.Headers.Authorization.Count > 0 ? context.Request.Headers.Authorization.ToString() : null, body.ToArray()));
        await Answer(context);
    }
}
