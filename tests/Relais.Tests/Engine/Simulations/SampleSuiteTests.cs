using Relais.Commands;
using Relais.Engine.Simulations;
using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Storage;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Simulations;

public sealed class SampleSuiteTests
{
    [Fact]
    public async Task All_sixty_cases_of_the_demo_pass_with_the_built_in_agent_and_leave_nothing_behind()
    {
        await using var rooms = await EvalRooms.Open(Settings.From([]), ownDemo: true, CancellationToken.None);
        var database = rooms.Get<Relais.Storage.Database>();
        var tenantId = (await rooms.FindTenant(null, CancellationToken.None))!.Value;
        var before = await Everything(database);
        var cases = SampleSuite.Files.SelectMany(f => CaseReader.Read(f.Yaml)).ToList();

        var business = await database.Read(Relais.Storage.Scope.Tenant(tenantId), tx => SimulatedBusiness.Read(tx, tenantId));
        var model = SimulatedModel.BuiltIn(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var results = await rooms.Get<SuiteRunner>().Run(cases, business, model, null, CancellationToken.None);

        results.Where(r => r.Verdict != Verdict.Passed).Select(r => $"{r.Name}: {string.Join(' ', r.Reasons)}").ShouldBeEmpty();
        cases.GroupBy(c => c.Language).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
            new Dictionary<string, int> { ["fr"] = 20, ["ar"] = 20, ["en"] = 20 }, ignoreOrder: true);
        (await rooms.StoredCases(tenantId, CancellationToken.None)).Select(c => c.Name).ShouldBe(cases.Select(c => c.Name), "the demo has them");
        (await Everything(database)).ShouldBe(before);
    }

    /// <summary>Rows of every table: a simulation adds none.</summary>
    private static Task<string> Everything(Relais.Storage.Database database) => database.Read(Relais.Storage.Scope.Directory, async tx =>
    {
        var tables = await tx.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        var counts = new List<string>();
        foreach (var table in tables.Where(t => t != "id_block"))
        {
            counts.Add($"{table} {await tx.QueryFirst<long>($"SELECT count(*) FROM \"{table}\"")}");
        }

        counts.Add(string.Join(' ', await tx.Query<string>("SELECT tracking_number || status FROM customer_order ORDER BY id")));
        return string.Join('\n', counts);
    });
}
