using System.Security.Cryptography;
using System.Text;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

/// <summary>What the key file protects: a copy of the database alone opens nothing, and no sealed value fits elsewhere.</summary>
public sealed class SecretsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-secrets-").FullName;
    private readonly Secrets secrets = new(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void A_sealed_value_opens_in_its_own_place_with_its_own_key_and_unchanged_alone()
    {
        var kept = secrets.Seal("EAA-token", "inbox.token:1");
        kept.ShouldNotContain("EAA");
        var seal = kept.LastIndexOf(':') + 1;
        Encoding.UTF8.GetString(Convert.FromBase64String(kept[seal..])).ShouldNotContain("EAA");
        secrets.Open(kept, "inbox.token:1").ShouldBe("EAA-token");
        secrets.Seal("EAA-token", "inbox.token:1").ShouldNotBe(kept, "no nonce serves twice");
        Should.Throw<CryptographicException>(() => secrets.Open(kept, "inbox.token:2"));
        Should.Throw<CryptographicException>(() => new Secrets(RandomNumberGenerator.GetBytes(32)).Open(kept, "inbox.token:1"));
        var at = (seal + kept.Length) / 2;
        Should.Throw<CryptographicException>(() => secrets.Open(kept[..at] + (kept[at] == 'A' ? 'B' : 'A') + kept[(at + 1)..], "inbox.token:1"));
    }

    [Fact]
    public void The_key_file_is_made_once_and_is_its_owners_alone()
    {
        var path = Path.Combine(folder, "relais.key");
        var kept = Secrets.FromFile(path).Seal("a", "b");
        Secrets.FromFile(path).Open(kept, "b").ShouldBe("a");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_token_has_256_random_bits_and_is_kept_as_a_hash()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => Secrets.NewToken("rs_")).ToList();
        tokens.Distinct().Count().ShouldBe(1000);
        tokens.ShouldAllBe(t => t.Length >= "rs_".Length + 43);
        Secrets.HashToken(tokens[0]).ShouldMatch("^[0-9a-f]{64}$");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
