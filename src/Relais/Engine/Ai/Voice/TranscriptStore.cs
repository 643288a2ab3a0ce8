using Relais.Storage;

namespace Relais.Engine.Ai.Voice;

/// <summary>A voice note whose lane has come.</summary>
internal sealed class VoiceNote
{
    public long TenantId { get; init; }

    public long MediaId { get; init; }

    public long MessageId { get; init; }

    public long ConversationId { get; init; }

    public long ContactId { get; init; }

    public long InboxId { get; init; }

    /// <summary>Of the stored bytes; null when the file never came.</summary>
    public string? Sha256 { get; init; }

    public string? MimeType { get; init; }

    /// <summary>Null: not tried to its end yet.</summary>
    public string? Transcript { get; init; }
}

/// <summary>What a voice note says, kept beside its message.</summary>
internal static class TranscriptStore
{
    /// <summary>Null when the file or its message is gone, or it is no customer's sound.</summary>
    public static Task<VoiceNote?> Find(Tx tx, long tenantId, long mediaId) => tx.QueryFirst<VoiceNote>("""
        SELECT m.tenant_id AS "TenantId", m.id AS "MediaId", x.id AS "MessageId", x.conversation_id AS "ConversationId", c.contact_id AS "ContactId",
          x.inbox_id AS "InboxId", CASE WHEN m.state = 1 THEN m.sha256 END AS "Sha256", m.mime_type AS "MimeType", x.transcript AS "Transcript"
        FROM media m JOIN message x ON x.tenant_id = m.tenant_id AND x.id = m.message_id
        JOIN conversation c ON c.tenant_id = x.tenant_id AND c.id = x.conversation_id
        WHERE m.tenant_id = @tenantId AND m.id = @mediaId AND m.kind = 'audio' AND m.direction = 1
        """, new { tenantId, mediaId });

    /// <param name="tx">The transaction that gives the lane back.</param>
    /// <param name="note">Whose.</param>
    /// <param name="text">Empty: it was tried, and there is none.</param>
    public static Task<int> Write(Tx tx, VoiceNote note, string text) => tx.Execute(
        "UPDATE message SET transcript = @text WHERE tenant_id = @TenantId AND id = @MessageId AND transcript IS NULL",
        new { note.TenantId, note.MessageId, text });
}
