using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Fuzz;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Thousands of damaged webhooks against the whole server over its socket (reliability table, R10). RELAIS_TEST_SEED repeats a
/// run, RELAIS_TEST_FUZZ sets how many on SQLite; PostgreSQL gets a tenth.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SignedStorm(ITestOutputHelper log)
{
    /// <summary>Single bodies that once found a fault: their seed and number.</summary>
    private static readonly (int Seed, int Number)[] Kept = [];

    [Theory, OnEveryDatabase]
    public async Task Whatever_is_signed_is_acknowledged_and_kept_and_the_next_customer_is_answered(DatabaseKind kind)
    {
        var seed = FuzzHost.Seed(log);
        var count = FuzzHost.Count(kind, 20_000);
        var troubles = new LogKeeper();
        await using var relais = await FuzzHost.Start(kind, troubles);

        // Every byte is looked for afterwards, and now and then random digits are a card's number.
        await relais.Facts.Query<long>("UPDATE tenant SET mask_cards = 0 RETURNING mask_cards");
        await relais.Services.GetRequiredService<Relais.Inboxes.InboxDirectory>().Load(CancellationToken.None);
        var fuzzer = await FuzzHost.Fuzzer(relais);
        using var storm = new FuzzStorm(relais);
        var taken = new ConcurrentBag<(string Hash, bool IsUnreadable, int Number)>();
        var wrong = new ConcurrentBag<string>();
        var before = FuzzHost.Memory();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        // The regressions take negative numbers.
        await storm.Post(
            Enumerable.Range(-Kept.Length, count + Kept.Length),
            n => storm.Sign(n < 0 ? fuzzer.Body(Kept[-n - 1].Seed, Kept[-n - 1].Number) : fuzzer.Body(seed, n)),
            (n, signed, status) =>
            {
                if (status == 200)
                {
                    taken.Add((Convert.ToHexString(SHA256.HashData(signed.Bytes)), signed.IsUnreadable(), n));
                }

                if (status != signed.Expected)
                {
                    wrong.Add($"body {n}: {status} instead of {signed.Expected}");
                }
            });
        var posted = watch.Elapsed;
        wrong.Take(10).ShouldBeEmpty($"seed {seed}");
        await Eventually.Holds(
            async () => await relais.Facts.Count("SELECT count(*) FROM received_webhook WHERE state = 0") == 0, "every webhook is looked at", TimeSpan.FromSeconds(120));
        log.WriteLine($"{count} bodies posted in {posted.TotalSeconds:F1} s, applied after {watch.Elapsed.TotalSeconds:F1} s; "
            + string.Join(", ", storm.Statuses.Select(s => $"{s.Key}: {s.Value}")));

        await EveryBodyIsKept(relais, [.. taken], seed);
        await LetNumbersSend(relais);
        await relais.Chat(relais.Meta, "+33699990001").Asks("Bonjour", "Beyond Express");
        await relais.Chat(relais.Twilio, "+33699990002").Asks("Bonjour", "Beyond Express");
        taken.Clear();
        await Eventually.Holds(() => Task.FromResult(FuzzHost.Memory() - before < 64 << 20), $"memory is back where it was (seed {seed})");
        log.WriteLine($"memory {(FuzzHost.Memory() - before) / 1024.0 / 1024:F1} MB more than before");
        troubles.Troubles.ShouldBeEmpty($"seed {seed}");
    }

    private async Task EveryBodyIsKept(RelaisHost relais, List<(string Hash, bool IsUnreadable, int Number)> taken, int seed)
    {
        var rows = await relais.Facts.Query<(byte[] Body, long State, string? Problem)>("SELECT body, state, problem FROM received_webhook");
        var kept = rows.ConvertAll(r => (Hash: Convert.ToHexString(SHA256.HashData(r.Body)), r.State, r.Problem));

        // Beside these there are the statuses of what was answered to the bodies that still are messages.
        var copies = kept.CountBy(k => k.Hash).ToDictionary(StringComparer.Ordinal);
        taken.CountBy(t => t.Hash).Where(t => copies.GetValueOrDefault(t.Key) < t.Value).Take(5).ShouldBeEmpty($"seed {seed}: acknowledged, and not kept as it came");
        kept.Where(k => k.State is not (1 or 2) || (k.State == 2 && string.IsNullOrEmpty(k.Problem))).Take(5).ShouldBeEmpty($"seed {seed}");
        var quarantined = kept.Where(k => k.State == 2).Select(k => k.Hash).ToHashSet(StringComparer.Ordinal);
        taken.Where(t => t.IsUnreadable && !quarantined.Contains(t.Hash)).Select(t => t.Number).Take(5).ShouldBeEmpty($"seed {seed}: unreadable, and not set aside");
        log.WriteLine($"{kept.Count(k => k.State == 1)} applied, {kept.Count(k => k.State == 2)} quarantined");
        kept.Count(k => k.State == 1).ShouldBeGreaterThan(kept.Count / 10, "or the storm only knocks at the first door");
    }

    /// <summary>Signed news of a locked account is believed, as it should be: a person lets the numbers send again.</summary>
    private static async Task LetNumbersSend(RelaisHost relais)
    {
        using var desk = await DeskClient.SignIn(relais);
        foreach (var inbox in await relais.Facts.Query<long>("SELECT id FROM inbox"))
        {
            (await desk.Post($"/api/inboxes/{inbox}/resume")).Ok();
        }
    }
}
