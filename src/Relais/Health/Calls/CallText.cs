using System.Text;
using System.Text.RegularExpressions;
using Relais.Channels;
using Relais.Foundation;

namespace Relais.Health.Calls;

/// <summary>
/// What is kept of a call's bytes: text that can be read, cut short, without any secret. The number's own keys are looked for by
/// value; others by the names that providers give them.
/// </summary>
internal static partial class CallText
{
    /// <summary>Characters.</summary>
    private const int LongestPayload = 8 * 1024;

    /// <summary>Characters.</summary>
    private const int LongestResponse = 4 * 1024;

    /// <summary>What a cut may have left of a secret at the very end is cut off too; the longest token has some 300 characters.</summary>
    private const int Margin = 600;

    private const string Removed = "[removed]";

    private static readonly string[] Hints = ["token", "secret", "password", "pin\"", "proof", "sig", "key=", "code="];

    /// <param name="call">A call that has ended.</param>
    /// <param name="secrets">The number's own keys.</param>
    public static string? Payload(ProviderCall call, IReadOnlyList<string> secrets)
    {
        if (call.PayloadLength == 0)
        {
            return null;
        }

        if (call.ContentType is not ("application/json" or "application/x-www-form-urlencoded"))
        {
            return $"[{call.PayloadLength} bytes of {call.ContentType}]";
        }

        var text = Encoding.UTF8.GetString(call.Payload.Span);
        if (call.ContentType == "application/x-www-form-urlencoded")
        {
            text = Uri.UnescapeDataString(text.Replace('+', ' '));
        }

        return Clean(text, call.Payload.Length < call.PayloadLength, secrets, LongestPayload);
    }

    /// <summary>The answer, or why none came.</summary>
    public static string? Response(ProviderCall call, IReadOnlyList<string> secrets) =>
        call.Failure ?? (call.Response.Length == 0 ? null
            : Clean(Encoding.UTF8.GetString(call.Response.Span), call.Response.Length == ProviderCall.MostBytes, secrets, LongestResponse));

    internal static string Clean(string text, bool isCut, IReadOnlyList<string> secrets, int longest)
    {
        foreach (var secret in secrets)
        {
            text = text.Replace(secret, Removed, StringComparison.Ordinal);
        }

        if (Hints.Any(hint => text.Contains(hint, StringComparison.OrdinalIgnoreCase)))
        {
            text = InAddress().Replace(InJson().Replace(text, $"${{name}}\"{Removed}\""), $"${{name}}{Removed}");
        }

        text = CustomerText.Normalise(isCut && text.Length > Margin ? text[..^Margin] : text);
        if (text.Length <= longest)
        {
            return text;
        }

        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1), "…");
    }

    [GeneratedRegex("""
        (?<name>"(access_token|input_token|verify_token|auth_token|refresh_token|token|client_secret|app_secret|secret|appsecret_proof|password|pin)"\s*:\s*)("([^"\\]|\\.)*"|[0-9]+)
        """, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InJson();

    [GeneratedRegex("""
        (?<name>[?&](access_token|input_token|token|signature|sig|secret|key|code|x-amz-signature)=)[^&\s"'<>\\]+
        """, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InAddress();
}
