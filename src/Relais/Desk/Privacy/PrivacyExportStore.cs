using Relais.Desk.Contacts.Erasing;
using Relais.Storage;

namespace Relais.Desk.Privacy;

/// <summary>Exports, and the rows that go into them: those an erasure would take, table by table.</summary>
internal static class PrivacyExportStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", contact_id AS "ContactId", agent_id AS "AgentId", state AS "State", progress AS "Progress", size AS "Size",
        created_at AS "CreatedAt", ready_at AS "ReadyAt", expires_at AS "ExpiresAt"
        """;

    public static Task Insert(Tx tx, PrivacyExport export) => tx.Execute("""
        INSERT INTO privacy_export (tenant_id, id, contact_id, agent_id, state, progress, created_at)
        VALUES (@TenantId, @Id, @ContactId, @AgentId, @State, 0, @CreatedAt)
        """, export);

    public static Task<PrivacyExport?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<PrivacyExport>(
        $"SELECT {Columns} FROM privacy_export WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>The newest first.</summary>
    public static Task<List<PrivacyExport>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<PrivacyExport>(
        $"SELECT {Columns} FROM privacy_export WHERE tenant_id = @tenantId AND id < @before ORDER BY id DESC LIMIT @limit", new { tenantId, before, limit });

    public static Task Advance(Tx tx, long tenantId, long id, long progress) => tx.Execute(
        "UPDATE privacy_export SET progress = @progress WHERE tenant_id = @tenantId AND id = @id AND state = 1", new { tenantId, id, progress });

    public static async Task<bool> Ready(Tx tx, long tenantId, long id, long size, long now, long until) => await tx.Execute("""
        UPDATE privacy_export SET state = 2, progress = 100, size = @size, ready_at = @now, expires_at = @until
        WHERE tenant_id = @tenantId AND id = @id AND state = 1
        """, new { tenantId, id, size, now, until }) == 1;

    public static Task Fail(Tx tx, long tenantId, long id) => tx.Execute(
        "UPDATE privacy_export SET state = 3 WHERE tenant_id = @tenantId AND id = @id AND state = 1", new { tenantId, id });

    /// <summary>Those whose day is over, of every tenant: from now on they are removed.</summary>
    public static Task Expire(Tx tx, long now) => tx.Execute(
        "UPDATE privacy_export SET state = 4 WHERE state = 2 AND expires_at <= @now AND tenant_id > 0", new { now });

    /// <summary>Whether its file is still wanted.</summary>
    public static async Task<bool> IsKept(Tx tx, long tenantId, long id) => await tx.QueryFirst<long>(
        "SELECT count(*) FROM privacy_export WHERE tenant_id = @tenantId AND id = @id AND state IN (1, 2)", new { tenantId, id }) > 0;

    /// <summary>A page of a table's rows of this customer, as they stand; column and value.</summary>
    public static async Task<List<IDictionary<string, object?>>> Rows(Tx tx, long tenantId, ErasedPerson person, ErasureStep step, int offset, int limit)
    {
        var rows = await tx.Query<object>(
            $"SELECT * FROM {step.Table} WHERE tenant_id = @tenantId AND {ErasureStore.Whose(tx, step)} ORDER BY 1, 2 LIMIT @limit OFFSET @offset",
            new { tenantId, offset, limit, contacts = person.Contacts.ToArray(), conversations = person.Conversations.DefaultIfEmpty(0).ToArray() });
        return rows.ConvertAll(row => (IDictionary<string, object?>)row);
    }
}
