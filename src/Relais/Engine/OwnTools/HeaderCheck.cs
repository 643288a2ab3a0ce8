namespace Relais.Engine.OwnTools;

/// <summary>Headers that a business gives for its own systems.</summary>
internal static class HeaderCheck
{
    private const int Most = 10;
    private const int LongestName = 60;
    private const int LongestValue = 2_000;

    /// <summary>Ours, the connection's, or the protocol's.</summary>
    private static readonly string[] Reserved =
        ["host", "connection", "transfer-encoding", "upgrade", "te", "trailer", "idempotency-key", "accept", "cookie", "expect", "mcp-session-id", "mcp-protocol-version"];

    /// <summary>Null when they can be sent; otherwise a sentence.</summary>
    public static string? Wrong(IReadOnlyDictionary<string, string?>? headers)
    {
        if (headers is null)
        {
            return null;
        }

        if (headers.Count > Most)
        {
            return $"headers has {Most} at most.";
        }

        foreach (var (name, value) in headers)
        {
            if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                || Reserved.Contains(name.ToLowerInvariant()) || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
            {
                return "A header's name has letters, digits and -, and is not one that Relais sets itself.";
            }

            if (string.IsNullOrEmpty(value) || value.Length > LongestValue || !value.All(c => c is >= ' ' and <= '~'))
            {
                return $"headers.{name} is 1 to {LongestValue} visible ASCII characters.";
            }
        }

        return null;
    }
}
