using Relais.Storage;

namespace Relais.Conversations.Labels;

/// <summary>A word of the business for conversations and customers.</summary>
internal sealed class Label
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The name as it is compared: one label a name.</summary>
    public string Folded { get; init; } = "";

    /// <summary>#rrggbb.</summary>
    public string Color { get; init; } = "";

    public long CreatedAt { get; init; }
}

/// <summary>A tenant's labels, few enough to be read whole, and what they are on.</summary>
internal static class LabelStore
{
    public const int Most = 200;

    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", name AS "Name", folded AS "Folded", color AS "Color", created_at AS "CreatedAt"
        """;

    public static Task<List<Label>> All(Tx tx, long tenantId) =>
        tx.Query<Label>($"SELECT {Columns} FROM label WHERE tenant_id = @tenantId ORDER BY folded, id", new { tenantId });

    public static Task<Label?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Label>($"SELECT {Columns} FROM label WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>False when another has that name.</summary>
    public static async Task<bool> Put(Tx tx, Label label)
    {
        if (await tx.QueryFirst<long>("SELECT count(*) FROM label WHERE tenant_id = @TenantId AND folded = @Folded AND id <> @Id", label) > 0)
        {
            return false;
        }

        return await tx.Execute("""
            INSERT INTO label (tenant_id, id, name, folded, color, created_at) VALUES (@TenantId, @Id, @Name, @Folded, @Color, @CreatedAt)
            ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, folded = excluded.folded, color = excluded.color
            """, label) > 0;
    }

    /// <summary>It comes off everything it is on.</summary>
    public static async Task Delete(Tx tx, long tenantId, long id)
    {
        await tx.Execute("DELETE FROM conversation_label WHERE label_id = @id AND tenant_id = @tenantId", new { tenantId, id });
        await tx.Execute("DELETE FROM contact_label WHERE label_id = @id AND tenant_id = @tenantId", new { tenantId, id });
        await tx.Execute("DELETE FROM label WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
    }

    /// <summary>Null when one of the labels is not the tenant's; else how many were put on or taken off.</summary>
    public static Task<int?> ChangeConversation(Tx tx, long tenantId, long conversationId, IReadOnlyList<long> add, IReadOnlyList<long> remove) =>
        Change(tx, tenantId, conversationId, add, remove,
            "INSERT INTO conversation_label (tenant_id, conversation_id, label_id) VALUES (@tenantId, @id, @label) ON CONFLICT DO NOTHING",
            "DELETE FROM conversation_label WHERE tenant_id = @tenantId AND conversation_id = @id AND label_id = @label");

    /// <summary>The same for a customer.</summary>
    public static Task<int?> ChangeContact(Tx tx, long tenantId, long contactId, IReadOnlyList<long> add, IReadOnlyList<long> remove) =>
        Change(tx, tenantId, contactId, add, remove,
            "INSERT INTO contact_label (tenant_id, contact_id, label_id) VALUES (@tenantId, @id, @label) ON CONFLICT DO NOTHING",
            "DELETE FROM contact_label WHERE tenant_id = @tenantId AND contact_id = @id AND label_id = @label");

    public static Task<List<long>> OfContact(Tx tx, long tenantId, long contactId) => tx.Query<long>(
        "SELECT label_id FROM contact_label WHERE tenant_id = @tenantId AND contact_id = @contactId ORDER BY label_id", new { tenantId, contactId });

    private static async Task<int?> Change(Tx tx, long tenantId, long id, IReadOnlyList<long> add, IReadOnlyList<long> remove, string put, string take)
    {
        var known = (await tx.Query<long>("SELECT id FROM label WHERE tenant_id = @tenantId", new { tenantId })).ToHashSet();
        if (!add.All(known.Contains) || !remove.All(known.Contains))
        {
            return null;
        }

        var changed = 0;
        foreach (var label in add)
        {
            changed += await tx.Execute(put, new { tenantId, id, label });
        }

        foreach (var label in remove)
        {
            changed += await tx.Execute(take, new { tenantId, id, label });
        }

        return changed;
    }
}
