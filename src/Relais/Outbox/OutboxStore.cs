using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>
/// The next message of a conversation, with what is checked again just before it leaves. <c>AnswersAt</c>: when the message it
/// answers came, told only of customers who opted out.
/// </summary>
internal sealed record OutboxHead(
    Lease Lease, long MessageId, long InboxId, long Seq, bool IsAutomatic, long Version, long AnswerId, int Attempts,
    long? FirstTriedAt, long DueInMicros, OutboundContent Content, long ConversationVersion, long? LastInboundAt, long? OptedOutAt,
    string? WaId, string? Phone, string? UserId)
{
    /// <summary>When the customer wrote what this answers, microseconds UTC; null when it answers nothing.</summary>
    public long? AnsweredAt { get; init; }

    /// <summary>Provider id of the message it quotes or reacts to, or null.</summary>
    public string? Quotes { get; init; }

    /// <summary>When the business blocked the customer, or null.</summary>
    public long? BlockedAt { get; init; }

    public SendPurpose Purpose { get; init; } = SendPurpose.Service;

    /// <summary>Unasked or put off: nothing else of the conversation waits behind it.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>Of what falls when the customer writes first: the seq of their last message; null for the rest.</summary>
    public long? FallsWithSeq { get; init; }

    public long? MarketingOptedOutAt { get; init; }

    public long? UtilityOptedOutAt { get; init; }
}

/// <summary>A message and the sentence that says why it ended so.</summary>
internal readonly record struct OutboxNote(long TenantId, long MessageId, long InboxId, long ConversationId, long AnswerId, long Seq,
    long? Code, string? Text, long Now, string? ProviderId = null, long DelayMicros = 0);

/// <summary>The outbox rows as the worker moves them. All of it runs in batches, in the order of the keys.</summary>
internal static class OutboxStore
{
    // Of a partial index SQLite takes only the condition it was made with, word for word: hence state < 2 beside state = 0, wherever the outbox
    // is asked by its conversation. Without it every reply would read all that waits.
    private static readonly Rows<Lease> FirstRows = new("""
        SELECT r.lane_key, (SELECT x.message_id FROM outbox x WHERE x.conversation_id = r.lane_key AND x.state < 2 AND x.state = 0
                            ORDER BY x.automatic, x.seq LIMIT 1) AS message_id
        FROM {rows}
        """,
        Column<Lease>.Long("lane_key", l => l.Key));

    private static readonly Rows<(Lease Lease, long MessageId)> HeadRows = new("""
        SELECT r.lane_key, o.message_id, o.inbox_id, o.seq, o.automatic, o.version, o.answer_id, o.attempts, o.first_tried_at,
          o.due_at - {now}, m.content, c.version, c.last_inbound_at, k.opted_out_at, k.wa_id, k.phone, k.user_id,
          (SELECT q.created_at FROM message q WHERE q.tenant_id = m.tenant_id AND q.id = m.answers),
          m.payload, m.replies_to, o.purpose, k.marketing_opted_out_at, k.utility_opted_out_at, k.blocked_at,
          CASE WHEN o.falls_on_reply = 1 THEN c.last_inbound_seq END
        FROM {rows}
        JOIN outbox o ON o.tenant_id = r.tenant_id AND o.message_id = r.message_id
        JOIN message m ON m.tenant_id = o.tenant_id AND m.id = o.message_id
        JOIN conversation c ON c.tenant_id = o.tenant_id AND c.id = o.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        """,
        Column<(Lease Lease, long MessageId)>.Long("lane_key", h => h.Lease.Key),
        Column<(Lease Lease, long MessageId)>.Long("tenant_id", h => h.Lease.TenantId),
        Column<(Lease Lease, long MessageId)>.Long("message_id", h => h.MessageId));

    private static readonly Rows<Lease> NextRows = new("""
        SELECT r.lane_key, (SELECT x.due_at - {now} FROM outbox x WHERE x.conversation_id = r.lane_key AND x.state < 2 AND x.state = 0
                            ORDER BY x.automatic, x.seq LIMIT 1) AS wait
        FROM {rows}
        """,
        Column<Lease>.Long("lane_key", l => l.Key));

    private static readonly Rows<Lease> LostRows = new("""
        SELECT o.tenant_id, o.message_id, o.inbox_id, o.conversation_id FROM {rows}
        JOIN outbox o ON o.conversation_id = r.lane_key AND o.state < 2 AND o.state = 1
        """,
        Column<Lease>.Long("lane_key", l => l.Key));

