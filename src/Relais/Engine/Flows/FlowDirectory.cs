using Relais.Conversations;
using System.Collections.Concurrent;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>
/// The flows of tenants in memory, by the tenant's AI revision (publishing moves it): a turn of a tenant without flows costs a look into a
/// dictionary. Versions never change, so what a running session needs is read once.
/// </summary>
internal sealed class FlowDirectory(Database database)
{
    /// <summary>Old versions kept for sessions that still run on them, in the whole process.</summary>
    private const int MostVersions = 500;

    private readonly ConcurrentDictionary<(long Tenant, long Flow, long Version), FlowDefinition> versions = new();

    private readonly RevisionCache<TenantFlows> flows = new((tenantId, cancel) => database.Read(Scope.Tenant(tenantId), async tx =>
    {
        var rows = await FlowSessionStore.Flows(tx, tenantId);
        var zone = rows.Count == 0 ? "UTC" : await tx.QueryFirst<string>("SELECT time_zone FROM tenant WHERE tenant_id = @tenantId", new { tenantId });
        return new TenantFlows(
            [.. rows.Select(r => new KnownFlow(r.Id, r.Sid, r.Name, r.Version, r.Definition, FlowSettings.Read(r.Settings)))],
            TimeZoneInfo.TryFindSystemTimeZoneById(zone ?? "UTC", out var found) ? found : TimeZoneInfo.Utc);
    }, cancel));

    public ValueTask<TenantFlows> Of(long tenantId, long revision, CancellationToken cancel) => flows.Of(tenantId, revision, cancel);

    /// <summary>What a session runs; null when it is gone or cannot be read.</summary>
    public async ValueTask<FlowDefinition?> Definition(TenantFlows known, long tenantId, long flowId, long version, string? draft, CancellationToken cancel)
    {
        if (draft is not null)
        {
            return FlowDefinition.Parse(draft);
        }

        if (known.Flows.FirstOrDefault(f => f.FlowId == flowId && f.Version == version)?.Definition is { } published)
        {
            return published;
        }

        if (version > 0 && versions.TryGetValue((tenantId, flowId, version), out var kept))
        {
            return kept;
        }

        var text = await Text(tenantId, flowId, version, cancel);
        var read = text is null ? null : FlowDefinition.Parse(text);
        if (read is not null && version > 0)
        {
            if (versions.Count >= MostVersions)
            {
                versions.Clear();
            }

            versions[(tenantId, flowId, version)] = read;
        }

        return read;
    }

    /// <summary>JSON of a version; of the draft for 0.</summary>
    public Task<string?> Text(long tenantId, long flowId, long version, CancellationToken cancel) =>
        database.Read(Scope.Tenant(tenantId), tx => FlowSessionStore.Definition(tx, tenantId, flowId, version), cancel);

    /// <summary>Names and languages of the templates with a provider's id, for flows that send some.</summary>
    public async Task<Dictionary<string, (string Name, string Language)>> Templates(long tenantId, CancellationToken cancel) =>
        (await database.Read(Scope.Tenant(tenantId), tx => tx.Query<TemplateName>(
            "SELECT provider_id AS \"ProviderId\", name AS \"Name\", language AS \"Language\" FROM message_template WHERE tenant_id = @tenantId AND deleted_at IS NULL",
            new { tenantId }), cancel)).DistinctBy(t => t.ProviderId).ToDictionary(t => t.ProviderId, t => (t.Name, t.Language));

    public Task<bool> IsClient(long tenantId, long contactId, CancellationToken cancel) =>
        database.Read(Scope.Tenant(tenantId), tx => FlowContacts.IsClient(tx, tenantId, contactId), cancel);

    /// <summary>The campaign whose message this is the first answer to, as text; null for none.</summary>
    public async Task<string?> AnsweredCampaign(long tenantId, long conversationId, TurnMessage first, CancellationToken cancel) =>
        (await database.Read(Scope.Tenant(tenantId), tx => CampaignAnswers.Of(tx, tenantId, conversationId, first.Seq, first.At), cancel))?
        .ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class TemplateName
    {
        public string ProviderId { get; init; } = "";

        public string Name { get; init; } = "";

        public string Language { get; init; } = "";
    }
}
