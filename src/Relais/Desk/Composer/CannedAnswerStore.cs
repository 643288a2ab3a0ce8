using System.Text.Json;
using Relais.Storage;

namespace Relais.Desk.Composer;

/// <summary>A ready answer as stored.</summary>
internal sealed class CannedAnswer
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public string Shortcut { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Category { get; init; }

    /// <summary>JSON: language ⇒ text.</summary>
    public string Texts { get; init; } = "{}";

    public long? MediaId { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public IReadOnlyDictionary<string, string> ByLanguage => JsonSerializer.Deserialize<Dictionary<string, string>>(Texts)!;
}

/// <summary>A tenant's ready answers; few, so they are read whole.</summary>
internal static class CannedAnswerStore
{
    private const string Columns = """
        tenant_id AS "TenantId", id AS "Id", shortcut AS "Shortcut", title AS "Title", category AS "Category", texts AS "Texts",
        media_id AS "MediaId", created_at AS "CreatedAt", updated_at AS "UpdatedAt"
        """;

    /// <summary>By their shortcuts.</summary>
    public static Task<List<CannedAnswer>> All(Tx tx, long tenantId) =>
        tx.Query<CannedAnswer>($"SELECT {Columns} FROM canned_answer WHERE tenant_id = @tenantId ORDER BY shortcut", new { tenantId });

    public static Task<CannedAnswer?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<CannedAnswer>(
        $"SELECT {Columns} FROM canned_answer WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });

    public static Task<long> Count(Tx tx, long tenantId) =>
        tx.QueryFirst<long>("SELECT count(*) FROM canned_answer WHERE tenant_id = @tenantId", new { tenantId });

    public static Task<long> HasMedia(Tx tx, long tenantId, long mediaId) => tx.QueryFirst<long>(
        "SELECT count(*) FROM media WHERE tenant_id = @tenantId AND id = @mediaId AND direction = 2 AND state = 1", new { tenantId, mediaId });

    /// <summary>Made or changed; false when another has the shortcut.</summary>
    public static async Task<bool> Keep(Tx tx, CannedAnswer answer)
    {
        // The unique index decides; asked before, so that PostgreSQL's transaction is not broken off by it.
        if (await tx.QueryFirst<long>(
            "SELECT count(*) FROM canned_answer WHERE tenant_id = @TenantId AND shortcut = @Shortcut AND id <> @Id", answer) > 0)
        {
            return false;
        }

        await tx.Execute("""
            INSERT INTO canned_answer (tenant_id, id, shortcut, title, category, texts, media_id, created_at, updated_at)
            VALUES (@TenantId, @Id, @Shortcut, @Title, @Category, @Texts, @MediaId, @CreatedAt, @UpdatedAt)
            ON CONFLICT (tenant_id, id) DO UPDATE SET shortcut = excluded.shortcut, title = excluded.title, category = excluded.category,
              texts = excluded.texts, media_id = excluded.media_id, updated_at = excluded.updated_at
            """, answer);
        return true;
    }

    public static async Task<bool> Delete(Tx tx, long tenantId, long id) =>
        await tx.Execute("DELETE FROM canned_answer WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id }) > 0;
}
