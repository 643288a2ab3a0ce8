using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Relais.Foundation;
using Relais.Tenants.Entry;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants.Entry;

public sealed class TotpTests
{
    /// <summary>RFC 6238's own, in ASCII.</summary>
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) =>
        Totp.Code(Secret, Totp.StepAt(seconds * Instants.Second)).ShouldBe(code);

    [Fact]
    public void Secrets_are_written_as_apps_read_them()
    {
        Totp.Base32(Secret).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        Totp.Base32("foobar"u8).ShouldBe("MZXW6YTBOI");
        Totp.Base32(Totp.NewSecret()).Length.ShouldBe(32);
        Totp.Address("ABC", "a+b@c.example").ShouldBe("otpauth://totp/Relais:a%2Bb%40c.example?secret=ABC&issuer=Relais&algorithm=SHA1&digits=6&period=30");
    }

    [Fact]
    public void Whatever_comes_when_a_code_serves_once_and_only_near_its_time() => Prop.ForAll(
        Gen.Choose(-3, 3).ListOf().ToArbitrary(), offsets =>
        {
            // Codes of steps around a now that goes on by a step each time, with what was used remembered as the database does.
            var (last, used) = (0L, new HashSet<long>());
            var now = 5_000_000L * Totp.StepMicros;
            foreach (var offset in offsets)
            {
                var step = Totp.StepAt(now) + offset;
                if (Totp.Match(Secret, Totp.Code(Secret, step), now, last) is { } matched)
                {
                    if (Math.Abs(offset) > 1 || !used.Add(matched) || matched <= last)
                    {
                        return false;
                    }

                    last = matched;
                }
                else if (Math.Abs(offset) <= 1 && step > last)
                {
                    return false;
                }

                now += Totp.StepMicros / 2;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Recovery_codes_are_long_different_and_read_however_they_are_typed()
    {
        var codes = RecoveryCodes.Make();
        codes.Count.ShouldBe(10);
        codes.ToHashSet(StringComparer.Ordinal).Count.ShouldBe(10);
        codes.ShouldAllBe(code => code.Length == 19);
        RecoveryCodes.Read(codes[0].ToUpperInvariant().Replace('-', ' ')).ShouldBe(RecoveryCodes.Read(codes[0]));
        RecoveryCodes.Read("abcd-efgh").ShouldBeNull();
    }

    [Fact]
    public void A_QR_code_is_dark_on_light_and_has_its_three_corners()
    {
        var qr = QrPath.Of(Totp.Address(Totp.Base32(Secret), "camille@desk.example"));
        var dark = new bool[qr.Size, qr.Size];
        foreach (var bar in qr.Path.Split('z', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = bar[1..].Split(' ', 'h', 'v').Select(int.Parse).ToList();
            for (var x = 0; x < numbers[2]; x++)
            {
                dark[numbers[1], numbers[0] + x] = true;
            }
        }

        foreach (var (top, start) in new[] { (4, 4), (4, qr.Size - 11), (qr.Size - 11, 4) })
        {
            var corner = new StringBuilder();
            for (var y = 0; y < 7; y++)
            {
                for (var x = 0; x < 7; x++)
                {
                    corner.Append(dark[top + y, start + x] ? '#' : '.');
                }
            }

            corner.ToString().ShouldBe("########.....##.###.##.###.##.###.##.....########");
        }

        Enumerable.Range(0, qr.Size).ShouldAllBe(i => !dark[0, i] && !dark[i, 3], "the quiet zone");
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Chrome", "Android")]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void A_device_is_named_as_its_owner_knows_it(string? userAgent, string? browser, string? system) =>
        Device.Of(userAgent).ShouldBe(new Device(browser, system));
}
