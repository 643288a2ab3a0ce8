using Relais.Foundation;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>
/// PostgreSQL goes away while customers write: Twilio's webhooks, which are not repeated, go into the spool and are answered 200;
/// Meta's are answered 503 and come again. Also when the process dies over the spool (reliability table, R2 and R5).
/// </summary>
public sealed class DatabaseAway
{
    private const string Question = "Où est ma commande TRK123456 ?";

    /// <summary>No crash, and each of the spool's two points.</summary>
    public static IEnumerable<TheoryDataRow<string>> Points =>
        from point in new[] { "", CrashPoint.SpoolWritten, CrashPoint.SpoolDrained }
        select new TheoryDataRow<string>(point)
        {
            Skip = TestDatabase.Postgres is null && Environment.GetEnvironmentVariable("CI") is not "true"
                ? "RELAIS_TEST_POSTGRES is not set: bin/test starts a PostgreSQL and sets it." : null,
        };

    [Theory, MemberData(nameof(Points))]
    public async Task Webhooks_survive_a_database_that_goes_away(string point)
    {
        using var wire = new CuttableWire();
        await using var relais = await RelaisProcess.Create(wire);
        var (simulator, meta, twilio) = (relais.Provider.Simulator, relais.Provider.Meta, relais.Provider.Twilio);
        simulator.Redelivery = new RedeliveryPolicy(10, TimeSpan.FromMilliseconds(500));
        await relais.Start(point.Length > 0 ? $"{point}:1" : null);
        await relais.FillSample();
        (await simulator.Phone("+33650000001").Say(meta, "Bonjour")).Taken.ShouldBeTrue();
        await simulator.NextSend("+33650000001", TimeSpan.FromSeconds(10));

        wire.Cut();
        var spooled = simulator.Phone("+33650000002").Say(twilio, Question);
        var refused = simulator.Phone("+33650000003").Say(meta, Question);
        (await spooled).Taken.ShouldBe(point != CrashPoint.SpoolWritten);
        (await refused).Taken.ShouldBeFalse();
        if (point == CrashPoint.SpoolWritten)
        {
            await relais.Died(TimeSpan.FromSeconds(10));
            await relais.Start(awaitReady: false);
        }

        wire.Mend();
        if (point == CrashPoint.SpoolDrained)
        {
            await relais.Died(TimeSpan.FromSeconds(20));
            await relais.Start();
        }

        (await simulator.NextSend("+33650000002", TimeSpan.FromSeconds(20))).Text.ShouldContain("TRK123456 est expédiée");
        (await simulator.NextSend("+33650000003", TimeSpan.FromSeconds(20))).Text.ShouldContain("TRK123456 est expédiée");
        var ledger = await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(30));
        ledger.IsClean.ShouldBeTrue($"{point}: {ledger}\n{relais.Output}");
        ledger.Uncertain.ShouldBeEmpty();
    }
}
