using Relais.Storage;

namespace Relais.Health.Alerts;

/// <summary>Which errors are asked for; nulls ask for all.</summary>
internal sealed record ErrorFilter(string? Service, string? Type, long? Code, long? InboxId, long? ConversationId, bool CriticalOnly);

/// <summary>A row of the error log.</summary>
internal sealed class StoredError
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long? InboxId { get; init; }

    public string Service { get; init; } = "";

    public string Type { get; init; } = "";

    public long? Code { get; init; }

    public string Message { get; init; } = "";

    public string? Details { get; init; }

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }

    public string? Reference { get; init; }

    public long IsCritical { get; init; }

    public long At { get; init; }
}

/// <summary>Reads the error log; <see cref="Relais.Errors.ErrorLog"/> writes it.</summary>
internal static class ErrorStore
{
    private const string Columns = """
        e.tenant_id AS "TenantId", e.id AS "Id", e.inbox_id AS "InboxId", e.service AS "Service", e.error_type AS "Type",
        nullif(e.code, 0) AS "Code", e.message AS "Message", e.details AS "Details", e.conversation_id AS "ConversationId",
        e.message_id AS "MessageId", e.request_reference AS "Reference", e.is_critical AS "IsCritical", e.at AS "At"
        """;

    /// <summary>Newest first, with ids below <paramref name="before"/>.</summary>
    public static Task<List<StoredError>> Page(Tx tx, long tenantId, ErrorFilter filter, long before, int most) => tx.Query<StoredError>($"""
        SELECT {Columns} FROM error_log e WHERE e.tenant_id = @tenantId AND e.id < @before
          {(filter.Service is null ? "" : "AND e.service = @Service")} {(filter.Type is null ? "" : "AND e.error_type = @Type")}
          {(filter.Code is null ? "" : "AND e.code = @Code")} {(filter.InboxId is null ? "" : "AND e.inbox_id = @InboxId")}
          {(filter.ConversationId is null ? "" : "AND e.conversation_id = @ConversationId")} {(filter.CriticalOnly ? "AND e.is_critical = 1" : "")}
        ORDER BY e.id DESC LIMIT @most
        """, new { tenantId, before, most, filter.Service, filter.Type, filter.Code, filter.InboxId, filter.ConversationId });

    public static Task<StoredError?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<StoredError>(
        $"SELECT {Columns} FROM error_log e WHERE e.tenant_id = @tenantId AND e.id = @id", new { tenantId, id });
}
