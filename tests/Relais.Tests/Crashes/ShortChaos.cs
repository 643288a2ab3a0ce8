using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Chaos.Scenarios;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Crashes;

/// <summary>
/// Short forms of the driver's other scenarios, which need a PostgreSQL of their own or a disk that can be cut off. Where a
/// machine has neither they are skipped and say what is missing.
/// </summary>
public sealed class ShortChaos(ITestOutputHelper log)
{
    [OnPostgres]
    public Task A_server_goes_on_when_its_PostgreSQL_is_restarted_crashed_and_killed() => Good(async seed =>
    {
        var folder = Directory.CreateTempSubdirectory("relais-pg-");
        try
        {
            await Shell.Run("chmod", "711", folder.FullName);
            await using var cluster = await PostgresCluster.Create(Path.Combine(folder.FullName, "pg"));
            return await PostgresRestarts.Run(cluster, new Restarts(1, 1, 1, 2), LoadPlan.Small, seed, log.WriteLine);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });

    [Theory, OnEveryDatabase]
    public Task Nothing_acknowledged_is_lost_when_the_power_goes(DatabaseKind kind) =>
        Good(seed => PowerCuts.Run(kind, 3, LoadPlan.Small, seed, log.WriteLine));

    private async Task Good(Func<int, Task<Relais.Chaos.Verdict>> run)
    {
        var seed = Environment.TickCount & 0xFFFF;
        try
        {
            var verdict = await run(seed);
            log.WriteLine($"seed {seed}: {verdict}");
            verdict.IsGood.ShouldBeTrue($"seed {seed}: {verdict}");
        }
        catch (NotSupportedException e)
        {
            Assert.Skip(e.Message);
        }
    }
}
