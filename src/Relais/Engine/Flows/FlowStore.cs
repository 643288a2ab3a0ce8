using System.Globalization;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Flows;

/// <summary>A flow as stored; a list leaves its draft out.</summary>
internal sealed class StoredFlow
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>FW and 32 hexadecimal digits.</summary>
    public string Sid { get; init; } = "";

    /// <summary>The definition being worked on, as it came.</summary>
    public string Draft { get; init; } = "";

    public long DraftRevision { get; init; }

    public long? PublishedVersion { get; init; }

    /// <summary>1: the draft is not what is published.</summary>
    public long HasChanges { get; init; }

    /// <summary><see cref="FlowSettings"/> as JSON.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>Runs that are under way.</summary>
    public long SessionsActive { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long? ArchivedAt { get; init; }

    public FlowSettings ReadSettings() => FlowSettings.Read(Settings);

    public StoredFlow Called(string sid) => Copy(sid, Name, Settings, ArchivedAt, UpdatedAt);

    public StoredFlow Changed(string name, string settings, long? archivedAt, long now) => Copy(Sid, name, settings, archivedAt, now);

    private StoredFlow Copy(string sid, string name, string settings, long? archivedAt, long now) => new()
    {
        TenantId = TenantId, Id = Id, Name = name, Sid = sid, Draft = Draft, DraftRevision = DraftRevision, PublishedVersion = PublishedVersion,
        Settings = settings, CreatedAt = CreatedAt, UpdatedAt = now, ArchivedAt = archivedAt,
    };
}

/// <summary>A tenant's flows. What changes who starts what is told to the nodes in the same transaction.</summary>
internal static class FlowStore
{
    private const string Columns = """
        f.tenant_id AS "TenantId", f.id AS "Id", f.name AS "Name", f.sid AS "Sid", f.draft_revision AS "DraftRevision",
        f.published_version AS "PublishedVersion", f.settings AS "Settings", f.created_at AS "CreatedAt", f.updated_at AS "UpdatedAt",
        f.archived_at AS "ArchivedAt",
        CASE WHEN EXISTS (SELECT 1 FROM flow_version v WHERE v.tenant_id = f.tenant_id AND v.flow_id = f.id AND v.version = f.published_version
          AND v.definition = f.draft) THEN 0 ELSE 1 END AS "HasChanges",
        (SELECT count(*) FROM flow_session s WHERE s.tenant_id = f.tenant_id AND s.flow_id = f.id AND s.status IN (1, 2)) AS "SessionsActive"
        """;

    /// <summary>In the order they were made, without drafts; <paramref name="after"/> is the id of the last one already read.</summary>
    public static Task<List<StoredFlow>> Page(Tx tx, long tenantId, bool archived, long after, int limit) => tx.Query<StoredFlow>(
        $"SELECT {Columns} FROM flow f WHERE f.tenant_id = @tenantId AND f.id > @after AND f.archived_at IS {(archived ? "NOT NULL" : "NULL")} ORDER BY f.id LIMIT @limit",
        new { tenantId, after, limit });

    public static Task<StoredFlow?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredFlow>(
        $"SELECT {Columns}, f.draft AS \"Draft\" FROM flow f WHERE f.tenant_id = @tenantId AND f.id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM flow WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>What flows that other flows can run are called: sid, name and id (as <see cref="TenantFlows.Find"/> looks for them).</summary>
    public static async Task<HashSet<string>> Published(Tx tx, long tenantId) => (await tx.Query<StoredFlow>("""
        SELECT id AS "Id", sid AS "Sid", name AS "Name" FROM flow WHERE tenant_id = @tenantId AND published_version IS NOT NULL AND archived_at IS NULL
        """, new { tenantId })).SelectMany(f => (string[])[f.Sid, f.Name, f.Id.ToString(CultureInfo.InvariantCulture)]).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>False when another flow of the tenant has its sid.</summary>
    public static async Task<bool> Insert(Tx tx, StoredFlow flow)
    {
        var inserted = await tx.Execute("""
            INSERT INTO flow (tenant_id, id, name, sid, draft, draft_revision, settings, created_at, updated_at)
            VALUES (@TenantId, @Id, @Name, @Sid, @Draft, @DraftRevision, @Settings, @CreatedAt, @UpdatedAt) ON CONFLICT DO NOTHING
            """, flow);
        await AiRevision.Grow(tx, flow.TenantId);
        return inserted > 0;
    }

    /// <summary>Name, settings and whether it is archived.</summary>
    public static async Task Update(Tx tx, StoredFlow flow)
    {
        await tx.Execute("""
            UPDATE flow SET name = @Name, settings = @Settings, archived_at = @ArchivedAt, updated_at = @UpdatedAt WHERE tenant_id = @TenantId AND id = @Id
            """, flow);
        await AiRevision.Grow(tx, flow.TenantId);
    }

    /// <summary>
    /// The draft's new revision, or null when somebody has saved since <paramref name="revision"/>. No node is told: a draft is kept nowhere
    /// but here, and test phones read it when they start.
    /// </summary>
    public static async Task<long?> SaveDraft(Tx tx, long tenantId, long id, long revision, string draft, long now) => await tx.Execute("""
        UPDATE flow SET draft = @draft, draft_revision = draft_revision + 1, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND draft_revision = @revision
        """, new { tenantId, id, revision, draft, now }) == 0 ? null : revision + 1;

    /// <summary>Which version starts from now on; null: none.</summary>
    public static async Task Use(Tx tx, long tenantId, long id, long? version, long now)
    {
        await tx.Execute(
            "UPDATE flow SET published_version = @version, updated_at = @now WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, version, now });
        await AiRevision.Grow(tx, tenantId);
    }

    /// <summary>Holds the row, so that two who publish get different numbers. False when there is no such flow or its draft is not of this revision.</summary>
    public static async Task<bool> Hold(Tx tx, long tenantId, long id, long revision) => await tx.Execute(
        "UPDATE flow SET draft_revision = draft_revision WHERE tenant_id = @tenantId AND id = @id AND draft_revision = @revision", new { tenantId, id, revision }) > 0;

    /// <summary>Those of the given numbers that the tenant has.</summary>
    public static async Task<HashSet<long>> Inboxes(Tx tx, long tenantId) =>
        [.. await tx.Query<long>("SELECT id FROM inbox WHERE tenant_id = @tenantId", new { tenantId })];
}
