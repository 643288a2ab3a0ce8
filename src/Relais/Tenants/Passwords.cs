using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Relais.Tenants;

/// <summary>What a tried password turned out to be.</summary>
internal enum PasswordMatch
{
    Wrong,
    Right,

    /// <summary>Right, but hashed with fewer rounds than now: hash it again.</summary>
    RightButOld,
}

/// <summary>
/// Password hashes (PBKDF2-HMAC-SHA512 with a salt of its own each) and the rules of new ones. Somebody unknown costs as much
/// work as somebody known, so an answer's time tells nothing.
/// </summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA512; about a tenth of a second here.</summary>
    public const int Rounds = 210_000;

    public const int MinLength = 12;
    public const int MaxLength = 256;

    private readonly PasswordHasher<string> hasher;

    /// <summary>A flood of sign-ins must leave a core to those who are signed in.</summary>
    private readonly SemaphoreSlim hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly string nobody;

    public Passwords() : this(Rounds)
    {
    }

    /// <param name="rounds">Tests make old hashes with fewer.</param>
    internal Passwords(int rounds)
    {
        hasher = new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));
        nobody = hasher.HashPassword("", Guid.NewGuid().ToString());
    }

    public async Task<string> Hash(string password, CancellationToken cancel = default)
    {
        await hashing.WaitAsync(cancel);
        try
        {
            return hasher.HashPassword("", password);
        }
        finally
        {
            hashing.Release();
        }
    }

    /// <param name="hash">Null for somebody unknown.</param>
    /// <param name="password">As typed; longer than allowed is wrong, after the same work.</param>
    /// <param name="cancel">The request's.</param>
    public async Task<PasswordMatch> Verify(string? hash, string password, CancellationToken cancel = default)
    {
        await hashing.WaitAsync(cancel);
        try
        {
            var isPossible = hash is not null && password.Length <= MaxLength;
            var result = hasher.VerifyHashedPassword("", isPossible ? hash! : nobody, password.Length <= MaxLength ? password : "");
            return !isPossible || result == PasswordVerificationResult.Failed ? PasswordMatch.Wrong
                : result == PasswordVerificationResult.SuccessRehashNeeded ? PasswordMatch.RightButOld
                : PasswordMatch.Right;
        }
        finally
        {
            hashing.Release();
        }
    }

    /// <summary>Null when it will do as a new password; otherwise the sentence that says what to change.</summary>
    public static string? Problem(string? password, string email)
    {
        if (password is null || password.Length < MinLength)
        {
            return $"The password needs at least {MinLength} characters. Three or four words that only you would put together do well.";
        }

        if (password.Length > MaxLength)
        {
            return $"The password may have at most {MaxLength} characters.";
        }

        var isGuessable = CommonPasswords.Contains(password)
            || string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
            || string.Equals(password, email.Split('@')[0], StringComparison.OrdinalIgnoreCase);
        return isGuessable ? "This password is among the first that are tried. Choose another." : null;
    }

    public void Dispose() => hashing.Dispose();
}
