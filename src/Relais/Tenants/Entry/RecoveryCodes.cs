using System.Security.Cryptography;

namespace Relais.Tenants.Entry;

/// <summary>Ten codes for the day the phone is lost, 80 random bits each, written like <c>abcd-efgh-ijkl-mnop</c>. Each serves once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;

    private const int Length = 16;

    public static IReadOnlyList<string> Make() => [.. Enumerable.Range(0, Count).Select(_ =>
    {
        var text = Totp.Base32(RandomNumberGenerator.GetBytes(Length * 5 / 8)).ToLowerInvariant();
        return string.Join('-', text.Chunk(4).Select(four => new string(four)));
    })];

    /// <summary>As it is hashed, however it was typed; null when it cannot be one.</summary>
    public static string? Read(string typed)
    {
        var text = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return text.Length == Length ? text : null;
    }
}
