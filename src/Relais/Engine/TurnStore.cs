using Relais.Channels;
using Relais.Conversations;
using Relais.Engine.Ai.Summaries;
using Relais.Engine.Flows;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine;

/// <summary>A conversation whose turn has come, with what the commit needs besides the turn itself.</summary>
/// <param name="Lease">The held lane.</param>
/// <param name="Turn">What the decision looks at.</param>
/// <param name="InboxId">The number to answer from.</param>
/// <param name="Assignee">Who owns it.</param>
/// <param name="SeenSeq">The last customer's message the turn has seen.</param>
/// <param name="FirstUnansweredAt">When the first of the unanswered messages came, microseconds UTC.</param>
/// <param name="LastInboundAt">When the customer last wrote.</param>
/// <param name="OptedOutAt">When the customer opted out, or null.</param>
/// <param name="LastProviderId">Provider's id of the last unanswered message, for the read receipt.</param>
/// <param name="LastChoiceId">Not null when the last message is a choice, tapped or typed.</param>
/// <param name="FaqRevision">Grows with each change of the tenant's FAQs.</param>
/// <param name="Contact">How to reach the customer.</param>
internal sealed record DueTurn(
    Lease Lease, Turn Turn, long InboxId, Assignee Assignee, long SeenSeq, long FirstUnansweredAt, long? LastInboundAt,
    long? OptedOutAt, string? LastProviderId, string? LastChoiceId, long FaqRevision, SenderIdentity Contact)
{
    /// <summary>When the customer took an opt-out back, or null.</summary>
    public long? OptedInAt { get; init; }

    /// <summary>The tenant's prompt in use; 0 for none.</summary>
    public long PromptVersion { get; init; }

    /// <summary>Grows with each change of the tenant's other AI settings (Tenants/AiRevision).</summary>
    public long AiRevision { get; init; }

    /// <summary>What the AI agent does here; null: as the number says.</summary>
    public AiMode? Mode { get; init; }

    /// <summary>True when people have it: then a turn only suggests.</summary>
    public bool IsWithPeople => Assignee is Assignee.Agent or Assignee.Team or Assignee.Nobody;

    /// <summary>When the first unanswered voice note came that nobody has written down yet, microseconds UTC; null when there is none.</summary>
    public long? VoiceAt { get; init; }

    /// <summary>Whether so much lies before the messages shown that it is to be summarised (anew).</summary>
    public bool WantsSummary { get; init; }

    /// <summary>Runs of this turn that ended in an error or a lost process, for a router that knows no leases.</summary>
    public int Failures => Lease.Failures;

    /// <summary>The next page of our question, when the customer asked for it by typing; null otherwise.</summary>
    public OutboundContent.Choices? AskedPage { get; init; }

    /// <summary>The flow that has the conversation; null when none of ours has.</summary>
    public FlowSession? Session { get; init; }

    /// <summary>For a router that knows no contents.</summary>
    public bool AsksForPage => AskedPage is not null;
}

/// <summary>What a turn does to its conversation.</summary>
/// <param name="Due">The turn.</param>
/// <param name="Language">To be remembered, or null.</param>
/// <param name="HandoffReason">Not null: people have it from now on.</param>
/// <param name="ClosesAt">Not null: it ends, unless the customer has written again; microseconds UTC.</param>
internal sealed record TurnSettlement(DueTurn Due, string? Language, string? HandoffReason, long? ClosesAt = null)
{
    /// <summary>Who has it from now on, when a flow takes or leaves it; null: as before, or people.</summary>
    public Assignee? Owner { get; init; }

    /// <summary>The last message it has answered, when that is not the last it saw.</summary>
    public long Seen { get; init; } = Due.SeenSeq;
}

/// <summary>A settled conversation: the version its answer goes out under, and whether newer messages wait.</summary>
internal readonly record struct SettledTurn(long ConversationId, long Version, long LastInboundSeq, bool IsClosed);

/// <summary>Loads and settles turns, in batches.</summary>
internal static class TurnStore
{
    /// <summary>Messages of the past a decision sees.</summary>
    public const int History = 20;

