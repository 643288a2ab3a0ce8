using System.Security.Cryptography;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>What a message asks of the business.</summary>
internal enum InboundWeight
{
    /// <summary>An answer.</summary>
    Asks = 0,

    /// <summary>Nothing of a bot, a look of a person: it was said in a group, and an answer would go to its author alone.</summary>
    Overheard = 1,

    /// <summary>Nothing: a reaction, a removal. It still opens the service window.</summary>
    Gesture = 2,

    /// <summary>Nothing, and no customer wrote it: the provider says that a number changed.</summary>
    Notice = 3,
}

/// <summary>A customer's message on its way into storage; <c>OpensWith</c> is who answers if it opens a conversation.</summary>
internal sealed record NewInbound(
    long TenantId, long InboxId, SeenContact Contact, string ProviderId, string Type, string Content,
    string? ChoiceId, string? RepliesTo, string? Payload, string? Raw, long? ProviderAt, long Now, Assignee OpensWith)
{
    public long MessageId { get; set; }

    /// <summary>What it holds besides text, JSON; written once its ids are known.</summary>
    public string? Payload { get; set; } = Payload;

    public InboundWeight Weight { get; init; }

    public long ConversationId { get; set; }

    public long Seq { get; set; }

    /// <summary>True for the rare message that ends or restores a consent.</summary>
    public bool SaysConsent => Contact is { OptsOutAt: not null } or { OptsInAt: not null } or { EndsMarketingAt: not null };
}

/// <summary>A conversation that got new messages in this batch, as it stands after them.</summary>
internal sealed record TouchedConversation(
    long TenantId, long Id, long InboxId, long ContactId, long LastSeq, Assignee Assignee)
{
    /// <summary>What is set for it alone (Tenants/AiMode), or null.</summary>
    public long? AutoRespond { get; init; }

    public bool IsSnoozed { get; init; }

    /// <summary>Handed off, and the customer has not been told to wait (<see cref="Awaited"/>).</summary>
    public bool IsAwaitedUntold { get; init; }

    public bool IsWithPeople => Assignee is Assignee.Agent or Assignee.Team or Assignee.Nobody;
}

/// <summary>Stores customers' messages in their conversations, each exactly once.</summary>
internal static class InboundStore
{
    // Of who was erased only hashes are left: neither what was stored before comes back by them, nor what was sent before and comes only now.
    private static readonly Rows<NewInbound> KeyRows = new("""
        INSERT INTO provider_key (tenant_id, inbox_id, provider_id, message_id)
        SELECT r.tenant_id, r.inbox_id, r.provider_id, r.message_id FROM {rows}
        WHERE NOT EXISTS (SELECT 1 FROM provider_key h WHERE h.tenant_id = r.tenant_id AND h.inbox_id = r.inbox_id AND h.provider_id = r.hashed)
          AND NOT EXISTS (SELECT 1 FROM erased_identity e WHERE e.tenant_id = r.tenant_id AND e.hash IN (r.number, r.person)
            AND e.erased_at > coalesce(r.provider_at, r.now))
        ON CONFLICT (tenant_id, inbox_id, provider_id) DO NOTHING RETURNING message_id
        """,
        Column<NewInbound>.Long("tenant_id", m => m.TenantId),
        Column<NewInbound>.Long("inbox_id", m => m.InboxId),
        Column<NewInbound>.Text("provider_id", m => m.ProviderId),
        Column<NewInbound>.Long("message_id", m => m.MessageId),
        Column<NewInbound>.Text("hashed", m => Erased.Key(m.ProviderId)),
        Column<NewInbound>.Text("number", m => Erased.Number(m.Contact)),
        Column<NewInbound>.Text("person", m => Erased.Person(m.Contact)),
        Column<NewInbound>.Long("provider_at", m => m.ProviderAt),
        Column<NewInbound>.Long("now", m => m.Now));

