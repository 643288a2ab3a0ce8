using System.Buffers;

namespace Relais.Intake;

/// <summary>The bytes of a request as they came: signatures are over these, and they are what is kept.</summary>
internal static class RawBody
{
    /// <summary>Meta posts up to 3 MB (webhooks/overview); a byte past this is not read.</summary>
    public const int Limit = 4 * 1024 * 1024;

    /// <summary>Null when the body is larger than <see cref="Limit"/>.</summary>
    public static async Task<byte[]?> Read(HttpRequest request, CancellationToken cancel)
    {
        if (request.ContentLength > Limit)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.Length > Limit)
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