    private static readonly Column<OutboxNote>[] NoteColumns =
    [
        Column<OutboxNote>.Long("tenant_id", n => n.TenantId),
        Column<OutboxNote>.Long("message_id", n => n.MessageId),
        Column<OutboxNote>.Long("inbox_id", n => n.InboxId),
        Column<OutboxNote>.Long("conversation_id", n => n.ConversationId),
        Column<OutboxNote>.Long("answer_id", n => n.AnswerId),
        Column<OutboxNote>.Long("seq", n => n.Seq),
        Column<OutboxNote>.Long("code", n => n.Code),
        Column<OutboxNote>.Text("words", n => n.Text),
        Column<OutboxNote>.Long("now", n => n.Now),
        Column<OutboxNote>.Text("provider_id", n => n.ProviderId),
        Column<OutboxNote>.Long("delay", n => n.DelayMicros),
    ];

    private static readonly Rows<OutboxNote> OnWireRows = Note("""
        UPDATE outbox SET state = 1, attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, r.now) FROM {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state = 0
        RETURNING outbox.message_id
        """);

    // A status may come before the answer to the send: a failure it told keeps its reason and stays among the dead letters.
    private static readonly Rows<OutboxNote> SentMessageRows = Note("""
        UPDATE message SET status = {greatest}(message.status, 1), sent_at = coalesce(message.sent_at, r.now),
          provider_id = coalesce(message.provider_id, r.provider_id),
          error_code = CASE WHEN message.failed_at IS NOT NULL THEN message.error_code END,
          error_text = CASE WHEN message.failed_at IS NOT NULL THEN message.error_text END
        FROM {rows} WHERE message.tenant_id = r.tenant_id AND message.id = r.message_id
        """);

    private static readonly Rows<OutboxNote> KeyRows = Note("""
        INSERT INTO provider_key (tenant_id, inbox_id, provider_id, message_id)
        SELECT r.tenant_id, r.inbox_id, r.provider_id, r.message_id FROM {rows} WHERE true
        ON CONFLICT (tenant_id, inbox_id, provider_id) DO NOTHING
        """);

    private static readonly Rows<OutboxNote> RemoveRows = Note("""
        DELETE FROM outbox USING {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state <> 3
        """);

    private static readonly Rows<OutboxNote> RetryRows = Note("""
        UPDATE outbox SET state = 0, due_at = {now} + r.delay, reason = r.words FROM {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state = 1
        """);

    // Put behind everything else of its conversation: 2 is SendRows.Unasked.
    private static readonly Rows<OutboxNote> PutOffRows = Note("""
        UPDATE outbox SET state = 0, automatic = 2, due_at = {now} + r.delay, reason = r.words FROM {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state = 1
        """);

    private static readonly Rows<OutboxNote> UnknownRows = Note("""
        UPDATE outbox SET state = 2, reason = r.words, dead_at = r.now + r.delay FROM {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id AND +outbox.state = 1
        """);

    private static readonly Rows<OutboxNote> DeadRows = Note("""
        UPDATE outbox SET state = 3, reason = r.words, dead_at = r.now FROM {rows}
        WHERE outbox.tenant_id = r.tenant_id AND outbox.message_id = r.message_id
        """);

    private static readonly Rows<OutboxNote> FailedMessageRows = Note("""
        UPDATE message SET status = {greatest}(message.status, 2), failed_at = r.now, error_code = r.code, error_text = r.words
        FROM {rows} WHERE message.tenant_id = r.tenant_id AND message.id = r.message_id
        """);

    private static readonly Rows<OutboxNote> CancelledMessageRows = Note("""
        UPDATE message SET status = 5, error_text = r.words FROM {rows}
        WHERE message.tenant_id = r.tenant_id AND message.id = r.message_id
        """);

    private static readonly Rows<OutboxNote> LaterPartRows = Note("""
        SELECT o.tenant_id, o.message_id, o.inbox_id, o.conversation_id FROM {rows}
        JOIN outbox o ON o.conversation_id = r.conversation_id AND o.answer_id = r.answer_id AND o.seq > r.seq AND o.state < 2 AND o.state = 0
        """);

    /// <summary>The outbox's part of <see cref="WorkQueue.MoveBack"/>.</summary>
    public static Task MoveBack(Tx tx, long by) => tx.Execute("UPDATE outbox SET due_at = due_at - @by WHERE state = 0 AND due_at > {now}", new { by });

