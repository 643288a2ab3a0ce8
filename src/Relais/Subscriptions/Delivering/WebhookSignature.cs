using System.Security.Cryptography;
using System.Text;

namespace Relais.Subscriptions.Delivering;

/// <summary>Standard Webhooks' symmetric scheme (standardwebhooks.com): a receiver needs no code of ours. Pure but for new secrets.</summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>32 random bytes.</summary>
    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The value of webhook-signature: one for each secret, with a space between.</summary>
    /// <param name="secrets">whsec_…; the present one first.</param>
    /// <param name="id">webhook-id.</param>
    /// <param name="timestamp">webhook-timestamp: Unix seconds.</param>
    /// <param name="body">The bytes that are posted.</param>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(s[Prefix.Length..]), signed))));
    }
}
