using Relais.Storage;

namespace Relais.FeatureRequests;

/// <summary>What a list is narrowed to; null: not.</summary>
/// <param name="TenantId">Null: of every tenant, in Scope.Directory.</param>
/// <param name="Reader">Whose votes are shown.</param>
/// <param name="Status">One of the four.</param>
/// <param name="Priority">One of the three.</param>
/// <param name="Words">Part of title or description, lower case.</param>
/// <param name="ByVotes">Most wanted first; otherwise the newest.</param>
internal sealed record FeatureFilter(long? TenantId, long Reader, string? Status, string? Priority, string? Words, bool ByVotes);

internal static class FeatureRequestStore
{
    private const string Columns = """
        f.tenant_id AS "TenantId", f.id AS "Id", f.title AS "Title", f.description AS "Description", f.priority AS "Priority", f.status AS "Status",
        f.agent_id AS "AgentId", f.author AS "Author", f.votes AS "Votes", f.comments AS "Comments", f.created_at AS "CreatedAt",
        f.updated_at AS "UpdatedAt", t.name AS "TenantName",
        (SELECT count(*) FROM feature_vote v WHERE v.tenant_id = f.tenant_id AND v.request_id = f.id AND v.agent_id = @reader) AS "Voted"
        """;

    private const string From = "FROM feature_request f JOIN tenant t ON t.tenant_id = f.tenant_id";

    public static Task<List<FeatureRequest>> Page(Tx tx, FeatureFilter filter, (long Sort, long Id)? after, int limit)
    {
        var key = filter.ByVotes ? "f.votes" : "f.created_at";
        return tx.Query<FeatureRequest>($"""
            SELECT {Columns} {From}
            WHERE (CAST(@tenantId AS BIGINT) IS NULL OR f.tenant_id = @tenantId)
              AND (CAST(@status AS TEXT) IS NULL OR f.status = @status) AND (CAST(@priority AS TEXT) IS NULL OR f.priority = @priority)
              AND (CAST(@words AS TEXT) IS NULL OR lower(f.title) LIKE @words ESCAPE '!' OR lower(f.description) LIKE @words ESCAPE '!')
              AND (CAST(@sort AS BIGINT) IS NULL OR {key} < @sort OR ({key} = @sort AND f.id < @id))
            ORDER BY {key} DESC, f.id DESC LIMIT @limit
            """, new
        {
            tenantId = filter.TenantId, reader = filter.Reader, status = filter.Status, priority = filter.Priority,
            words = filter.Words,
            sort = after?.Sort, id = after?.Id ?? 0, limit,
        });
    }

    /// <param name="tx">In Scope.Directory when no tenant is named.</param>
    /// <param name="tenantId">Null: whoever's it is; an id is unique in the installation.</param>
    /// <param name="id">Which.</param>
    /// <param name="reader">Whose vote is shown.</param>
    public static Task<FeatureRequest?> Find(Tx tx, long? tenantId, long id, long reader) => tx.QueryFirst<FeatureRequest>($"""
        SELECT {Columns} {From} WHERE f.id = @id AND (CAST(@tenantId AS BIGINT) IS NULL OR f.tenant_id = @tenantId)
        """, new { tenantId, id, reader });

    public static Task Insert(Tx tx, FeatureRequest request) => tx.Execute("""
        INSERT INTO feature_request (tenant_id, id, title, description, priority, status, agent_id, author, votes, comments, created_at, updated_at)
        VALUES (@TenantId, @Id, @Title, @Description, @Priority, @Status, @AgentId, @Author, 0, 0, @CreatedAt, @UpdatedAt)
        """, request);

    /// <summary>Nulls leave a value as it is.</summary>
    public static Task Update(Tx tx, long tenantId, long id, FeatureChange change, long now) => tx.Execute("""
        UPDATE feature_request SET title = coalesce(CAST(@Title AS TEXT), title), description = coalesce(CAST(@Description AS TEXT), description),
          priority = coalesce(CAST(@Priority AS TEXT), priority), status = coalesce(CAST(@Status AS TEXT), status), updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, change.Title, change.Description, change.Priority, change.Status, now });

    public static async Task Delete(Tx tx, long tenantId, long id)
    {
        await tx.Execute("DELETE FROM feature_vote WHERE tenant_id = @tenantId AND request_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM feature_comment WHERE tenant_id = @tenantId AND request_id = @id", new { tenantId, id });
        await tx.Execute("DELETE FROM feature_request WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
    }

    /// <summary>Once a person, however often it is said.</summary>
    public static async Task Vote(Tx tx, long tenantId, long id, long agentId, bool isFor, long now)
    {
        var changed = isFor
            ? await tx.Execute("""
                INSERT INTO feature_vote (tenant_id, request_id, agent_id, created_at) VALUES (@tenantId, @id, @agentId, @now)
                ON CONFLICT (tenant_id, request_id, agent_id) DO NOTHING
                """, new { tenantId, id, agentId, now })
            : await tx.Execute("DELETE FROM feature_vote WHERE tenant_id = @tenantId AND request_id = @id AND agent_id = @agentId", new { tenantId, id, agentId });
        if (changed == 1)
        {
            await tx.Execute("UPDATE feature_request SET votes = votes + @by WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, by = isFor ? 1L : -1L });
        }
    }

    public static async Task Comment(Tx tx, FeatureComment comment)
    {
        await tx.Execute("""
            INSERT INTO feature_comment (tenant_id, id, request_id, agent_id, author, from_platform, body, created_at)
            VALUES (@TenantId, @Id, @RequestId, @AgentId, @Author, @FromPlatform, @Body, @CreatedAt)
            """, comment);
        await tx.Execute("UPDATE feature_request SET comments = comments + 1 WHERE tenant_id = @TenantId AND id = @RequestId", comment);
    }

    /// <summary>Oldest first.</summary>
    public static Task<List<FeatureComment>> Comments(Tx tx, long tenantId, long id, long after, int limit) => tx.Query<FeatureComment>("""
        SELECT tenant_id AS "TenantId", id AS "Id", request_id AS "RequestId", agent_id AS "AgentId", author AS "Author", from_platform AS "FromPlatform",
          body AS "Body", created_at AS "CreatedAt"
        FROM feature_comment WHERE tenant_id = @tenantId AND request_id = @id AND id > @after ORDER BY id LIMIT @limit
        """, new { tenantId, id, after, limit });

    /// <summary>Of one tenant, or, in Scope.Directory, of all.</summary>
    public static Task<List<FeatureCount>> Counts(Tx tx, long? tenantId) => tx.Query<FeatureCount>("""
        SELECT status AS "Status", count(*) AS "Requests" FROM feature_request
        WHERE (CAST(@tenantId AS BIGINT) IS NULL OR tenant_id = @tenantId) GROUP BY status
        """, new { tenantId });
}
