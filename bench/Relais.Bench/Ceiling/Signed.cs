using System.Security.Cryptography;
using System.Text;

namespace Relais.Bench.Ceiling;

/// <summary>Meta's signature over a body, and nothing more of a webhook.</summary>
internal static class Signed
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(BenchSecrets.App);

    /// <summary>The body, or null when it is not signed; then the answer is 401.</summary>
    public static async Task<byte[]?> Read(HttpContext http)
    {
        var body = new byte[(int)(http.Request.ContentLength ?? 0)];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        if (Fits(body, http.Request.Headers["X-Hub-Signature-256"].ToString()))
        {
            return body;
        }

        http.Response.StatusCode = 401;
        return null;
    }

    /// <summary>Checks, commits, and only then answers 200.</summary>
    public static async Task Take(HttpContext http, GroupCommit<byte[]> bodies)
    {
        if (await Read(http) is { } body)
        {
            await bodies.Add(body);
        }
    }

    private static bool Fits(byte[] body, string header)
    {
        Span<byte> given = stackalloc byte[32];
        Span<byte> expected = stackalloc byte[32];
        HMACSHA256.HashData(Key, body, expected);
        return header.Length == 71 && header.StartsWith("sha256=", StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(7), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
