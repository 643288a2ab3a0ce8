using System.Security.Cryptography;
using System.Text;

namespace Relais.Simulator;

/// <summary>
/// Meta's X-Hub-Signature-256: HMAC-SHA256 of the raw bytes under the app secret, lower-case hex. Written apart from
/// Channels on purpose: shared code could not find its own faults.
/// </summary>
internal static class MetaSignature
{
    public const string Header = "X-Hub-Signature-256";

    public static string Of(string appSecret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));
}
