using Relais.Foundation;

namespace Relais.Tenants;

/// <summary>The form in which an e-mail address identifies somebody: trimmed, lower case.</summary>
internal static class EmailAddress
{
    /// <summary>RFC 5321's limit of a path, without its brackets.</summary>
    private const int MaxLength = 254;

    public const string Hint = "email has to be an e-mail address such as name@example.com.";

    /// <summary>Null when it cannot be one. Whether it exists only a letter can tell.</summary>
    public static string? Parse(string? text)
    {
        var address = CustomerText.Normalise(text ?? "").Trim().ToLowerInvariant();
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < address.Length - 1 && at == address.LastIndexOf('@') && address.Length <= MaxLength
            && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            ? address
            : null;
    }
}
