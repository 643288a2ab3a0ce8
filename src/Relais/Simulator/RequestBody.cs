namespace Relais.Simulator;

/// <summary>Reads a whole request body, up to a cap: no send of either provider comes near it.</summary>
internal static class RequestBody
{
    private const int Cap = 1024 * 1024;

    /// <summary>Null when the body is larger than 1 MB.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 1024, 0, Cap));
        var part = new byte[8192];
        int count;
        while ((count = await request.Body.ReadAsync(part, cancel)) > 0)
        {
            if (body.Length + count > Cap)
            {
                return null;
            }

            body.Write(part, 0, count);
        }

        return body.ToArray();
    }
}
