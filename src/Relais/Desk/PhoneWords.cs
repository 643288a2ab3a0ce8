using Relais.Changes;
using Relais.Conversations;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>What the business wrote to a customer on its own phone.</summary>
/// <param name="InboxId">The number, which is on that phone too.</param>
/// <param name="To">The customer.</param>
/// <param name="ProviderId">wamid.</param>
/// <param name="Type">text, image, …</param>
/// <param name="Text">What is read.</param>
/// <param name="Payload">What it holds besides text, JSON, or null.</param>
/// <param name="Raw">As the provider wrote it; null for plain text.</param>
/// <param name="RepliesTo">Provider id of what it quotes, or null.</param>
/// <param name="At">When, microseconds UTC.</param>
internal sealed record PhoneMessage(
    long InboxId, SeenContact To, string ProviderId, string Type, string Text, string? Payload, string? Raw, string? RepliesTo, long At);

/// <summary>
/// A person who answers from the business's own phone is a person all the same: the message stands in the conversation, once,
/// and the bot falls silent as if they had written at the desk (chatwoot#4410, evo-crm#82).
/// </summary>
internal sealed class PhoneWords(DeskActions desk, ChangeLog changes)
{
    /// <summary>Ids one message takes at most: itself, contact, conversation, change, and what taking over takes.</summary>
    public static int IdsNeeded => 4 + DeskActions.IdsNeeded(null);

    public async Task Store(Tx tx, PhoneMessage message, IdRange ids, long now)
    {
        var (tenantId, id) = (message.To.TenantId, ids.Next());
        if (await Erased.Has(tx, message.To, message.At) || await tx.Execute("""
            INSERT INTO provider_key (tenant_id, inbox_id, provider_id, message_id)
            SELECT CAST(@tenantId AS BIGINT), CAST(@InboxId AS BIGINT), CAST(@ProviderId AS TEXT), CAST(@id AS BIGINT)
            WHERE NOT EXISTS (SELECT 1 FROM provider_key h WHERE h.tenant_id = @tenantId AND h.inbox_id = @InboxId AND h.provider_id = @hashed)
            ON CONFLICT (tenant_id, inbox_id, provider_id) DO NOTHING
            """, new { tenantId, message.InboxId, message.ProviderId, id, hashed = Erased.Key(message.ProviderId) }) == 0)
        {
            return;
        }

        await ContactStore.Resolve(tx, [message.To], ids, now);
        var conversation = await OutreachStore.Open(tx, tenantId, message.To.ContactId, message.InboxId, ids.Next(), now);
        await desk.TakenOnThePhone(tx, tenantId, conversation, ids);
        var seq = await tx.QueryFirst<long>("""
            UPDATE conversation SET last_seq = last_seq + 1, last_message = @preview, last_message_at = @now
            WHERE tenant_id = @tenantId AND id = @conversation RETURNING last_seq
            """, new { tenantId, conversation, now, preview = InboundStore.Preview(message.Text, message.Type) });
        await tx.Execute("""
            INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, type, content, payload, raw, replies_to, provider_id,
              provider_at, status, sent_at, created_at)
            VALUES (@tenantId, @id, @conversation, @InboxId, @seq, 4, @Type, @Text, @Payload, @Raw, @RepliesTo, @ProviderId, @At, 1, @At, @now)
            """, new
        {
            tenantId, id, conversation, message.InboxId, seq, message.Type, message.Text, message.Payload, message.Raw, message.RepliesTo,
            message.ProviderId, message.At, now,
        });
        await changes.Append(tx, [new Change(ids.Next(), tenantId, "message.created", conversation, id, message.InboxId, now)]);
    }
}
