using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Documents;

/// <summary>
/// A tenant's documents and their passages. What the agent answers from changes only with <see cref="Read"/> and
/// <see cref="Delete"/>, which raise the tenant's AI revision in the same transaction.
/// </summary>
internal static class DocumentStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", title AS "Title", format AS "Format", url AS "Url", language AS "Language", size AS "Size",
        state AS "State", problem AS "Problem", passages AS "Passages", reading AS "Reading", read_at AS "ReadAt", created_at AS "CreatedAt"
        """;

    private static readonly Rows<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)> PassageRows = new("""
        INSERT INTO passage (tenant_id, id, document_id, place, heading, content)
        SELECT r.tenant_id, r.id, r.document_id, r.nth, r.heading, r.content FROM {rows} WHERE true
        """,
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Long("tenant_id", p => p.TenantId),
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Long("id", p => p.Id),
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Long("document_id", p => p.DocumentId),
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Long("nth", p => p.Place),
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Text("heading", p => p.Passage.Heading),
        Column<(long TenantId, long DocumentId, long Id, long Place, Passage Passage)>.Text("content", p => p.Passage.Text));

    public static Task<Document?> Find(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<Document>($"SELECT {Columns} FROM document WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>In the order they were brought.</summary>
    public static Task<List<Document>> Page(Tx tx, long tenantId, long after, int limit) => tx.Query<Document>(
        $"SELECT {Columns} FROM document WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @limit", new { tenantId, after, limit });

    public static Task<byte[]?> Source(Tx tx, long tenantId, long id) =>
        tx.QueryFirst<byte[]>("SELECT source FROM document WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static async Task<long> Count(Tx tx, long tenantId) =>
        await tx.QueryFirst<long>("SELECT count(*) FROM document WHERE tenant_id = @tenantId", new { tenantId });

    /// <summary>Passages of every document but this one.</summary>
    public static async Task<long> PassagesBeside(Tx tx, long tenantId, long id) => await tx.QueryFirst<long>(
        "SELECT coalesce(sum(passages), 0) FROM document WHERE tenant_id = @tenantId AND id <> @id", new { tenantId, id });

    /// <summary>All that can be searched, in a stable order.</summary>
    public static Task<List<StoredPassage>> Passages(Tx tx, long tenantId) => tx.Query<StoredPassage>("""
        SELECT p.id AS "Id", p.document_id AS "DocumentId", d.title AS "Title", d.language AS "Language", p.heading AS "Heading", p.content AS "Text"
        FROM passage p JOIN document d ON d.tenant_id = p.tenant_id AND d.id = p.document_id
        WHERE p.tenant_id = @tenantId ORDER BY p.document_id, p.place
        """, new { tenantId });

    /// <summary>Of one document, as they stand in it; <paramref name="after"/> is the place of the last one already read, or -1.</summary>
    public static Task<List<(long Id, long Place, string Heading, string Text)>> PassagesOf(Tx tx, long tenantId, long documentId, long after, int limit) =>
        tx.Query<(long, long, string, string)>("""
            SELECT id, place, heading, content FROM passage WHERE tenant_id = @tenantId AND document_id = @documentId AND place > @after
            ORDER BY place LIMIT @limit
            """, new { tenantId, documentId, after, limit });

    public static Task Insert(Tx tx, Document document, byte[]? source) => tx.Execute("""
        INSERT INTO document (tenant_id, id, title, format, url, language, source, size, state, passages, reading, created_at)
        VALUES (@TenantId, @Id, @Title, @Format, @Url, @Language, @source, @Size, 'waiting', 0, 1, @CreatedAt)
        """, new { document.TenantId, document.Id, document.Title, document.Format, document.Url, document.Language, source, document.Size, document.CreatedAt });

    /// <summary>It is to be read again; its passages stay until then.</summary>
    public static Task AskReading(Tx tx, long tenantId, long id) => tx.Execute(
        "UPDATE document SET state = 'waiting', problem = NULL, reading = reading + 1 WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    /// <summary>It is read: these passages instead of the old ones. False when it is gone, or another reading was asked for meanwhile.</summary>
    public static async Task<bool> Read(Tx tx, Document document, string? language, long size, IReadOnlyList<Passage> passages, IdRange ids, long now)
    {
        var updated = await tx.Execute("""
            UPDATE document SET state = 'ready', problem = NULL, language = coalesce(language, CAST(@language AS TEXT)), size = @size,
              passages = @count, read_at = @now
            WHERE tenant_id = @TenantId AND id = @Id AND reading = @Reading
            """, new { document.TenantId, document.Id, document.Reading, language, size, count = passages.Count, now });
        if (updated == 0)
        {
            return false;
        }

        await DeletePassages(tx, document.TenantId, document.Id);
        await tx.Each(PassageRows, [.. passages.Select((p, place) => (document.TenantId, document.Id, ids.Next(), (long)place, p))]);
        await AiRevision.Grow(tx, document.TenantId);
        return true;
    }

    /// <summary>It cannot be read; what was read of it before stays.</summary>
    public static Task Failed(Tx tx, Document document, string problem) => tx.Execute(
        "UPDATE document SET state = 'failed', problem = @problem WHERE tenant_id = @TenantId AND id = @Id AND reading = @Reading",
        new { document.TenantId, document.Id, document.Reading, problem });

    /// <summary>False when there is none of that id.</summary>
    public static async Task<bool> Delete(Tx tx, long tenantId, long id)
    {
        await DeletePassages(tx, tenantId, id);
        var deleted = await tx.Execute("DELETE FROM document WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        await AiRevision.Grow(tx, tenantId);
        return deleted > 0;
    }

    private static async Task DeletePassages(Tx tx, long tenantId, long documentId)
    {
        await tx.Execute("""
            DELETE FROM knowledge_vector WHERE tenant_id = @tenantId
              AND item_id IN (SELECT id FROM passage WHERE tenant_id = @tenantId AND document_id = @documentId)
            """, new { tenantId, documentId });
        await tx.Execute("DELETE FROM passage WHERE tenant_id = @tenantId AND document_id = @documentId", new { tenantId, documentId });
    }
}
