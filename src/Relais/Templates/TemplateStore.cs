using Relais.Storage;

namespace Relais.Templates;

/// <summary>What a list of templates is narrowed to; null for all.</summary>
internal sealed record TemplateFilter(long? ConnectionId, string? Status, string? Name, string? Language);

/// <summary>A tenant's templates in storage. Those of one account are found through any inbox on it.</summary>
internal static class TemplateStore
{
    private const string Columns = """
        t.tenant_id AS "TenantId", t.id AS "Id", t.connection_id AS "ConnectionId", t.provider_id AS "ProviderId", t.name AS "Name",
        t.language AS "Language", t.category AS "Category", t.status AS "Status", t.reason AS "Reason", t.quality AS "Quality",
        t.parameter_format AS "ParameterFormat", t.components AS "Components", t.synced_at AS "SyncedAt", t.created_at AS "CreatedAt",
        t.updated_at AS "UpdatedAt", t.deleted_at AS "DeletedAt",
        (SELECT min(i.channel) FROM inbox i WHERE i.tenant_id = t.tenant_id AND i.connection_id = t.connection_id) AS "Channel"
        """;

    public static Task<StoredTemplate?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredTemplate>(
        $"SELECT {Columns} FROM message_template t WHERE t.tenant_id = @tenantId AND t.id = @id", new { tenantId, id });

    /// <summary>Newest first; <paramref name="before"/> is the id of the last one already read. Deleted ones only when asked for.</summary>
    public static Task<List<StoredTemplate>> Page(Tx tx, long tenantId, TemplateFilter filter, long before, int limit) => tx.Query<StoredTemplate>($"""
        SELECT {Columns} FROM message_template t WHERE t.tenant_id = @tenantId AND t.id < @before
        {(filter.ConnectionId is null ? "" : "AND t.connection_id = @ConnectionId")}
        {(filter.Status is null ? "AND t.deleted_at IS NULL" : "AND t.status = @Status")}
        {(filter.Name is null ? "" : "AND t.name = @Name")}
        {(filter.Language is null ? "" : "AND t.language = @Language")}
        ORDER BY t.id DESC LIMIT @limit
        """, new { tenantId, before, limit, filter.ConnectionId, filter.Status, filter.Name, filter.Language });

    /// <summary>What of this account could be sent: approved and still there, by name and language.</summary>
    public static Task<List<StoredTemplate>> Usable(Tx tx, long tenantId, long inboxId, int limit) => tx.Query<StoredTemplate>($"""
        SELECT {Columns} FROM message_template t JOIN inbox n ON n.tenant_id = t.tenant_id AND n.connection_id = t.connection_id
        WHERE t.tenant_id = @tenantId AND n.id = @inboxId AND t.status = 'approved' AND t.deleted_at IS NULL
        ORDER BY t.name, t.language, t.id DESC LIMIT @limit
        """, new { tenantId, inboxId, limit });

    /// <summary>Every language of a name on the inbox's account, usable ones and newer ones first.</summary>
    public static Task<List<StoredTemplate>> Named(Tx tx, long tenantId, long inboxId, string name) => tx.Query<StoredTemplate>($"""
        SELECT {Columns} FROM message_template t JOIN inbox n ON n.tenant_id = t.tenant_id AND n.connection_id = t.connection_id
        WHERE t.tenant_id = @tenantId AND n.id = @inboxId AND t.name = @name AND t.deleted_at IS NULL
        ORDER BY CASE t.status WHEN 'approved' THEN 0 ELSE 1 END, t.id DESC
        """, new { tenantId, inboxId, name });

    /// <summary>All of an account, deleted ones too.</summary>
    public static Task<List<StoredTemplate>> OfAccount(Tx tx, long tenantId, long connectionId) => tx.Query<StoredTemplate>(
        $"SELECT {Columns} FROM message_template t WHERE t.tenant_id = @tenantId AND t.connection_id = @connectionId ORDER BY t.id",
        new { tenantId, connectionId });

    /// <summary>False when the account has one of this name and language already, or one is being made.</summary>
    public static async Task<bool> Reserve(Tx tx, StoredTemplate template)
    {
        // The tenant's row is held, so that the look below sees what another request has just made: between its reservation and its
        // provider's id that template stands under two keys, and ON CONFLICT alone would miss it.
        await tx.Execute("UPDATE tenant SET name = name WHERE tenant_id = @TenantId", template);
        return await tx.Execute("""
            INSERT INTO message_template (tenant_id, id, connection_id, provider_id, name, language, category, status, parameter_format,
              components, created_at, updated_at)
            SELECT @TenantId, @Id, @ConnectionId, @ProviderId, @Name, @Language, @Category, @Status, @ParameterFormat, @Components, @CreatedAt,
              @UpdatedAt
            WHERE NOT EXISTS (SELECT 1 FROM message_template t WHERE t.tenant_id = @TenantId AND t.connection_id = @ConnectionId
              AND t.name = @Name AND t.language = @Language AND t.deleted_at IS NULL)
            ON CONFLICT (tenant_id, connection_id, provider_id) DO NOTHING
            """, template) > 0;
    }

    /// <summary>The provider has it now. Where a sync or a webhook was faster, what they said stays.</summary>
    public static Task Submitted(Tx tx, long tenantId, long id, string providerId, string status, string category, long now) => tx.Execute("""
        UPDATE message_template SET provider_id = @providerId,
          status = CASE WHEN status = 'creating' THEN @status ELSE status END,
          category = CASE WHEN status = 'creating' THEN @category ELSE category END, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, providerId, status, category, now });

    /// <summary>The provider never took it.</summary>
    public static Task Withdraw(Tx tx, long tenantId, long id) =>
        tx.Execute("DELETE FROM message_template WHERE tenant_id = @tenantId AND id = @id AND status = 'creating'", new { tenantId, id });

    /// <summary>As the provider lists it; nothing when it is known already.</summary>
    public static Task Insert(Tx tx, StoredTemplate template) => tx.Execute("""
        INSERT INTO message_template (tenant_id, id, connection_id, provider_id, name, language, category, status, reason, quality,
          parameter_format, components, synced_at, created_at, updated_at)
        VALUES (@TenantId, @Id, @ConnectionId, @ProviderId, @Name, @Language, @Category, @Status, @Reason, @Quality, @ParameterFormat,
          @Components, @SyncedAt, @CreatedAt, @UpdatedAt)
        ON CONFLICT (tenant_id, connection_id, provider_id) DO NOTHING
        """, template);

    /// <summary>Everything but its place and its age.</summary>
    public static Task Update(Tx tx, StoredTemplate template) => tx.Execute("""
        UPDATE message_template SET provider_id = @ProviderId, name = @Name, language = @Language, category = @Category, status = @Status,
          reason = @Reason, quality = @Quality, parameter_format = @ParameterFormat, components = @Components, updated_at = @UpdatedAt,
          deleted_at = @DeletedAt
        WHERE tenant_id = @TenantId AND id = @Id
        """, template);

    /// <summary>False when it was marked already.</summary>
    public static async Task<bool> MarkDeleted(Tx tx, long tenantId, long id, long now) => await tx.Execute("""
        UPDATE message_template SET status = 'deleted', deleted_at = @now, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND deleted_at IS NULL
        """, new { tenantId, id, now }) > 0;
}
