using Relais.Storage;

namespace Relais.Engine.Ai.Assist;

/// <summary>A message's words, to be translated.</summary>
internal sealed class TranslatableMessage
{
    public long ConversationId { get; init; }

    public string Content { get; init; } = "";

    /// <summary>Of a voice note.</summary>
    public string? Transcript { get; init; }

    public long? DeletedAt { get; init; }
}

/// <summary>A translation as kept.</summary>
internal sealed class StoredTranslation
{
    public long TenantId { get; init; }

    public long MessageId { get; init; }

    public string Language { get; init; } = "";

    /// <summary>SHA-256 of the words it was made of.</summary>
    public string SourceHash { get; init; } = "";

    public string? SourceLanguage { get; init; }

    public string Text { get; init; } = "";

    public string Provider { get; init; } = "";

    public long CreatedAt { get; init; }
}

internal static class TranslationStore
{
    public static Task<TranslatableMessage?> Message(Tx tx, long tenantId, long id) => tx.QueryFirst<TranslatableMessage>("""
        SELECT conversation_id AS "ConversationId", content AS "Content", transcript AS "Transcript", deleted_at AS "DeletedAt"
        FROM message WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id });

    public static Task<StoredTranslation?> Find(Tx tx, long tenantId, long messageId, string language) => tx.QueryFirst<StoredTranslation>("""
        SELECT tenant_id AS "TenantId", message_id AS "MessageId", language AS "Language", source_hash AS "SourceHash",
          source_language AS "SourceLanguage", text AS "Text", provider AS "Provider", created_at AS "CreatedAt"
        FROM message_translation WHERE tenant_id = @tenantId AND message_id = @messageId AND language = @language
        """, new { tenantId, messageId, language });

    /// <summary>The latest stands: the customer may have edited their words.</summary>
    public static Task Keep(Tx tx, StoredTranslation translation) => tx.Execute("""
        INSERT INTO message_translation (tenant_id, message_id, language, source_hash, source_language, text, provider, created_at)
        VALUES (@TenantId, @MessageId, @Language, @SourceHash, @SourceLanguage, @Text, @Provider, @CreatedAt)
        ON CONFLICT (tenant_id, message_id, language) DO UPDATE SET source_hash = excluded.source_hash,
          source_language = excluded.source_language, text = excluded.text, provider = excluded.provider, created_at = excluded.created_at
        """, translation);
}
