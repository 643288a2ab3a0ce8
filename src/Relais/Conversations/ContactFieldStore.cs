using Relais.Storage;
using Relais.Tenants;

namespace Relais.Conversations;

/// <summary>Which fields a tenant's customers have, and what is in them.</summary>
internal static class ContactFieldStore
{
    public static Task<List<ContactField>> Fields(Tx tx, long tenantId) => tx.Query<ContactField>("""
        SELECT tenant_id AS "TenantId", name AS "Name", kind AS "Kind", description AS "Description", words AS "Words", position AS "Position"
        FROM contact_field WHERE tenant_id = @tenantId ORDER BY position
        """, new { tenantId });

    /// <summary>Puts these in place of those there were; values of a field that is gone stay, and are shown again when it comes back.</summary>
    public static async Task Replace(Tx tx, long tenantId, IReadOnlyList<ContactField> fields)
    {
        await tx.Execute("DELETE FROM contact_field WHERE tenant_id = @tenantId", new { tenantId });
        foreach (var field in fields)
        {
            await tx.Execute("""
                INSERT INTO contact_field (tenant_id, name, kind, description, words, position)
                VALUES (@TenantId, @Name, @Kind, @Description, @Words, @Position)
                """, field);
        }

        await AiRevision.Grow(tx, tenantId);
    }

    public static Task<List<ContactValue>> Values(Tx tx, long tenantId, long contactId) => tx.Query<ContactValue>("""
        SELECT name AS "Name", value AS "Value", author AS "Author", updated_at AS "UpdatedAt"
        FROM contact_value WHERE tenant_id = @tenantId AND contact_id = @contactId ORDER BY name
        """, new { tenantId, contactId });

    /// <summary>A person's word.</summary>
    public static Task Set(Tx tx, long tenantId, long contactId, string name, string value, long now) => tx.Execute("""
        INSERT INTO contact_value (tenant_id, contact_id, name, value, author, updated_at)
        VALUES (@tenantId, @contactId, @name, @value, 'agent', @now)
        ON CONFLICT (tenant_id, contact_id, name) DO UPDATE SET value = excluded.value, author = 'agent', updated_at = excluded.updated_at
        """, new { tenantId, contactId, name, value, now });

    /// <summary>The AI agent's note; false when a person's word stands there, or the same.</summary>
    public static async Task<bool> Note(Tx tx, long tenantId, long contactId, string name, string value, long now) => await tx.Execute("""
        INSERT INTO contact_value (tenant_id, contact_id, name, value, author, updated_at)
        VALUES (@tenantId, @contactId, @name, @value, 'ai', @now)
        ON CONFLICT (tenant_id, contact_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
        WHERE contact_value.author <> 'agent' AND contact_value.value <> excluded.value
        """, new { tenantId, contactId, name, value, now }) > 0;

    public static Task Remove(Tx tx, long tenantId, long contactId, string name) => tx.Execute(
        "DELETE FROM contact_value WHERE tenant_id = @tenantId AND contact_id = @contactId AND name = @name", new { tenantId, contactId, name });
}
