using System.Collections.Concurrent;
using System.Text;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Fuzz;

/// <summary>The same bodies from strangers: not one of them leaves a row anywhere.</summary>
[Collection(nameof(Alone))]
public sealed class UnsignedStorm(ITestOutputHelper log)
{
    [Theory, OnEveryDatabase]
    public async Task What_is_not_signed_is_refused_and_writes_no_row_in_any_table(DatabaseKind kind)
    {
        var seed = FuzzHost.Seed(log);
        var troubles = new LogKeeper();
        await using var relais = await FuzzHost.Start(kind, troubles);
        var fuzzer = await FuzzHost.Fuzzer(relais);
        using var storm = new FuzzStorm(relais);
        await relais.Chat(relais.Meta, "+33699990001").Asks("Bonjour", "Beyond Express");
        await relais.Settled();
        var before = await Rows(relais, kind);
        var wrong = new ConcurrentBag<string>();
        await storm.Post(
            Enumerable.Range(0, FuzzHost.Count(kind, 20_000) / 4),
            n => Forged(relais, storm.Sign(fuzzer.Body(seed, n)), new Random(unchecked(seed + n))),
            (n, signed, status) =>
            {
                if (status != (signed.Header == MetaSignature.Header ? 401 : 403))
                {
                    wrong.Add($"body {n}: {status} for {string.Join(" and ", signed.Signatures)}");
                }
            });
        wrong.Take(10).ShouldBeEmpty($"seed {seed}");
        (await Rows(relais, kind)).ShouldBe(before);
        await relais.Chat(relais.Twilio, "+33699990002").Asks("Bonjour", "Beyond Express");
        troubles.Troubles.ShouldBeEmpty($"seed {seed}");
    }

    /// <summary>Every way of not having signed these bytes for this address.</summary>
    private static SignedFuzz Forged(RelaisHost relais, SignedFuzz signed, Random random)
    {
        var isMeta = signed.Header == MetaSignature.Header;
        var right = signed.Signatures[0];
        string OfOthers(string secret, byte[] body) => isMeta
            ? MetaSignature.Of(secret, body)
            : TwilioSignature.Of(secret, relais.Url + signed.Path, WireForm.Pairs(body));
        return random.Next(12) switch
        {
            0 => signed with { Signatures = [] },
            1 => signed with { Signatures = [""] },
            2 => signed with { Signatures = [isMeta ? "sha256=" + new string('0', 64) : Convert.ToBase64String(new byte[20])] },
            3 => signed with { Signatures = [OfOthers("another-secret", signed.Bytes)] },
            4 => signed with { Signatures = [OfOthers(isMeta ? relais.Meta.Secret : relais.Twilio.Secret, [.. signed.Bytes, .. "&x=1"u8])] },
            5 => signed with { Signatures = [right, right] },
            6 => signed with { Signatures = [right[..^1]] },
            7 => signed with { Signatures = [right + "0"] },
            8 => signed with { Signatures = [isMeta ? right.Replace("sha256", "sha1", StringComparison.Ordinal) : right.ToLowerInvariant() + "="] },
            9 => signed with { Signatures = [right + ", " + right] },
            10 => signed with { Signatures = [Encoding.ASCII.GetString([.. Enumerable.Range(0, random.Next(1, 3000)).Select(_ => (byte)random.Next(33, 127))])] },
            _ => isMeta
                ? signed with { Bytes = [.. signed.Bytes, (byte)' '] }
                : signed with { Path = signed.Path + (signed.Path.Contains('?', StringComparison.Ordinal) ? "&y=1" : "?y=1") },
        };
    }

    /// <summary>But for what is reckoned and indexed afterwards from rows that are there.</summary>
    private static async Task<List<string>> Rows(RelaisHost relais, DatabaseKind kind)
    {
        var tables = await relais.Facts.Query<string>(kind == DatabaseKind.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name");
        tables.Count.ShouldBeGreaterThan(15);
        var rows = new List<string>();
        foreach (var table in tables.Where(t => !t.StartsWith("report_", StringComparison.Ordinal) && !t.StartsWith("search_", StringComparison.Ordinal)))
        {
            rows.Add($"{table} {await relais.Facts.Count($"SELECT count(*) FROM \"{table}\"")}");
        }

        return rows;
    }
}
