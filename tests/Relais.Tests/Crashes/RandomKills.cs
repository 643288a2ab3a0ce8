using System.Collections.Concurrent;
using System.Globalization;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>
/// The process is killed again and again at random moments while customers write (reliability table, R1). RELAIS_TEST_KILLS
/// sets how often, RELAIS_TEST_SEED repeats a run.
/// </summary>
public sealed class RandomKills(ITestOutputHelper log)
{
    private const int Customers = 40;

    /// <summary>Each customer writes about once in this time: fifty webhooks a second together.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(600);

    private static readonly string[] Texts =
        ["Bonjour", "Où est ma commande TRK123456 ?", "What are your opening hours?", "Combien coûte la livraison ?", "أين طلبي TRK234567؟", "merci"];

    [Theory, OnEveryDatabase]
    public async Task Nothing_is_lost_doubled_or_left_lying_however_often_the_process_is_killed(DatabaseKind kind)
    {
        var kills = Number("RELAIS_TEST_KILLS", 10);
        var seed = Number("RELAIS_TEST_SEED", Environment.TickCount & 0xFFFF);
        log.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        await using var relais = await RelaisProcess.Create(kind);
        relais.Provider.Simulator.BubblesPerChat = 10_000;
        relais.Provider.Simulator.Redelivery = new RedeliveryPolicy(10, TimeSpan.FromMilliseconds(200));
        await relais.Start();

        using var stop = new CancellationTokenSource();
        var said = new ConcurrentBag<WebhookResult>();
        var customers = Enumerable.Range(0, Customers).Select(i => Task.Run(() => Chat(relais.Provider, i, seed, said, stop.Token))).ToList();
        var slowest = TimeSpan.Zero;
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(-0.5 * Math.Log(1 - random.NextDouble()), 0.2, 1.5)), TestContext.Current.CancellationToken);
            await relais.Kill();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await relais.Start();
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
        }

        await stop.CancelAsync();
        await Task.WhenAll(customers);
        var ledger = await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(120), said.Where(r => r.Taken).Select(r => r.MessageId));
        var handedOff = string.Join(", ", await relais.Facts.Query<string>(
            "SELECT count(*) || ' ' || handoff_reason FROM conversation WHERE handoff_reason IS NOT NULL GROUP BY handoff_reason"));
        log.WriteLine($"{said.Count(r => r.Taken)} webhooks taken, {relais.Provider.Simulator.AcceptedTotal} sends; slowest start {slowest.TotalSeconds:F1} s; "
            + $"given to people: {handedOff}; {ledger}");
        ledger.IsClean.ShouldBeTrue($"seed {seed}: {ledger}\n{relais.Output}");
        ledger.Uncertain.Count.ShouldBeLessThanOrEqualTo(kills * Customers, $"seed {seed}");
        said.Count(r => r.Taken).ShouldBeGreaterThan(kills * 5, "there was load");
    }

    /// <summary>Writes one message after the other: the next one only when the last was taken, as order is only promised so.</summary>
    private static async Task Chat(ProviderHost provider, int customer, int seed, ConcurrentBag<WebhookResult> said, CancellationToken stop)
    {
        var random = new Random(seed + customer);
        var number = customer % 4 == 3 ? provider.Twilio : provider.Meta;
        for (var message = 0; !stop.IsCancellationRequested; message++)
        {
            // New customers come: a conversation whose turns died three times in a row is given to people and answered no more.
            var phone = provider.Simulator.Phone($"+3362{message / 5:D3}{customer:D4}");
            var result = await phone.Say(number, Texts[random.Next(Texts.Length)], CancellationToken.None);
            said.Add(result);
            if (random.Next(10) == 0)
            {
                await Task.WhenAll(phone.Redeliver(result, CancellationToken.None), phone.Redeliver(result, CancellationToken.None));
            }

            // Meta repeats until it is taken. Twilio does not, so there a message that was not taken is nobody's promise.
            while (!result.Taken && number.Channel == SimulatedChannel.Meta)
            {
                await Task.Delay(100, CancellationToken.None);
                result = await phone.Redeliver(result, CancellationToken.None);
                said.Add(result);
            }

            await Task.WhenAny(Task.Delay(Pace * (2 * random.NextDouble()), stop));
        }
    }

    private static int Number(string variable, int unset) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : unset;
}
