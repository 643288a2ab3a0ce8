using Relais.Engine.Simulations.Cases;
using Relais.Engine.Simulations.Running;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Simulations;

/// <summary>
/// In: runs that wait. Out: a result a case, stored as it comes, so that a run goes on where it was when its node died. One run at a time on a
/// node: live customers and their models go first.
/// </summary>
internal sealed class SimulationWorker(
    Database database, HeldWork work, SuiteRunner suite, SimulationModels models, Signals signals, Clock clock,
    ILogger<SimulationWorker> log) : Worker(log)
{
    protected override Task<bool> Round(CancellationToken stopping) => work.Next(LaneKind.Simulation, Run, stopping);

    protected override Task Idle(CancellationToken stopping) => signals.Of(LaneKind.Simulation).Wait(TimeSpan.FromSeconds(1), stopping);

    private async Task Run(Lease lease, CancellationToken stopping)
    {
        var (tenantId, runId) = (lease.TenantId, lease.Key);
        var scope = Scope.Tenant(tenantId);
        var run = await database.Read(scope, tx => RunStore.Find(tx, tenantId, runId), stopping);
        if (run is null or { FinishedAt: not null })
        {
            return;
        }

        var (business, cases, known) = await database.Read(scope, async tx => (
            await SimulatedBusiness.Read(tx, tenantId, run.PromptVersion), await CaseStore.All(tx, tenantId), await RunStore.Verdicts(tx, tenantId, runId)), stopping);

        // Without its models a run that wanted them has nothing to say.
        var model = await models.For(tenantId, run.Model, stopping);
        if (lease.Failures >= HeldWork.MostFailures || model is null)
        {
            await database.Write(scope, tx => RunStore.End(tx, tenantId, runId, StoredRun.Broken, clock.Micros), stopping);
            return;
        }

        var wanted = cases.FindAll(c => run.CaseId is null || c.Id == run.CaseId);
        await database.Write(scope, tx => RunStore.Begin(tx, tenantId, runId, model.Name, RunBasis.Of(business, cases, model), wanted.Count), stopping);
        var left = wanted.FindAll(c => !known.ContainsKey(c.Id));
        await suite.Run(
            left.ConvertAll(c => CaseReader.One(c.Yaml)), business, model,
            (i, result) => database.Write(scope, tx => RunStore.Keep(tx, tenantId, runId, left[i].Id, result), stopping), stopping);
        await database.Write(scope, tx => RunStore.End(tx, tenantId, runId, StoredRun.Done, clock.Micros), stopping);
    }
}
