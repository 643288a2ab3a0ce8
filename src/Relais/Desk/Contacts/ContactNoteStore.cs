using Relais.Storage;

namespace Relais.Desk.Contacts;

/// <summary>What colleagues wrote about a customer, as stored.</summary>
internal sealed class ContactNote
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ContactId { get; init; }

    public long AgentId { get; init; }

    public string? AgentName { get; init; }

    public string Message { get; init; } = "";

    public long CreatedAt { get; init; }
}

internal static class ContactNoteStore
{
    private const string Select = """
        SELECT n.tenant_id AS "TenantId", n.id AS "Id", n.contact_id AS "ContactId", n.agent_id AS "AgentId", a.name AS "AgentName",
          n.message AS "Message", n.created_at AS "CreatedAt"
        FROM contact_note n LEFT JOIN membership a ON a.tenant_id = n.tenant_id AND a.agent_id = n.agent_id
        """;

    /// <summary>Latest first.</summary>
    public static Task<List<ContactNote>> Page(Tx tx, long tenantId, long contactId, long before, int limit) => tx.Query<ContactNote>($"""
        {Select} WHERE n.tenant_id = @tenantId AND n.contact_id = @contactId AND n.id < @before ORDER BY n.id DESC LIMIT @limit
        """, new { tenantId, contactId, before, limit });

    public static Task<ContactNote?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<ContactNote>($"{Select} WHERE n.tenant_id = @tenantId AND n.id = @id", new { tenantId, id });

    public static Task Insert(Tx tx, ContactNote note) => tx.Execute("""
        INSERT INTO contact_note (tenant_id, id, contact_id, agent_id, message, created_at)
        VALUES (@TenantId, @Id, @ContactId, @AgentId, @Message, @CreatedAt)
        """, note);

    public static Task Delete(Tx tx, long tenantId, long id) =>
        tx.Execute("DELETE FROM contact_note WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
}
