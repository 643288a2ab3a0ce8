using Relais.Storage;

namespace Relais.Health.Calls;

/// <summary>A call as it is stored.</summary>
internal sealed record StoredCall(
    long TenantId, long Id, long InboxId, string Operation, string Request, long? MessageId, string? Phone, long? Status,
    string Outcome, string? Payload, string? Response, long DurationMicros, long At);

/// <summary>Which calls are asked for; nulls ask for all.</summary>
internal sealed record CallFilter(string? Operation, long? ConversationId, long? MessageId, string? Outcome);

/// <summary>A call as it is listed.</summary>
internal sealed class CallRow
{
    public long Id { get; init; }

    public long InboxId { get; init; }

    public string Operation { get; init; } = "";

    public string? Request { get; init; }

    public long? ConversationId { get; init; }

    public long? MessageId { get; init; }

    public string? Phone { get; init; }

    public long? Status { get; init; }

    public string Outcome { get; init; } = "";

    public string? Payload { get; init; }

    public string? Response { get; init; }

    public long? DurationMicros { get; init; }

    public long At { get; init; }
}

/// <summary>The call log in storage: calls to providers, and what providers posted, which is kept with the messages.</summary>
internal static class ProviderCallStore
{
    /// <summary>How the customers' messages are listed among the calls.</summary>
    public const string Received = "received";

    // Calls are written a moment after they were made: by then the customer may have been erased (Conversations/Erased).
    private static readonly Rows<StoredCall> InsertRows = new("""
        INSERT INTO provider_call (tenant_id, id, inbox_id, operation, request, message_id, phone_number, status_code, outcome, payload,
          response, duration_micros, at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.operation, r.request, r.message_id, r.phone, r.status, r.outcome, r.payload, r.response,
          r.duration, r.at FROM {rows}
        WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = r.tenant_id AND m.id = r.message_id AND m.provider_id LIKE 'sha256:%')
        """,
        Column<StoredCall>.Long("tenant_id", c => c.TenantId),
        Column<StoredCall>.Long("id", c => c.Id),
        Column<StoredCall>.Long("inbox_id", c => c.InboxId),
        Column<StoredCall>.Text("operation", c => c.Operation),
        Column<StoredCall>.Text("request", c => c.Request),
        Column<StoredCall>.Long("message_id", c => c.MessageId),
        Column<StoredCall>.Text("phone", c => c.Phone),
        Column<StoredCall>.Long("status", c => c.Status),
        Column<StoredCall>.Text("outcome", c => c.Outcome),
        Column<StoredCall>.Text("payload", c => c.Payload),
        Column<StoredCall>.Text("response", c => c.Response),
        Column<StoredCall>.Long("duration", c => c.DurationMicros),
        Column<StoredCall>.Long("at", c => c.At));

    public static Task Insert(Tx tx, IReadOnlyList<StoredCall> calls) => tx.Each(InsertRows, calls);

    /// <summary>Newest first, with ids below <paramref name="before"/>.</summary>
    public static Task<List<CallRow>> Outgoing(Tx tx, long tenantId, CallFilter filter, long before, int most) => tx.Query<CallRow>($"""
        SELECT p.id AS "Id", p.inbox_id AS "InboxId", p.operation AS "Operation", p.request AS "Request", m.conversation_id AS "ConversationId",
          p.message_id AS "MessageId", p.phone_number AS "Phone", p.status_code AS "Status", p.outcome AS "Outcome", p.payload AS "Payload",
          p.response AS "Response", p.duration_micros AS "DurationMicros", p.at AS "At"
        FROM provider_call p LEFT JOIN message m ON m.tenant_id = p.tenant_id AND m.id = p.message_id
        WHERE p.tenant_id = @tenantId AND p.id < @before
          {(filter.Operation is null ? "" : "AND p.operation = @Operation")} {(filter.Outcome is null ? "" : "AND p.outcome = @Outcome")}
          {(filter.MessageId is null ? "" : "AND p.message_id = @MessageId")}
          {(filter.ConversationId is null ? "" : "AND p.message_id IN (SELECT x.id FROM message x WHERE x.tenant_id = p.tenant_id AND x.conversation_id = @ConversationId)")}
        ORDER BY p.id DESC LIMIT @most
        """, new { tenantId, before, most, filter.Operation, filter.Outcome, filter.MessageId, filter.ConversationId });

    /// <summary>The customers' messages in the same shape: <c>payload</c> is what the provider wrote, or the plain text.</summary>
    public static async Task<List<CallRow>> Incoming(Tx tx, long tenantId, CallFilter filter, long before, int most) =>
        filter is { Operation: not (null or Received) } or { Outcome: not (null or Received) } ? [] : await tx.Query<CallRow>($"""
            SELECT m.id AS "Id", m.inbox_id AS "InboxId", 'received' AS "Operation", m.conversation_id AS "ConversationId", m.id AS "MessageId",
              k.phone AS "Phone", 'received' AS "Outcome", coalesce(m.raw, m.content) AS "Payload", m.created_at AS "At"
            FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
            JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
            WHERE m.tenant_id = @tenantId AND m.author = 1 AND m.id < @before
              {(filter.MessageId is null ? "" : "AND m.id = @MessageId")} {(filter.ConversationId is null ? "" : "AND m.conversation_id = @ConversationId")}
            ORDER BY m.id DESC LIMIT @most
            """, new { tenantId, before, most, filter.MessageId, filter.ConversationId });
}
