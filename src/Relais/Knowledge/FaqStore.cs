using Relais.Storage;

namespace Relais.Knowledge;

/// <summary>A question the business answers the same way each time.</summary>
internal sealed class Faq
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Question { get; init; } = "";

    public string Answer { get; init; } = "";

    /// <summary>fr, ar, en, or null: nobody said.</summary>
    public string? Language { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

/// <summary>
/// A tenant's FAQs. Every change raises the tenant's revision in the same transaction, so that the next turn, on any node,
/// answers from the new words.
/// </summary>
internal static class FaqStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", question AS "Question", answer AS "Answer", language AS "Language", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    public static Task<List<Faq>> All(Tx tx, long tenantId) =>
        tx.Query<Faq>($"SELECT {Columns} FROM faq WHERE tenant_id = @tenantId ORDER BY id", new { tenantId });

    /// <summary>In the order they were made; <paramref name="after"/> is the id of the last one already read.</summary>
    public static Task<List<Faq>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<Faq>(
        $"SELECT {Columns} FROM faq WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<Faq?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Faq>($"SELECT {Columns} FROM faq WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static async Task Insert(Tx tx, Faq faq)
    {
        await tx.Execute("""
            INSERT INTO faq (tenant_id, id, question, answer, language, created_at, updated_at)
            VALUES (@TenantId, @Id, @Question, @Answer, @Language, @CreatedAt, @UpdatedAt)
            """, faq);
        await Revise(tx, faq.TenantId);
    }

    public static async Task Update(Tx tx, Faq faq)
    {
        await tx.Execute("""
            UPDATE faq SET question = @Question, answer = @Answer, language = @Language, updated_at = @UpdatedAt WHERE tenant_id = @TenantId AND id = @Id
            """, faq);
        await Revise(tx, faq.TenantId);
    }

    /// <summary>False when there is none of that id.</summary>
    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        await tx.Execute("DELETE FROM knowledge_vector WHERE tenant_id = @tenantId AND item_id = @id", new { tenantId, id });
        var deleted = await tx.Execute("DELETE FROM faq WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await Revise(tx, tenantId);
        return deleted > 0;
    }

    private static Task Revise(Tx tx, long tenantId) =>
        tx.Execute("UPDATE tenant SET faq_revision = faq_revision + 1 WHERE tenant_id = @tenantId", new { tenantId });
}