    private static readonly Rows<Lease> ConversationRows = new("""
        SELECT c.id, c.inbox_id, c.contact_id, c.version, c.assignee, c.status, c.language, c.last_seq, c.last_inbound_seq,
          c.answered_seq, c.last_inbound_at, k.name, k.opted_out_at, t.name, t.language, t.faq_revision, k.wa_id, k.phone, k.user_id,
          k.opted_in_at, k.blocked_at, t.prompt_version, c.auto_respond, c.history_from, t.ai_revision, c.drafted_seq,
          c.summary, c.summary_from, c.summary_to
        FROM {rows}
        JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.lane_key
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        JOIN tenant t ON t.tenant_id = c.tenant_id
        """,
        Column<Lease>.Long("lane_key", l => l.Key),
        Column<Lease>.Long("tenant_id", l => l.TenantId));

    private static readonly Rows<Loaded> SilenceRows = new("""
        UPDATE conversation SET answered_seq = last_inbound_seq FROM {rows}
        WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.conversation_id
        """,
        Column<Loaded>.Long("tenant_id", c => c.Lease.TenantId),
        Column<Loaded>.Long("conversation_id", c => c.Lease.Key));

    private static readonly Rows<(Loaded Row, long From)> MessageRows = new("""
        SELECT m.conversation_id, m.id, m.author, m.type, m.content, m.seq, m.created_at, m.provider_id, m.choice_id,
          CASE WHEN m.author <> 1 OR r.in_flow = 1 THEN m.payload END, m.skipped, m.transcript
        FROM {rows} JOIN message m ON m.conversation_id = r.conversation_id AND m.seq > r.from_seq AND +m.tenant_id = r.tenant_id
        ORDER BY m.conversation_id, m.seq
        """,
        Column<(Loaded Row, long From)>.Long("tenant_id", c => c.Row.Lease.TenantId),
        Column<(Loaded Row, long From)>.Long("conversation_id", c => c.Row.Lease.Key),
        Column<(Loaded Row, long From)>.Long("from_seq", c => c.From),
        Column<(Loaded Row, long From)>.Long("in_flow", c => c.Row.Assignee == Assignee.Flow ? 1 : 0));

    private static readonly Rows<DueTurn> NewerRows = new("""
        SELECT c.id FROM {rows} JOIN conversation c ON c.tenant_id = r.tenant_id AND c.id = r.conversation_id
        WHERE c.last_inbound_seq > r.seen AND c.version = r.version
        """,
        Column<DueTurn>.Long("tenant_id", t => t.Turn.TenantId),
        Column<DueTurn>.Long("conversation_id", t => t.Turn.ConversationId),
        Column<DueTurn>.Long("seen", t => t.SeenSeq),
        Column<DueTurn>.Long("version", t => t.Turn.Version));

    private static readonly Rows<TurnSettlement> SettleRows = new("""
        UPDATE conversation SET answered_seq = r.seen, language = coalesce(r.language, conversation.language),
          assignee = CASE WHEN r.handoff IS NULL THEN coalesce(r.owner, conversation.assignee) ELSE 5 END,
          version = conversation.version + CASE WHEN r.handoff IS NULL AND coalesce(r.owner, conversation.assignee) = conversation.assignee AND (r.closes_at IS NULL OR conversation.last_inbound_seq > r.seen) THEN 0 ELSE 1 END,
          status = CASE WHEN r.closes_at IS NULL OR conversation.last_inbound_seq > r.seen THEN conversation.status ELSE 3 END,
          closed_at = CASE WHEN r.closes_at IS NULL OR conversation.last_inbound_seq > r.seen THEN conversation.closed_at ELSE r.closes_at END,
          unread = CASE WHEN r.closes_at IS NULL OR conversation.last_inbound_seq > r.seen THEN conversation.unread ELSE 0 END,
          handoff_reason = coalesce(r.handoff, conversation.handoff_reason),
          waiting_since = CASE WHEN r.handoff IS NULL THEN conversation.waiting_since ELSE conversation.last_inbound_at END,
          awaited = CASE WHEN r.handoff IS NULL THEN conversation.awaited WHEN r.handoff = 'automatic_replies' THEN 0 ELSE 1 END,
          handed_seq = CASE WHEN r.handoff IS NULL THEN conversation.handed_seq ELSE conversation.last_inbound_seq END
        FROM {rows}
        WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.conversation_id AND conversation.version = r.version
        RETURNING conversation.id, conversation.version, conversation.last_inbound_seq, conversation.status
        """,
        Column<TurnSettlement>.Long("tenant_id", s => s.Due.Turn.TenantId),
        Column<TurnSettlement>.Long("conversation_id", s => s.Due.Turn.ConversationId),
        Column<TurnSettlement>.Long("version", s => s.Due.Turn.Version),
        Column<TurnSettlement>.Long("seen", s => s.Seen),
        Column<TurnSettlement>.Long("owner", s => (long?)s.Owner),
        Column<TurnSettlement>.Text("language", s => s.Language),
        Column<TurnSettlement>.Text("handoff", s => s.HandoffReason),
        Column<TurnSettlement>.Long("closes_at", s => s.ClosesAt));

