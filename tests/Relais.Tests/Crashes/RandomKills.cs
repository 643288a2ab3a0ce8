using System.Globalization;
using Relais.Chaos.Load;
using Relais.Chaos.Scenarios;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>
/// The short form of <c>bin/chaos kills</c>: killed again and again at random moments under load (reliability table, R1).
/// RELAIS_TEST_KILLS sets how often, RELAIS_TEST_SEED repeats a run.
/// </summary>
public sealed class RandomKills(ITestOutputHelper log)
{
    [Theory, OnEveryDatabase]
    public async Task Nothing_is_lost_doubled_or_left_lying_however_often_the_process_is_killed(DatabaseKind kind)
    {
        var seed = Number("RELAIS_TEST_SEED", Environment.TickCount & 0xFFFF);
        await using var database = await TestDatabase.CreateEmpty(kind);
        var verdict = await Kills.Run(database, Number("RELAIS_TEST_KILLS", 10), LoadPlan.Small, seed, log.WriteLine);
        log.WriteLine($"seed {seed}: {verdict}");
        verdict.IsGood.ShouldBeTrue($"seed {seed}: {verdict}");
    }

    private static int Number(string variable, int unset) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : unset;
}
