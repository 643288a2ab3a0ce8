using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows.Testing;

/// <param name="Passed">Nothing differs.</param>
/// <param name="Differences">What is not as expected, a sentence each.</param>
/// <param name="Play">What was said and done.</param>
internal sealed record FlowTestResult(long Id, string Name, bool Passed, IReadOnlyList<string> Differences, FlowPlay Play);

/// <summary>Plays scripts on a tenant's flow with what surrounds it: subflows as published, its functions, its time zone and language.</summary>
internal sealed class FlowTestBench(Database database, FlowDirectory directory, Clock clock)
{
    /// <param name="tenantId">Whose.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="definition">Which of its definitions.</param>
    /// <param name="script">Checked before.</param>
    /// <param name="cancel">Of the request.</param>
    public async Task<FlowPlay> Play(long tenantId, StoredFlow flow, FlowDefinition definition, FlowScript script, CancellationToken cancel) =>
        FlowRehearsal.Play(definition, flow.Sid, script, await World(tenantId, flow, cancel));

    /// <summary>Every saved test of a flow on one of its definitions.</summary>
    public async Task<List<FlowTestResult>> All(long tenantId, StoredFlow flow, FlowDefinition definition, CancellationToken cancel)
    {
        var tests = await database.Read(Scope.Tenant(tenantId), tx => FlowTestStore.Of(tx, tenantId, flow.Id), cancel);
        if (tests.Count == 0)
        {
            return [];
        }

        var world = await World(tenantId, flow, cancel);
        return tests.ConvertAll(test =>
        {
            var script = FlowScript.Read(test.Script);
            var play = FlowRehearsal.Play(definition, flow.Sid, script, world);
            var differences = play.Differences(script.Expects);
            return new FlowTestResult(test.Id, test.Name, differences.Count == 0, differences, play);
        });
    }

    private async Task<FlowWorld> World(long tenantId, StoredFlow flow, CancellationToken cancel)
    {
        var (revision, tenant) = await database.Read(Scope.Tenant(tenantId), async tx => (await AiRevision.Of(tx, tenantId), await TenantStore.Find(tx, tenantId)), cancel);
        var known = await directory.Of(tenantId, revision, cancel);
        return new FlowWorld
        {
            Now = Instants.FromMicros(clock.Micros),
            Zone = TimeZoneInfo.TryFindSystemTimeZoneById(tenant!.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc,
            Language = tenant.Language,
            Subflow = named => known.Find(named) is { Definition: { } found } other ? new FoundFlow(other.Sid, other.Version, found) : null,
            SubflowAt = (sid, version) => known.Find(sid) is { } other && other.Version == version ? other.Definition : null,
            Functions = flow.ReadSettings().Functions,

            // Whether a template is approved is for the number to say, not for the flow.
            Template = sid => (sid, tenant.Language),
        };
    }
}
