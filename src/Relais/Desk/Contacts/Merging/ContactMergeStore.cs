using Relais.Storage;

namespace Relais.Desk.Contacts.Merging;

/// <summary>A contact as a merge needs it.</summary>
internal sealed class MergeableContact
{
    public long Id { get; init; }

    public long? MergedInto { get; init; }

    /// <summary>When they last wrote, or null.</summary>
    public long? LastInboundAt { get; init; }

    public ContactState State { get; set; } = new();
}

/// <summary>Two open conversations on one number.</summary>
internal sealed class OpenPair
{
    public long OlderId { get; init; }

    public long NewerId { get; init; }
}

/// <summary>A merge as stored.</summary>
internal sealed class ContactMerge
{
    public long TenantId { get; init; }

    public long Id { get; init; }

    public long ContactId { get; init; }

    public long OtherId { get; init; }

    public long AgentId { get; init; }

    /// <summary>MovedRows as JSON.</summary>
    public string Moved { get; init; } = "{}";

    public long CreatedAt { get; init; }

    public long? UndoneAt { get; init; }
}

/// <summary>Contacts that become one, and merges that are undone.</summary>
internal static class ContactMergeStore
{
    /// <summary>Takes the row until the end of the transaction; null when there is none.</summary>
    public static async Task<MergeableContact?> Hold(Tx tx, long tenantId, long id)
    {
        await tx.Execute("UPDATE contact SET merged_into = merged_into WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
        var contact = await tx.QueryFirst<MergeableContact>("""
            SELECT k.id AS "Id", k.merged_into AS "MergedInto",
              (SELECT max(c.last_inbound_at) FROM conversation c WHERE c.tenant_id = k.tenant_id AND c.contact_id = k.id) AS "LastInboundAt"
            FROM contact k WHERE k.tenant_id = @tenantId AND k.id = @id
            """, new { tenantId, id });
        if (contact is not null)
        {
            contact.State = (await tx.QueryFirst<ContactState>("""
                SELECT name AS "Name", named_by AS "NamedBy", phone AS "Phone", wa_id AS "WaId", user_id AS "UserId", language AS "Language",
                  time_zone AS "TimeZone", opted_out_at AS "OptedOutAt", opted_in_at AS "OptedInAt", marketing_opted_out_at AS "MarketingOptedOutAt",
                  marketing_opted_in_at AS "MarketingOptedInAt", utility_opted_out_at AS "UtilityOptedOutAt", blocked_at AS "BlockedAt",
                  blocked_by AS "BlockedBy", blocked_reason AS "BlockedReason", blocked_at_provider AS "BlockedAtProvider",
                  is_client AS "IsClient"
                FROM contact WHERE tenant_id = @tenantId AND id = @id
                """, new { tenantId, id }))!;
        }

        return contact;
    }

    /// <summary>Open conversations of both on the same number: one customer can have only one.</summary>
    public static Task<List<OpenPair>> OpenOfBoth(Tx tx, long tenantId, long one, long other) => tx.Query<OpenPair>("""
        SELECT CASE WHEN a.last_message_at <= b.last_message_at THEN a.id ELSE b.id END AS "OlderId",
          CASE WHEN a.last_message_at <= b.last_message_at THEN b.id ELSE a.id END AS "NewerId"
        FROM conversation a JOIN conversation b ON b.tenant_id = a.tenant_id AND b.inbox_id = a.inbox_id AND b.contact_id = @other AND b.status <> 3
        WHERE a.tenant_id = @tenantId AND a.contact_id = @one AND a.status <> 3 ORDER BY a.id
        """, new { tenantId, one, other });

    /// <summary>Everything of <paramref name="from"/> becomes <paramref name="to"/>'s.</summary>
    public static async Task<MovedRows> MoveAll(Tx tx, long tenantId, long from, long to)
    {
        var args = new { tenantId, from, to };
        return new MovedRows
        {
            Identities = await tx.Query<MovedIdentity>(
                "UPDATE contact_identity SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING kind AS \"Kind\", value AS \"Value\"", args),
            Conversations = await tx.Query<long>("UPDATE conversation SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING id", args),
            Orders = await tx.Query<long>("UPDATE customer_order SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING id", args),
            Consents = await tx.Query<long>("UPDATE consent SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING id", args),
            Notes = await tx.Query<long>("UPDATE contact_note SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING id", args),
            Approvals = await tx.Query<long>(
                "UPDATE order_approval SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from AND state = 'pending' RETURNING id", args),
            Questions = await tx.Query<MovedQuestion>("""
                UPDATE order_confirmation SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from AND used_at IS NULL
                RETURNING nonce AS "Nonce", action AS "Action"
                """, args),
            Labels = await tx.Query<long>("""
                UPDATE contact_label SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from AND NOT EXISTS (
                  SELECT 1 FROM contact_label t WHERE t.tenant_id = @tenantId AND t.contact_id = @to AND t.label_id = contact_label.label_id)
                RETURNING label_id
                """, args),
            Values = await tx.Query<string>("""
                UPDATE contact_value SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from AND NOT EXISTS (
                  SELECT 1 FROM contact_value t WHERE t.tenant_id = @tenantId AND t.contact_id = @to AND t.name = contact_value.name)
                RETURNING name
                """, args),

            // The frequency cap counts by person: one who has two numbers does not get twice as much.
            Unasked = await tx.Query<long>("UPDATE unasked_send SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from RETURNING message_id", args),
        };
    }

    /// <summary>What was moved and is still there goes back.</summary>
    public static async Task MoveBack(Tx tx, long tenantId, MovedRows moved, long from, long to)
    {
        foreach (var identity in moved.Identities)
        {
            await tx.Execute("""
                UPDATE contact_identity SET contact_id = @to WHERE tenant_id = @tenantId AND kind = @Kind AND value = @Value AND contact_id = @from
                """, new { tenantId, identity.Kind, identity.Value, from, to });
        }

        foreach (var question in moved.Questions)
        {
            await tx.Execute("""
                UPDATE order_confirmation SET contact_id = @to WHERE tenant_id = @tenantId AND nonce = @Nonce AND action = @Action AND contact_id = @from
                """, new { tenantId, question.Nonce, question.Action, from, to });
        }

        foreach (var label in moved.Labels)
        {
            await tx.Execute("""
                UPDATE contact_label SET contact_id = @to WHERE tenant_id = @tenantId AND label_id = @label AND contact_id = @from
                """, new { tenantId, label, from, to });
        }

        foreach (var name in moved.Values)
        {
            await tx.Execute(
                "UPDATE contact_value SET contact_id = @to WHERE tenant_id = @tenantId AND name = @name AND contact_id = @from", new { tenantId, name, from, to });
        }

        var these = tx.Dialect.In("ids");
        foreach (var (table, key, ids) in ((string, string, IReadOnlyList<long>)[])
        [
            ("conversation", "id", moved.Conversations), ("customer_order", "id", moved.Orders), ("consent", "id", moved.Consents),
            ("contact_note", "id", moved.Notes), ("order_approval", "id", moved.Approvals), ("unasked_send", "message_id", moved.Unasked),
        ])
        {
            if (ids.Count > 0)
            {
                await tx.Execute(
                    $"UPDATE {table} SET contact_id = @to WHERE tenant_id = @tenantId AND contact_id = @from AND {key} {these}",
                    new { tenantId, from, to, ids = ids.ToArray() });
            }
        }
    }

    public static Task Write(Tx tx, long tenantId, long id, ContactState state) => tx.Execute("""
        UPDATE contact SET name = @Name, named_by = @NamedBy, phone = @Phone, wa_id = @WaId, user_id = @UserId, language = @Language,
          time_zone = @TimeZone, opted_out_at = @OptedOutAt, opted_in_at = @OptedInAt, marketing_opted_out_at = @MarketingOptedOutAt,
          marketing_opted_in_at = @MarketingOptedInAt, utility_opted_out_at = @UtilityOptedOutAt, blocked_at = @BlockedAt, blocked_by = @BlockedBy,
          blocked_reason = @BlockedReason, blocked_at_provider = @BlockedAtProvider,
          is_client = @IsClient
        WHERE tenant_id = @tenantId AND id = @id
        """, new
    {
        tenantId, id, state.Name, state.NamedBy, state.Phone, state.WaId, state.UserId, state.Language, state.TimeZone, state.OptedOutAt, state.OptedInAt,
        state.MarketingOptedOutAt, state.MarketingOptedInAt, state.UtilityOptedOutAt, state.BlockedAt, state.BlockedBy, state.BlockedReason, state.BlockedAtProvider,
        state.IsClient,
    });

    public static Task Point(Tx tx, long tenantId, long id, long? into) => tx.Execute(
        "UPDATE contact SET merged_into = CAST(@into AS BIGINT) WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, into });

    public static Task Insert(Tx tx, ContactMerge merge) => tx.Execute("""
        INSERT INTO contact_merge (tenant_id, id, contact_id, other_id, agent_id, moved, created_at)
        VALUES (@TenantId, @Id, @ContactId, @OtherId, @AgentId, @Moved, @CreatedAt)
        """, merge);

    public static Task<ContactMerge?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<ContactMerge>("""
        SELECT tenant_id AS "TenantId", id AS "Id", contact_id AS "ContactId", other_id AS "OtherId", agent_id AS "AgentId", moved AS "Moved",
          created_at AS "CreatedAt", undone_at AS "UndoneAt"
        FROM contact_merge WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id });

    /// <summary>False when somebody undid it before.</summary>
    public static async Task<bool> Undo(Tx tx, long tenantId, long id, long agentId, long now) => await tx.Execute("""
        UPDATE contact_merge SET undone_at = @now, undone_by = @agentId WHERE tenant_id = @tenantId AND id = @id AND undone_at IS NULL
        """, new { tenantId, id, agentId, now }) > 0;
}