    private static readonly Rows<Loaded> SilentRows = new("""
        UPDATE conversation SET answered_seq = r.seen FROM {rows}
        WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.conversation_id AND conversation.version = r.version
        """,
        Column<Loaded>.Long("tenant_id", c => c.Lease.TenantId),
        Column<Loaded>.Long("conversation_id", c => c.Lease.Key),
        Column<Loaded>.Long("version", c => c.Version),
        Column<Loaded>.Long("seen", c => c.LastInboundSeq));

    /// <summary>
    /// The turns of these lanes; a lane whose conversation is with people, closed or answered has none. Nor has one whose
    /// unanswered messages were all deleted by their author: it counts as answered from here on. A flow that waits for its time comes back
    /// among <c>Later</c>.
    /// </summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="leases">The lanes.</param>
    /// <param name="ofInbox">What the AI agent does on a number: where it drafts, people's conversations have turns as well.</param>
    /// <param name="now">Microseconds UTC, for flows.</param>
    public static async Task<(List<DueTurn> Due, List<LaneResult> Later)> Load(
        Tx tx, IReadOnlyList<Lease> leases, Func<long, AiMode>? ofInbox = null, long now = 0)
    {
        var rows = await Conversations(tx, leases);
        if (rows.Exists(c => c.BlockedAt is not null))
        {
            // What a blocked customer writes is kept, and nobody answers it.
            await tx.Each(SilenceRows, rows.FindAll(c => c.BlockedAt is not null));
            rows.RemoveAll(c => c.BlockedAt is not null);
        }

        rows.RemoveAll(c => c.Status == ConversationStatus.Closed);
        var inFlows = rows.FindAll(c => c.Assignee == Assignee.Flow);
        var sessions = inFlows.Count == 0 ? [] : await FlowSessionStore.Running(tx, inFlows.ConvertAll(c => c.Lease));
        var due = rows.FindAll(c => sessions.ContainsKey(c.Lease.Key) || (c.LastInboundSeq > c.AnsweredSeq && (c.Assignee == Assignee.AiAgent
            || (c.Assignee != Assignee.Flow && c.LastInboundSeq > c.DraftedSeq && (c.Mode ?? ofInbox?.Invoke(c.InboxId)) == AiMode.Draft))));
        var messages = await Messages(tx, due.ConvertAll(c => (c, Math.Min(c.AnsweredSeq, Math.Max(0, c.LastSeq - History)))));
        var byConversation = messages.ToLookup(m => m.ConversationId);
        var silent = due.FindAll(c => !byConversation[c.Lease.Key].Any(m => IsUnanswered(m, c)));
        var later = new List<LaneResult>();
        if (silent.Count > 0)
        {
            await tx.Each(SilentRows, silent.FindAll(c => c.Assignee == Assignee.AiAgent));
            due.RemoveAll(c => silent.Contains(c) && !(sessions.TryGetValue(c.Lease.Key, out var session) && IsDue(session, c.Lease, now, later)));
        }

        return (due.ConvertAll(c => ToTurn(c, [.. byConversation[c.Lease.Key]]) with { Session = sessions.GetValueOrDefault(c.Lease.Key) }), later);
    }

    /// <summary>Whether a flow goes on without a message; when only later, its lane is given back until then.</summary>
    private static bool IsDue(FlowSession session, Lease lease, long now, List<LaneResult> later)
    {
        if (session.State.Wait != FlowWait.Reply || session.DueAt <= now || session.Undelivered is not null)
        {
            return true;
        }

        if (session.DueAt is { } at)
        {
            later.Add(new LaneResult(lease, TimeSpan.FromMicroseconds(at - now), LaneEnd.Untouched));
        }

        return false;
    }