    // What comes through a flow outside (Studio) makes the conversation that flow's, and a turn that is under way finds another version; once
    // people gave it back to the AI agent (history_from), it stays there.
    private static readonly Rows<Arrival> ArriveRows = new("""
        INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, language, last_seq,
          last_inbound_seq, answered_seq, unread, last_inbound_at, last_message, last_message_at, created_at)
        SELECT r.tenant_id, r.id, r.inbox_id, r.contact_id, r.session_id, 1, r.assignee, 1, NULL, r.n, r.asks, 0, r.unread, r.heard_at,
          r.preview, r.now, r.now FROM {rows} WHERE true
        ON CONFLICT (contact_id, inbox_id, tenant_id) WHERE status <> 3 DO UPDATE SET
          last_seq = conversation.last_seq + excluded.last_seq,
          assignee = CASE WHEN excluded.assignee = 1 AND conversation.assignee = 2 AND conversation.history_from = 0 THEN 1 ELSE conversation.assignee END,
          version = conversation.version
            + CASE WHEN excluded.assignee = 1 AND conversation.assignee = 2 AND conversation.history_from = 0 THEN 1 ELSE 0 END,
          last_inbound_seq = CASE WHEN excluded.last_inbound_seq > 0 THEN conversation.last_seq + excluded.last_inbound_seq
            ELSE conversation.last_inbound_seq END,
          unread = conversation.unread + excluded.unread, last_message = excluded.last_message,
          last_inbound_at = CASE WHEN excluded.last_inbound_at IS NULL THEN conversation.last_inbound_at
            ELSE {greatest}(coalesce(conversation.last_inbound_at, 0), excluded.last_inbound_at) END,
          last_message_at = {greatest}(conversation.last_message_at, excluded.last_message_at),
          waiting_since = CASE WHEN conversation.assignee IN (3, 4, 5) AND NOT EXISTS (
              SELECT 1 FROM contact k WHERE k.tenant_id = conversation.tenant_id AND k.id = conversation.contact_id AND k.blocked_at IS NOT NULL)
            THEN coalesce(conversation.waiting_since, CASE WHEN excluded.last_inbound_seq > 0 THEN excluded.last_inbound_at END) END
        RETURNING conversation.tenant_id, conversation.id, conversation.inbox_id, conversation.contact_id, conversation.last_seq,
          conversation.assignee, conversation.auto_respond, conversation.status, conversation.awaited
        """,
        Column<Arrival>.Long("tenant_id", a => a.TenantId),
        Column<Arrival>.Long("id", a => a.FreshId),
        Column<Arrival>.Long("inbox_id", a => a.InboxId),
        Column<Arrival>.Long("contact_id", a => a.ContactId),
        Column<Arrival>.Long("n", a => a.Messages.Count),
        Column<Arrival>.Long("asks", a => a.LastThatAsks),
        Column<Arrival>.Long("unread", a => a.Unread),
        Column<Arrival>.Long("heard_at", a => a.HeardAt),
        Column<Arrival>.Long("now", a => a.Messages[^1].Now),
        Column<Arrival>.Text("preview", a => Preview(a.Messages[^1].Content, a.Messages[^1].Type)),
        Column<Arrival>.Text("session_id", a => a.SessionId),
        Column<Arrival>.Long("assignee", a => (long)a.Messages[0].OpensWith));

    private static readonly Rows<NewInbound> MessageRows = new("""
        INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, type, content, choice_id, payload, raw, replies_to,
          provider_id, provider_at, skipped, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.inbox_id, r.seq, 1, r.type, r.content, r.choice_id, r.payload, r.raw, r.replies_to,
          r.provider_id, r.provider_at, r.skipped, r.now FROM {rows}
        """,
        Column<NewInbound>.Long("tenant_id", m => m.TenantId),
        Column<NewInbound>.Long("id", m => m.MessageId),
        Column<NewInbound>.Long("conversation_id", m => m.ConversationId),
        Column<NewInbound>.Long("inbox_id", m => m.InboxId),
        Column<NewInbound>.Long("seq", m => m.Seq),
        Column<NewInbound>.Text("type", m => m.Type),
        Column<NewInbound>.Text("content", m => m.Content),
        Column<NewInbound>.Text("choice_id", m => m.ChoiceId),
        Column<NewInbound>.Text("payload", m => m.Payload),
        Column<NewInbound>.Text("raw", m => m.Raw),
        Column<NewInbound>.Text("replies_to", m => m.RepliesTo),
        Column<NewInbound>.Text("provider_id", m => m.ProviderId),
        Column<NewInbound>.Long("provider_at", m => m.ProviderAt),
        Column<NewInbound>.Long("skipped", m => m.Weight == InboundWeight.Asks ? null : 1),
        Column<NewInbound>.Long("now", m => m.Now));

