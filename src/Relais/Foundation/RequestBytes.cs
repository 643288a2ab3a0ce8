using System.Buffers;

namespace Relais.Foundation;

/// <summary>The one way a request's bytes are read: as they came, whole, and never past a limit.</summary>
internal static class RequestBytes
{
    /// <summary>Null when the body is larger than <paramref name="limit"/> bytes; what lies beyond is not read.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
