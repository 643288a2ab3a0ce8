using System.Security.Cryptography;
using System.Text;

namespace Relais.Simulator;

/// <summary>
/// Twilio's X-Twilio-Signature: HMAC-SHA1 under the auth token of the exact URL followed by every parameter, names in
/// ordinal order, the values of one name without repeats and in ordinal order; Base64.
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    public static string Of(string authToken, string url, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var signed = new StringBuilder(WithoutFragment(url));
        foreach (var (name, value) in parameters
            .Distinct()
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

        return Convert.ToBase64String(
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(signed.ToString())));
    }

    // Connection overrides travel as a fragment that is neither sent nor signed.
    private static string WithoutFragment(string url) =>
        url.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? url[..at] : url;
}
