using System.Security.Cryptography;
using System.Text;
using Relais.Conversations;
using Relais.Storage;

namespace Relais.Imports.Moving;

/// <summary>A conversation that was moved in.</summary>
internal sealed record MovedConversation(long Id, long ContactId, long InboxId);

/// <summary>The rows of what is moved in, and the memory of what was.</summary>
internal static class MovingStore
{
    public static string Hash(string foreignId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(foreignId)));

    /// <summary>What a row became when it was moved in before; 0 when it was not.</summary>
    public static Task<long> Known(Tx tx, long tenantId, string source, string kind, string foreignId) => tx.QueryFirst<long>(
        "SELECT id FROM moved_in WHERE tenant_id = @tenantId AND source = @source AND kind = @kind AND hash = @hash",
        new { tenantId, source, kind, hash = Hash(foreignId) });

    public static Task Remember(Tx tx, long tenantId, string source, string kind, string foreignId, long id, long now) => tx.Execute("""
        INSERT INTO moved_in (tenant_id, source, kind, hash, id, moved_at) VALUES (@tenantId, @source, @kind, @hash, @id, @now)
        """, new { tenantId, source, kind, hash = Hash(foreignId), id, now });

    public static async Task<bool> WasErased(Tx tx, long tenantId, string hash) => await tx.QueryFirst<long>(
        "SELECT count(*) FROM erased_identity WHERE tenant_id = @tenantId AND hash = @hash", new { tenantId, hash }) > 0;

    /// <summary>The number conversations belong to: the given one, else the first. Null when there is none.</summary>
    public static Task<long?> Inbox(Tx tx, long tenantId, string? number) => tx.QueryFirst<long?>("""
        SELECT id FROM inbox WHERE tenant_id = @tenantId AND (CAST(@number AS TEXT) IS NULL OR address = @number OR display_number = @number)
        ORDER BY CASE WHEN disconnected_at IS NULL THEN 0 ELSE 1 END, id LIMIT 1
        """, new { tenantId, number });

    /// <summary>A number that is not connected, so that connecting it later finds its conversations (InboxConnectingStore.Disconnected). Nothing is sent from it.</summary>
    public static Task InsertInbox(Tx tx, long tenantId, long id, string number, long now) => tx.Execute("""
        INSERT INTO inbox (tenant_id, id, connection_id, channel, address, display_number, name, source, created_at, disconnected_at)
        VALUES (@tenantId, @id, 0, 2, '-' || @id || '-' || @number, @number, @number, 'moved_in', @now, @now)
        """, new { tenantId, id, number, now });

    /// <summary>When a customer was first seen is told by the other system, for somebody who was not known here.</summary>
    public static Task FirstSeen(Tx tx, long tenantId, long id, string? language, long at) => tx.Execute("""
        UPDATE contact SET created_at = {least}(created_at, @at), language = coalesce(language, @language) WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, language, at });

    /// <summary>Closed, and nobody's turn: whoever writes again gets a new one.</summary>
    public static Task InsertConversation(Tx tx, long tenantId, MovedConversation conversation, string session, long at) => tx.Execute("""
        INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, last_seq, last_inbound_seq, answered_seq,
          unread, last_message_at, created_at, closed_at)
        VALUES (@tenantId, @Id, @InboxId, @ContactId, @session, 3, 2, 1, 0, 0, 0, 0, @at, @at, @at)
        """, new { tenantId, conversation.Id, conversation.InboxId, conversation.ContactId, session, at });

    public static async Task<MovedConversation> Conversation(Tx tx, long tenantId, long id)
    {
        var (contact, inbox) = await tx.QueryFirst<(long ContactId, long InboxId)>(
            "SELECT contact_id, inbox_id FROM conversation WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        return new MovedConversation(id, contact, inbox);
    }

    public static async Task InsertMessage(Tx tx, long tenantId, long id, MovedConversation conversation, Moved.Message said, long at)
    {
        var fromCustomer = said.Author == MovedAuthor.Customer;
        var args = new
        {
            tenantId, id, conversation = conversation.Id, conversation.InboxId, author = (long)said.Author, said.Text, at, said.Suggestion,
            status = fromCustomer ? null : (long?)(said.Status ?? DeliveryStatus.Sent), sentAt = fromCustomer ? null : (long?)at, inbound = fromCustomer ? 1L : 0L, heardAt = fromCustomer ? (long?)at : null,
            failedAt = !fromCustomer && said.Status == DeliveryStatus.Failed ? (long?)at : null,
            preview = said.Text.Length <= 200 ? said.Text : said.Text[..200],
        };
        await tx.Execute("""
            UPDATE conversation SET last_seq = last_seq + 1,
              last_inbound_seq = CASE WHEN @inbound = 1 THEN last_seq + 1 ELSE last_inbound_seq END,
              answered_seq = CASE WHEN @inbound = 1 THEN last_seq + 1 ELSE answered_seq END,
              last_inbound_at = coalesce(CAST(@heardAt AS BIGINT), last_inbound_at),
              last_message = @preview, last_message_at = {greatest}(last_message_at, @at), closed_at = {greatest}(closed_at, @at), created_at = {least}(created_at, @at)
            WHERE tenant_id = @tenantId AND id = @conversation
            """, args);
        await tx.Execute("""
            INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, type, content, status, sent_at, failed_at, provider_at, ai_suggestion, created_at)
            SELECT tenant_id, @id, id, inbox_id, last_seq, @author, 'text', @Text, CAST(@status AS BIGINT), CAST(@sentAt AS BIGINT), CAST(@failedAt AS BIGINT), CAST(@heardAt AS BIGINT),
              CAST(@Suggestion AS TEXT), @at
            FROM conversation WHERE tenant_id = @tenantId AND id = @conversation
            """, args);
    }

    /// <summary>By the person of the business who signs in; nothing where there is none.</summary>
    public static Task<int> InsertWish(Tx tx, long tenantId, long id, string email, MovedWish wish, long now) => tx.Execute("""
        INSERT INTO feature_request (tenant_id, id, title, description, priority, status, agent_id, author, votes, comments, created_at, updated_at)
        SELECT tenant_id, @id, @Title, @Description, @Priority, @Status, agent_id, name, 0, 0, @at, @updated FROM membership WHERE tenant_id = @tenantId AND email = @email
        """, new { tenantId, id, email, wish.Title, wish.Description, wish.Priority, wish.Status, at = wish.At ?? now, updated = wish.UpdatedAt ?? wish.At ?? now });

    public static Task InsertEvent(Tx tx, long tenantId, long id, long conversationId, Moved.Event what, long at) => tx.Execute("""
        INSERT INTO conversation_event (tenant_id, id, conversation_id, type, detail, created_at) VALUES (@tenantId, @id, @conversationId, @Type, @Detail, @at)
        """, new { tenantId, id, conversationId, what.Type, what.Detail, at });
}