    /// <summary>
    /// A turn over a conversation's unanswered messages, else over the customer's last words, whoever has it; for a suggestion that is
    /// asked for. Null when there is none of that id, or the customer has said nothing.
    /// </summary>
    public static async Task<DueTurn?> Latest(Tx tx, long tenantId, long conversationId)
    {
        if (await Conversations(tx, [new Lease(LaneKind.Turn, conversationId, tenantId, 0, 0)]) is not [var found])
        {
            return null;
        }

        var messages = (await Messages(tx, [(found, Math.Min(found.AnsweredSeq, Math.Max(0, found.LastSeq - History)))])).OrderBy(m => m.Seq).ToList();
        if (!messages.Exists(m => IsUnanswered(m, found)))
        {
            var last = messages.FindLastIndex(m => m.Author == Author.Customer && !m.IsSkipped);
            if (last < 0)
            {
                return null;
            }

            messages = messages[..(last + 1)];
            var before = messages.FindLastIndex(m => m.Author != Author.Customer);
            found = found with { AnsweredSeq = before < 0 ? messages[0].Seq - 1 : messages[before].Seq };
        }

        return ToTurn(found, messages);
    }

    /// <summary>The conversations to which the customer has added since the turn was loaded.</summary>
    public static async Task<HashSet<long>> WithNewer(Tx tx, IReadOnlyList<DueTurn> turns) =>
        [.. await tx.Each(NewerRows, turns, r => r.GetInt64(0))];

