using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>SIGTERM in the middle of work: the process ends by itself, in time, and leaves no doubt about any message.</summary>
public sealed class CleanEnd
{
    [Theory, OnEveryDatabase]
    public async Task A_process_that_is_told_to_end_finishes_what_it_holds(DatabaseKind kind)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var (simulator, meta, twilio) = (relais.Provider.Simulator, relais.Provider.Meta, relais.Provider.Twilio);
        simulator.Redelivery = new RedeliveryPolicy(10, TimeSpan.FromMilliseconds(200));
        simulator.Faults.Add(new Fault(FaultKind.Slow, Delay: TimeSpan.FromMilliseconds(300)));
        await relais.Start();
        for (var round = 0; round < 2; round++)
        {
            var asked = Enumerable.Range(round * 20, 20).Select(i => Task.Run(async () =>
            {
                var phone = simulator.Phone($"+336300000{i:D2}");
                await Task.Delay(i % 20 * 20);
                await phone.Say(i % 4 == 0 ? twilio : meta, "Où est ma commande TRK123456 ?");
            })).ToList();
            await Task.Delay(250 + (round * 150), TestContext.Current.CancellationToken);
            (await relais.Terminate()).ShouldBeLessThan(TimeSpan.FromSeconds(10));
            relais.ExitCode.ShouldBe(0, relais.Output);
            await Task.WhenAll(asked);
            await relais.Start();
        }

        var ledger = await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(30));
        ledger.IsClean.ShouldBeTrue($"{ledger}\n{relais.Output}");
        ledger.Uncertain.ShouldBeEmpty();
        relais.Output.ShouldNotContain("\"LogLevel\":\"Error\"");
    }

    [Fact]
    public async Task A_send_that_takes_seconds_is_waited_for()
    {
        await using var relais = await RelaisProcess.Create(DatabaseKind.Sqlite);
        var (simulator, meta) = (relais.Provider.Simulator, relais.Provider.Meta);
        simulator.Faults.Add(new Fault(FaultKind.Slow, Delay: TimeSpan.FromSeconds(4)));
        await relais.Start();
        var phone = simulator.Phone("+33630000099");
        await phone.Say(meta, "Où est ma commande TRK123456 ?");

        // Until the answer is on the wire: the provider takes it, and lets us wait for its word.
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM outbox WHERE state = 1") == 1, "it is on the wire");
        (await relais.Terminate()).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        relais.ExitCode.ShouldBe(0, relais.Output);
        await relais.Start();
        var ledger = await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(30));
        ledger.IsClean.ShouldBeTrue($"{ledger}\n{relais.Output}");
        ledger.Uncertain.ShouldBeEmpty();
    }
}
