using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Finding;

/// <summary>
/// In: rules that are on. Out: a plan to be thought of for each customer a rule fits, and where the search stands, in one commit: a
/// restart goes on from there. Two nodes that search the same page find each plan once.
/// </summary>
internal sealed class FindingWorker(Database database, Beginnings beginnings, Ids ids, Clock clock, ILogger<FindingWorker> log) : Worker(log)
{
    /// <summary>A customer is followed up after hours: minutes more do not matter, and a search of everyone costs something.</summary>
    private const long Every = 5 * Instants.Minute;

    private const int RulesAtOnce = 4;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var rules = await database.Read(Scope.Pipeline, tx => RuleStore.DueScans(tx, clock.Micros - Every, clock.Micros, RulesAtOnce), stopping);
        foreach (var rule in rules)
        {
            await Search(rule, stopping);
        }

        return rules.Count == RulesAtOnce;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(1), stopping);

    private async Task Search(FollowUpRule rule, CancellationToken stopping)
    {
        var now = clock.Micros;
        var page = await database.Read(Scope.Pipeline, tx => CandidateStore.Page(tx, rule.TenantId, rule.Kind, rule.Read(), rule.ScanAfter, now), stopping);
        var range = await ids.Take(Math.Max(1, page.Found.Count), stopping);
        await database.Write(Scope.Pipeline, async tx =>
        {
            range.Rewind();
            foreach (var candidate in page.Found)
            {
                if (await beginnings.Draw(tx, rule.TenantId, rule.Kind, candidate, null, range.Next()) is { } plan)
                {
                    await beginnings.Begin(tx, plan);
                }
            }

            await RuleStore.Scanned(tx, rule.TenantId, rule.Kind, page.After, now);
        }, stopping);
    }
}
