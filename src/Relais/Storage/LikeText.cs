namespace Relais.Storage;

/// <summary>Texts in LIKE patterns, where a person's % and _ mean themselves.</summary>
internal static class LikeText
{
    /// <summary>For <c>LIKE @part ESCAPE '!'</c>: whatever contains this text.</summary>
    public static string Part(string text) => $"%{text.Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    /// <summary>What somebody typed into a search, for columns in small letters; null when they typed nothing.</summary>
    public static string? Asked(string? text) => string.IsNullOrWhiteSpace(text) ? null : Part(text.Trim().ToLowerInvariant());
}
