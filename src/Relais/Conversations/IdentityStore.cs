using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A customer is found under another number or user id from now on.</summary>
/// <param name="InboxId">The number that was told so.</param>
/// <param name="Before">Who they were.</param>
/// <param name="Now">Who they are; what is null stays as it was.</param>
/// <param name="IsNewNumber">True when the former number may become somebody else's.</param>
internal sealed record IdentityMove(long InboxId, SeenContact Before, SeenContact Now, bool IsNewNumber);

/// <summary>What a move did.</summary>
/// <param name="ConversationId">The customer's open conversation at the number that was told, or null.</param>
/// <param name="Words">One line for a person.</param>
internal sealed record MovedCustomer(long? ConversationId, string Words);

/// <summary>
/// Moves customers to new identities. The contact keeps its id and its history; the former number names it no longer. A new
/// identity that another contact has already stays there: both contacts remain, and people are told.
/// </summary>
internal static class IdentityStore
{
    /// <summary>Null when nobody is known under the former identity, or when everything is so already.</summary>
    public static async Task<MovedCustomer?> Move(Tx tx, IdentityMove move)
    {
        var tenant = move.Before.TenantId;
        var contact = move.Before.ContactId != 0 ? move.Before.ContactId : await ContactStore.Owner(tx, move.Before);
        if (contact == 0)
        {
            return null;
        }

        var taken = false;
        var changed = 0;
        foreach (var key in move.Now.Keys())
        {
            var args = new { tenant, kind = (long)key.Kind, value = key.Value, contact };
            var added = await tx.Execute("""
                INSERT INTO contact_identity (tenant_id, kind, value, contact_id) VALUES (@tenant, @kind, @value, @contact)
                ON CONFLICT (tenant_id, kind, value) DO NOTHING
                """, args);
            changed += added;
            taken |= added == 0 && await tx.QueryFirst<long>(
                "SELECT contact_id FROM contact_identity WHERE tenant_id = @tenant AND kind = @kind AND value = @value", args) != contact;
        }

        if (move is { IsNewNumber: true, Now.Phone: not null })
        {
            foreach (var key in move.Before.Keys().Where(k => k.Kind != IdentityKind.UserId).Except(move.Now.Keys()))
            {
                changed += await tx.Execute(
                    "DELETE FROM contact_identity WHERE tenant_id = @tenant AND kind = @kind AND value = @value AND contact_id = @contact",
                    new { tenant, kind = (long)key.Kind, value = key.Value, contact });
            }
        }

        if (changed == 0)
        {
            return null;
        }

        // Also where another contact has the number: it is how this person is reached, and the former one may be a stranger's.
        await tx.Execute("""
            UPDATE contact SET phone = coalesce(@Phone, phone), wa_id = coalesce(@WaId, wa_id), user_id = coalesce(@UserId, user_id)
            WHERE tenant_id = @tenant AND id = @contact
            """, new { tenant, contact, move.Now.Phone, move.Now.WaId, move.Now.UserId });
        var open = await tx.QueryFirst<long>(
            "SELECT id FROM conversation WHERE tenant_id = @tenant AND contact_id = @contact AND inbox_id = @inbox AND status <> 3",
            new { tenant, contact, inbox = move.InboxId });
        return new MovedCustomer(open == 0 ? null : open, Words(move, taken));
    }

    private static string Words(IdentityMove move, bool taken)
    {
        var words = $"{Shown(move.Before, move.IsNewNumber)} → {Shown(move.Now, move.IsNewNumber)}";
        return taken ? $"{words} (another contact has it already: both are kept)" : words;
    }

    private static string Shown(SeenContact who, bool asNumber) =>
        (asNumber ? who.Phone ?? who.WaId ?? who.UserId : who.UserId ?? who.Phone ?? who.WaId) ?? "?";
}
