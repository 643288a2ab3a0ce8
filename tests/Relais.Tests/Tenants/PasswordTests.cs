using System.Buffers.Binary;
using Relais.Foundation;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

public sealed class PasswordTests
{
    [Fact]
    public async Task A_hash_is_PBKDF2_with_SHA512_many_rounds_and_a_salt_of_its_own()
    {
        using var passwords = new Passwords();
        var (one, other) = (await passwords.Hash(TenantHost.Password), await passwords.Hash(TenantHost.Password));
        one.ShouldNotBe(other);
        var bytes = Convert.FromBase64String(one);
        BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)).ShouldBe(2u); // KeyDerivationPrf.HMACSHA512
        BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(210_000u);
        (await passwords.Verify(one, TenantHost.Password)).ShouldBe(PasswordMatch.Right);
        (await passwords.Verify(one, TenantHost.Password + " ")).ShouldBe(PasswordMatch.Wrong);
        (await passwords.Verify(null, TenantHost.Password)).ShouldBe(PasswordMatch.Wrong);
        (await passwords.Verify(null, "")).ShouldBe(PasswordMatch.Wrong);
    }

    [Theory]
    [InlineData("eleven char", false)]
    [InlineData("twelve chars", true)]
    [InlineData("كلمات طويلة جدا", true)]
    [InlineData("motdepasse123", false)]
    [InlineData("MotDePasse123", false)]
    [InlineData("abcabcabcabcabc", false)]
    [InlineData("someone@example.com", false)]
    [InlineData("demo123", false)]
    [InlineData(null, false)]
    public void A_new_password_is_long_and_not_among_the_first_that_are_tried(string? password, bool isTaken) =>
        (Passwords.Problem(password, "someone@example.com") is null).ShouldBe(isTaken);

    [Fact]
    public void None_of_the_3000_most_used_passwords_will_do_nor_drawn_out_to_the_length()
    {
        var worst = EmbeddedText.Lines("Tenants.common-passwords.txt").Where(line => line[0] != '#').ToList();
        worst.Count.ShouldBeGreaterThanOrEqualTo(3000);
        worst.ShouldAllBe(one => Passwords.Problem(one, "a@b.c") != null);

        // A figure at its end is part of the word for us, so figures are put behind a sign there.
        var words = worst.Where(one => char.IsAsciiLetter(one[0]) && char.IsAsciiLetter(one[^1])).ToList();
        words.Count.ShouldBeGreaterThan(2000);
        words.ShouldAllBe(one => Passwords.Problem(one + "!20262026", "a@b.c") != null && Passwords.Problem("1234-" + one.ToUpperInvariant() + "99999999", "a@b.c") != null);
        Passwords.Problem("P@ssw0rd!2026", "a@b.c").ShouldNotBeNull();
        Passwords.Problem("dragondragon", "a@b.c").ShouldNotBeNull();
        Passwords.Problem("dragon am Zaun", "a@b.c").ShouldBeNull();
    }

    [Fact]
    public void A_password_may_be_a_long_sentence()
    {
        string Sentence(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * i % 25))));
        Passwords.Problem(Sentence(256), "a@b.c").ShouldBeNull();
        Passwords.Problem(Sentence(257), "a@b.c").ShouldNotBeNull();
    }
}