    /// <summary>The next message of each lane; a lane without one is not in the answer.</summary>
    public static async Task<List<OutboxHead>> Heads(Tx tx, IReadOnlyList<Lease> leases)
    {
        var byKey = leases.ToDictionary(l => l.Key);
        var first = await tx.Each(FirstRows, leases, r => (Lease: byKey[r.GetInt64(0)], MessageId: r.Long(1) ?? 0));
        return await tx.Each(HeadRows, first.FindAll(f => f.MessageId != 0), r => new OutboxHead(
            byKey[r.GetInt64(0)], r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4) == 1, r.GetInt64(5), r.GetInt64(6),
            (int)r.GetInt64(7), r.Long(8), r.GetInt64(9), ContentJson.Read(r.GetString(10), r.Text(18)), r.GetInt64(11), r.Long(12), r.Long(13), r.Text(14),
            r.Text(15), r.Text(16))
        {
            AnsweredAt = r.Long(17),
            Quotes = r.Text(19),
            IsUnasked = r.GetInt64(4) == SendRows.Unasked,
            Purpose = (SendPurpose)r.GetInt64(20),
            MarketingOptedOutAt = r.Long(21),
            UtilityOptedOutAt = r.Long(22),
            BlockedAt = r.Long(23),
            FallsWithSeq = r.Long(24),
        });
    }

    /// <summary>How long until each lane has something to send again; null for nothing.</summary>
    public static async Task<Dictionary<long, TimeSpan?>> Next(Tx tx, IReadOnlyList<Lease> leases) =>
        (await tx.Each(NextRows, leases, r => (Key: r.GetInt64(0), Wait: r.Long(1))))
            .ToDictionary(n => n.Key, n => n.Wait is { } wait ? TimeSpan.FromMicroseconds(Math.Max(0, wait)) : (TimeSpan?)null);

    /// <summary>Messages that were on the wire when their lane was lost: nobody knows whether they went out.</summary>
    public static Task<List<OutboxNote>> Lost(Tx tx, IReadOnlyList<Lease> leases, string text, long now) =>
        tx.Each(LostRows, leases, r => ReadNote(r, text, now));

    /// <summary>Returns the messages that were still queued: what was taken back in between must not leave.</summary>
    public static async Task<HashSet<long>> MarkOnWire(Tx tx, IReadOnlyList<OutboxNote> notes) =>
        [.. await tx.Each(OnWireRows, notes, r => r.GetInt64(0))];

    public static async Task MarkSent(Tx tx, IReadOnlyList<OutboxNote> notes)
    {
        await tx.Each(SentMessageRows, notes);
        await tx.Each(KeyRows, notes);
        await tx.Each(RemoveRows, notes);
    }

    public static Task MarkRetry(Tx tx, IReadOnlyList<OutboxNote> notes) => tx.Each(RetryRows, notes);

    public static Task MarkPutOff(Tx tx, IReadOnlyList<OutboxNote> notes) => tx.Each(PutOffRows, notes);

    public static Task MarkUnknown(Tx tx, IReadOnlyList<OutboxNote> notes) => tx.Each(UnknownRows, notes);

    /// <summary>Sets messages aside as dead and takes back the later parts of the same answers.</summary>
    public static async Task<List<OutboxNote>> MarkDead(Tx tx, IReadOnlyList<OutboxNote> notes)
    {
        await tx.Each(DeadRows, notes);
        await tx.Each(FailedMessageRows, notes);
        var later = await tx.Each(LaterPartRows, notes, r => ReadNote(r, "An earlier part of this answer could not be sent.", notes[0].Now));
        await Cancel(tx, later);
        return later;
    }

    public static async Task Cancel(Tx tx, IReadOnlyList<OutboxNote> notes)
    {
        await tx.Each(CancelledMessageRows, notes);
        await tx.Each(RemoveRows, notes);
    }

    /// <summary>What watchers are told. A split answer of very many parts may take back more than there are ids for: they see the rest when they read.</summary>
    public static List<Change> Changes(IEnumerable<OutboxNote> notes, IdRange ids) =>
        [.. notes.Take((int)ids.Remaining).Select(n => new Change(ids.Next(), n.TenantId, "message.updated", n.ConversationId, n.MessageId, n.InboxId, n.Now))];

    private static Rows<OutboxNote> Note(string sql) =>
        new(sql, [.. NoteColumns.Where(c => sql.Contains("r." + c.Name, StringComparison.Ordinal))]);

    private static OutboxNote ReadNote(Row r, string text, long now) =>
        new(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), 0, 0, null, text, now);
}