    /// <summary>Settles turns under their fence; a conversation whose version moved is not in the answer.</summary>
    public static Task<List<SettledTurn>> Settle(Tx tx, IReadOnlyList<TurnSettlement> settlements) =>
        tx.Each(SettleRows, [.. settlements.OrderBy(s => s.Due.Turn.ConversationId)],
            r => new SettledTurn(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), (ConversationStatus)r.GetInt64(3) == ConversationStatus.Closed));

    private static Task<List<Loaded>> Conversations(Tx tx, IReadOnlyList<Lease> leases)
    {
        var byKey = leases.ToDictionary(l => l.Key);
        return tx.Each(ConversationRows, leases, r => new Loaded(
            byKey[r.GetInt64(0)], r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), (Assignee)r.GetInt64(4), (ConversationStatus)r.GetInt64(5),
            r.Text(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.Long(10), r.Text(11), r.Long(12), r.GetString(13),
            r.GetString(14), r.GetInt64(15), new SenderIdentity(r.Text(16), r.Text(17), r.Text(18)), r.Long(19), r.Long(20),
            r.GetInt64(21), r.Long(22), r.GetInt64(23), r.GetInt64(24), r.GetInt64(25),
            r.Text(26), r.GetInt64(27), r.GetInt64(28)));
    }

    private static Task<List<LoadedMessage>> Messages(Tx tx, List<(Loaded Row, long From)> from) => tx.Each(MessageRows, from,
        r => new LoadedMessage(r.GetInt64(0), r.GetInt64(1), (Author)r.GetInt64(2), r.GetString(3), r.GetString(4), r.GetInt64(5),
            r.GetInt64(6), r.Text(7), r.Text(8), r.Text(9), r.Long(10) == 1, r.Text(11)));

    private static DueTurn ToTurn(Loaded c, List<LoadedMessage> messages)
    {
        var unanswered = messages.FindAll(m => IsUnanswered(m, c));
        var history = messages.FindAll(m => (m.Seq <= c.AnsweredSeq || m.Author != Author.Customer) && m.Seq > c.HistoryFrom && !m.IsSkipped);
        var question = Question(messages, unanswered is [var earliest, ..] ? earliest.Seq : long.MaxValue);
        var turn = new Turn(
            c.Lease.TenantId, c.TenantName, c.Lease.Key, c.ContactId, c.ContactName, c.Version, c.Language, c.TenantLanguage,
            history.ConvertAll(ToMessage), unanswered.ConvertAll(m => ToMessage(m, question)))
        {
            Summary = c.Place.IsMade ? c.Summary : null,
        };
        var last = unanswered.LastOrDefault();
        var choiceId = turn.Unanswered is [.., var latest] ? latest.ChoiceId : null;
        return new DueTurn(
            c.Lease, turn, c.InboxId, c.Assignee, c.LastInboundSeq, unanswered.FirstOrDefault()?.CreatedAt ?? 0, c.LastInboundAt, c.OptedOutAt,
            last?.ProviderId, choiceId, c.FaqRevision, c.Contact)
        {
            AskedPage = last is { ChoiceId: null } && ChoiceLayout.PageOf(choiceId) is { } page && question is OutboundContent.Choices choices
                ? choices with { Page = page } : null,
            OptedInAt = c.OptedInAt,
            PromptVersion = c.PromptVersion,
            AiRevision = c.AiRevision,
            Mode = c.Mode,
            WantsSummary = c.Place.IsDue,
            VoiceAt = unanswered.Find(m => m.IsUnheard)?.CreatedAt,
        };
    }

    private static bool IsUnanswered(LoadedMessage m, Loaded c) => m.Author == Author.Customer && m.Seq > c.AnsweredSeq && !m.IsSkipped;

    /// <summary>What we last asked with choices, unless the customer has said something to it already.</summary>
    private static OutboundContent? Question(List<LoadedMessage> messages, long before)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var message = messages[i];
            if (message.Seq >= before || message.IsSkipped)
            {
                continue;
            }

            if (message.Author == Author.Customer)
            {
                return null;
            }

            if (message is { Payload: { } payload, Type: "choices" or "buttons" or "list" })
            {
                return ContentJson.Read(message.Content, payload);
            }
        }

        return null;
    }

    /// <summary>
    /// A choice that was typed counts as tapped, but an opt-out word stays one whatever was offered. Of what was tapped the phone
    /// sends the title as it showed it: the whole of it is ours.
    /// </summary>
    private static TurnMessage ToMessage(LoadedMessage m, OutboundContent? question)
    {
        var message = ToMessage(m);
        var choice = question is null ? null
            : m.ChoiceId is not null ? TypedChoice.Offered(question, m.ChoiceId)
            : m.Type == "text" && ConsentWords.Said(m.Content) != ConsentWord.OptOut ? TypedChoice.Match(m.Content, question)
            : null;
        return choice is null ? message : message with { Text = choice.Title, ChoiceId = choice.Id, Typed = m.ChoiceId is null ? m.Content : null };
    }

    /// <summary>Words can be answered, and so can a caption; a place, a card or a cart is for people to look at.</summary>
    private static TurnMessage ToMessage(LoadedMessage m) => new(
        m.Id, m.Author == Author.Customer, m.Type, m.Transcript is { Length: > 0 } heard ? heard : m.Content,
        IsReadable: m.Author != Author.Customer || m.Transcript is { Length: > 0 } || (m.Content.Length > 0 && m.Type is "text" or "button" or "interactive" or "edit" or "image" or "video" or "document"))
    {
        ChoiceId = m.ChoiceId,
        At = m.CreatedAt,
        Seq = m.Seq,
        ProviderId = m.ProviderId,
        Payload = m.Payload,
        IsPageTap = ChoiceLayout.IsPageId(m.ChoiceId),
    };

    private sealed record Loaded(
        Lease Lease, long InboxId, long ContactId, long Version, Assignee Assignee, ConversationStatus Status, string? Language,
        long LastSeq, long LastInboundSeq, long AnsweredSeq, long? LastInboundAt, string? ContactName, long? OptedOutAt,
        string TenantName, string TenantLanguage, long FaqRevision, SenderIdentity Contact, long? OptedInAt, long? BlockedAt,
        long PromptVersion, long? AutoRespond, long HistoryFrom, long AiRevision, long DraftedSeq, string? Summary, long SummaryFrom, long SummaryTo)
    {
        public AiMode? Mode => (AiMode?)AutoRespond;

        /// <summary>Where the summary ends; nothing of it is used once the history begins elsewhere.</summary>
        public SummaryPlace Place => new(HistoryFrom, LastSeq, SummaryFrom == HistoryFrom ? SummaryTo : 0);
    }

    private sealed record LoadedMessage(
        long ConversationId, long Id, Author Author, string Type, string Content, long Seq, long CreatedAt, string? ProviderId,
        string? ChoiceId, string? Payload, bool IsSkipped, string? Transcript)
    {
        /// <summary>A voice note that may still be written down.</summary>
        public bool IsUnheard => Type == "audio" && Author == Author.Customer && Transcript is null;
    }
}
