using Relais.Foundation;

namespace Relais.Intake;

/// <summary>The bytes of a webhook as they came: signatures are over these, and they are what is kept.</summary>
internal static class RawBody
{
    /// <summary>Meta posts up to 3 MB (webhooks/overview); a byte past this is not read.</summary>
    public const int Limit = 4 * 1024 * 1024;

    /// <summary>Null when the body is larger than <see cref="Limit"/>.</summary>
    public static Task<byte[]?> Read(HttpRequest request, CancellationToken cancel) => RequestBytes.Read(request, Limit, cancel);
}
