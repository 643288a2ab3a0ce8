using Relais.Engine.Simulations;
using Relais.Engine.Simulations.Cases;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>Gives the demo's tenant the cases that come with its sample business.</summary>
internal sealed class SampleCases(Database database, Ids ids, Clock clock)
{
    /// <summary>Unless the tenant has cases already.</summary>
    public async Task Fill(long tenantId, CancellationToken cancel = default)
    {
        if (await database.Read(Scope.Tenant(tenantId), tx => CaseStore.Count(tx, tenantId), cancel) > 0)
        {
            return;
        }

        var cases = SampleSuite.Files.SelectMany(f => CaseReader.Read(f.Yaml)).ToList();
        var range = await ids.Take(cases.Count, cancel);
        var now = clock.Micros;
        await database.Write(Scope.Tenant(tenantId), async tx =>
        {
            range.Rewind();
            foreach (var one in cases)
            {
                await CaseStore.Insert(tx, new StoredCase
                {
                    TenantId = tenantId, Id = range.Next(), Name = one.Name, Language = one.Language, Yaml = CaseWriter.Write(one),
                    CreatedAt = now, UpdatedAt = now,
                });
            }
        }, cancel);
    }
}