    /// <summary>The messages that were never seen before; a duplicate inside the batch counts once.</summary>
    public static async Task<List<NewInbound>> KeepNew(Tx tx, IReadOnlyList<NewInbound> messages)
    {
        var sorted = messages.OrderBy(m => m.TenantId).ThenBy(m => m.InboxId).ThenBy(m => m.ProviderId, StringComparer.Ordinal).ToList();
        var kept = (await tx.Each(KeyRows, sorted, reader => reader.GetInt64(0))).ToHashSet();
        return [.. messages.Where(m => kept.Contains(m.MessageId))];
    }

    /// <summary>
    /// Puts messages into the open conversation of their contact and inbox, opened when there is none, in the order given.
    /// Contacts are resolved before. Needs one id for each conversation that may have to be opened.
    /// </summary>
    public static async Task<List<TouchedConversation>> Store(Tx tx, IReadOnlyList<NewInbound> messages, IdRange ids)
    {
        var arrivals = messages.GroupBy(m => (m.TenantId, m.InboxId, m.Contact.ContactId))
            .Select(group => new Arrival(group.Key.TenantId, group.Key.InboxId, group.Key.ContactId, ids.Next(), NewSession(), [.. group]))
            .OrderBy(a => a.TenantId).ThenBy(a => a.InboxId).ThenBy(a => a.ContactId).ToList();
        var touched = await tx.Each(ArriveRows, arrivals, row => new TouchedConversation(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), (Assignee)row.GetInt64(5))
        {
            AutoRespond = row.Long(6),
            IsSnoozed = row.GetInt64(7) == (long)ConversationStatus.Snoozed,
            IsAwaitedUntold = row.GetInt64(8) == (long)Awaited.Untold,
        });
        Number(touched, arrivals);
        await tx.Each(MessageRows, messages);
        return touched;
    }

    /// <summary>What a list shows of a message: the first 120 characters, or its type in brackets.</summary>
    public static string Preview(string content, string type)
    {
        if (content.Length == 0)
        {
            return $"[{type}]";
        }

        var end = Math.Min(content.Length, 120);
        return content[..(char.IsHighSurrogate(content[end - 1]) && end < content.Length ? end - 1 : end)];
    }

    private static void Number(List<TouchedConversation> touched, List<Arrival> arrivals)
    {
        var byKey = touched.ToDictionary(c => (c.TenantId, c.InboxId, c.ContactId));
        foreach (var arrival in arrivals)
        {
            var conversation = byKey[(arrival.TenantId, arrival.InboxId, arrival.ContactId)];
            var seq = conversation.LastSeq - arrival.Messages.Count;
            foreach (var message in arrival.Messages)
            {
                message.ConversationId = conversation.Id;
                message.Seq = ++seq;
            }
        }
    }

    public static string NewSession() => "session_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    private sealed record Arrival(
        long TenantId, long InboxId, long ContactId, long FreshId, string SessionId, IReadOnlyList<NewInbound> Messages)
    {
        /// <summary>Place of the last message that wants an answer, from 1; 0 when none does.</summary>
        public int LastThatAsks
        {
            get
            {
                var place = Messages.Count;
                while (place > 0 && Messages[place - 1].Weight != InboundWeight.Asks)
                {
                    place--;
                }

                return place;
            }
        }

        public int Unread => Messages.Count(m => m.Weight is InboundWeight.Asks or InboundWeight.Overheard);

        /// <summary>When the customer last wrote to this number itself, which opens its service window; null when nothing here does.</summary>
        public long? HeardAt => Messages.LastOrDefault(m => m.Weight is InboundWeight.Asks or InboundWeight.Gesture)?.Now;
    }
}
