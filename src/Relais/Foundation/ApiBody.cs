using System.Text.Json;

namespace Relais.Foundation;

/// <summary>
/// A JSON request body, read once: its bytes (an Idempotency-Key is bound to them) and what they say. What cannot be read is
/// thrown as the exceptions that <see cref="ProblemEdge"/> answers, so that no endpoint handles it again.
/// </summary>
internal sealed record ApiBody<T>(byte[] Bytes, T Value);

internal static class ApiBody
{
    /// <summary>Far above any FAQ or message; uploads go another way.</summary>
    public const int Limit = 256 * 1024;

    /// <exception cref="BadHttpRequestException">Not JSON by its Content-Type (415), or larger than <see cref="Limit"/> (413).</exception>
    /// <exception cref="JsonException">Not JSON, not an object, or a field of another type.</exception>
    public static async Task<ApiBody<T>> Read<T>(HttpRequest request)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        var bytes = await ReadBytes(request);
        var value = JsonSerializer.Deserialize<T>(bytes, ApiJson.Options) ?? throw new JsonException("The body is null.");
        return new ApiBody<T>(bytes, value);
    }

    /// <summary>Also for verbs whose body is optional: an empty array then.</summary>
    /// <exception cref="BadHttpRequestException">Larger than <see cref="Limit"/> (413).</exception>
    public static async Task<byte[]> ReadBytes(HttpRequest request) =>
        await RequestBytes.Read(request, Limit, request.HttpContext.RequestAborted)
        ?? throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}
