using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using DeliveryStatus = Relais.Conversations.DeliveryStatus;

namespace Relais.Outbox;

/// <summary>Something to say to a customer, with what the gate needs to know of the conversation.</summary>
/// <param name="TenantId">Whose conversation.</param>
/// <param name="ConversationId">Which one.</param>
/// <param name="InboxId">The number it goes out from.</param>
/// <param name="Version">The conversation's version when it was decided.</param>
/// <param name="LastInboundAt">When the customer last wrote, microseconds UTC.</param>
/// <param name="OptedOutAt">When the customer opted out, or null.</param>
/// <param name="Author">Who says it.</param>
/// <param name="AgentId">The person, when a person says it.</param>
/// <param name="Content">What to say; a text longer than the channel takes is split.</param>
internal sealed record SendRequest(
    long TenantId, long ConversationId, long InboxId, long Version, long? LastInboundAt, long? OptedOutAt, Author Author,
    long? AgentId, OutboundContent Content)
{
    /// <summary>Provider id of the message it quotes or reacts to, or null.</summary>
    public string? Quotes { get; init; }

    /// <summary>How to reach the customer, so that it may leave at once; null leaves that to be looked up when its turn comes.</summary>
    public SenderIdentity? To { get; init; }

    /// <summary>The customer's message this answers, or null.</summary>
    public long? Answers { get; init; }

    /// <summary>When the business blocked the customer, or null.</summary>
    public long? BlockedAt { get; init; }

    /// <summary>True for the one sentence that confirms an opt-out.</summary>
    public bool ConfirmsOptOut { get; init; }

    /// <summary>True when nobody but a person may say it before the bytes leave: it falls with the version.</summary>
    public bool IsAutomatic => Author is Author.AiAgent or Author.Flow;
}

/// <summary>What the gate says.</summary>
internal abstract record SendDecision
{
    /// <summary>It goes out as free text.</summary>
    internal sealed record FreeText : SendDecision;

    /// <summary>It must not go out; the sentence is for a person and says what can be done.</summary>
    internal sealed record Refused(string Code, string Reason) : SendDecision;
}

/// <summary>A message the gate put into the outbox (or kept as refused).</summary>
internal sealed record QueuedMessage(
    long TenantId, long MessageId, long ConversationId, long InboxId, long Seq, SendRequest Request, OutboundContent Content, long AnswerId,
    SendDecision Decision, long Now)
{
    /// <summary>True when it goes on the wire with the transaction that queues it.</summary>
    public bool LeavesAtOnce { get; set; }
}

/// <summary>
/// The only writer of the outbox. In: what flow, AI agent, agents and the API want to say, in their transaction. Out: a queued
/// message with its outbox row and a due lane, or a message marked as refused with a reason people understand.
/// </summary>
internal sealed class SendGate(WorkQueue queue, ChangeLog changes, ChannelSet channels, InboxDirectory inboxes, Clock clock)
{
    /// <summary>Half of the shortest limit (Twilio's 1600): no part of a split text but the last is shorter.</summary>
    private const int ShortestPart = 800;

    /// <summary>Most ids a text can take: a message and a change for each of its parts.</summary>
    public static int IdsNeeded(string? text) => 2 * (2 + ((text?.Length ?? 0) / ShortestPart));

    public static int IdsNeeded(OutboundContent content) => IdsNeeded((content as OutboundContent.Text)?.Body);

    private static readonly Column<QueuedMessage>[] Columns =
    [
        Column<QueuedMessage>.Long("tenant_id", m => m.TenantId),
        Column<QueuedMessage>.Long("id", m => m.MessageId),
        Column<QueuedMessage>.Long("conversation_id", m => m.ConversationId),
        Column<QueuedMessage>.Long("inbox_id", m => m.InboxId),
        Column<QueuedMessage>.Long("seq", m => m.Seq),
        Column<QueuedMessage>.Long("author", m => (long)m.Request.Author),
        Column<QueuedMessage>.Long("agent_id", m => m.Request.AgentId),
        Column<QueuedMessage>.Text("type", m => m.Content.Type),
        Column<QueuedMessage>.Text("content", m => m.Content.Readable),
        Column<QueuedMessage>.Text("payload", m => ContentJson.Write(m.Content)),
        Column<QueuedMessage>.Text("replies_to", m => m.Request.Quotes),
        Column<QueuedMessage>.Long("answers", m => m.Request.Answers),
        Column<QueuedMessage>.Long("status", m => (long)(m.Decision is SendDecision.Refused ? DeliveryStatus.Failed : DeliveryStatus.Queued)),
        Column<QueuedMessage>.Long("failed_at", m => m.Decision is SendDecision.Refused ? m.Now : null),
        Column<QueuedMessage>.Text("error_text", m => (m.Decision as SendDecision.Refused)?.Reason),
        Column<QueuedMessage>.Long("now", m => m.Now),
    ];

    private static readonly Rows<QueuedMessage> MessageRows = new("""
        INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, agent_id, type, content, payload, replies_to,
          answers, status, failed_at, error_text, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.inbox_id, r.seq, r.author, r.agent_id, r.type, r.content, r.payload,
          r.replies_to, r.answers, r.status, r.failed_at, r.error_text, r.now FROM {rows}
        """, Columns);

    private static readonly Rows<QueuedMessage> OutboxRows = new("""
        INSERT INTO outbox (tenant_id, message_id, conversation_id, inbox_id, seq, automatic, version, answer_id, state, attempts,
          due_at, first_tried_at, created_at)
        SELECT r.tenant_id, r.id, r.conversation_id, r.inbox_id, r.seq, r.automatic, r.version, r.answer_id, r.leaves, r.leaves, {now},
          CASE WHEN r.leaves = 1 THEN r.now END, r.now
        FROM {rows}
        """,
        Column<QueuedMessage>.Long("tenant_id", m => m.TenantId),
        Column<QueuedMessage>.Long("id", m => m.MessageId),
        Column<QueuedMessage>.Long("conversation_id", m => m.ConversationId),
        Column<QueuedMessage>.Long("inbox_id", m => m.InboxId),
        Column<QueuedMessage>.Long("seq", m => m.Seq),
        Column<QueuedMessage>.Long("automatic", m => m.Request.IsAutomatic ? 1 : 0),
        Column<QueuedMessage>.Long("version", m => m.Request.Version),
        Column<QueuedMessage>.Long("answer_id", m => m.AnswerId),
        Column<QueuedMessage>.Long("leaves", m => m.LeavesAtOnce ? 1 : 0),
        Column<QueuedMessage>.Long("now", m => m.Now));

    private static readonly Rows<(SendRequest Request, int Parts, string Preview, long Now)> AdvanceRows = new("""
        UPDATE conversation SET last_seq = last_seq + r.n, last_message = r.preview, last_message_at = {greatest}(last_message_at, r.now)
        FROM {rows} WHERE conversation.tenant_id = r.tenant_id AND conversation.id = r.id
        RETURNING conversation.id, conversation.last_seq
        """,
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("tenant_id", a => a.Request.TenantId),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("id", a => a.Request.ConversationId),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("n", a => a.Parts),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Text("preview", a => a.Preview),
        Column<(SendRequest Request, int Parts, string Preview, long Now)>.Long("now", a => a.Now));

    public SendDecision Decide(SendRequest request) => BlockRule.Refusal(request.BlockedAt) ?? Decide(request.LastInboundAt, request.OptedOutAt, request.ConfirmsOptOut, clock.Micros);

    /// <summary>The same rules just before the bytes leave.</summary>
    public static SendDecision Decide(long? lastInboundAt, long? optedOutAt, bool confirmsOptOut, long now)
    {
        if (optedOutAt is { } optedOut && !confirmsOptOut && (lastInboundAt ?? 0) <= optedOut)
        {
            return new SendDecision.Refused("opted_out",
                "The customer asked to get no more messages. They can be answered once they write again.");
        }

        return ServiceWindow.IsOpen(lastInboundAt, now)
            ? new SendDecision.FreeText()
            : new SendDecision.Refused("window_closed",
                "More than 24 hours have passed since the customer's last message: WhatsApp takes only an approved template now.");
    }

    /// <summary>
    /// Queues what is said, in the caller's transaction. Requests of one conversation follow each other in the order given.
    /// The ids are reserved by the caller (<see cref="IdsNeeded(OutboundContent)"/>). With <paramref name="departures"/>, what can leave at once
    /// is marked so and taken up there.
    /// </summary>
    public async Task<List<QueuedMessage>> Enqueue(Tx tx, IReadOnlyList<SendRequest> requests, IdRange ids, Departures? departures = null)
    {
        var now = clock.Micros;
        var queued = new List<QueuedMessage>(requests.Count);
        var split = requests.Select(r => (Request: r, Parts: Parts(r))).ToList();
        var groups = split.GroupBy(s => (s.Request.TenantId, s.Request.ConversationId)).OrderBy(g => g.Key.ConversationId).ToList();
        var advanced = await tx.Each(AdvanceRows, groups.ConvertAll(g => (
            g.First().Request, g.Sum(s => s.Parts.Count), Preview(g.Last().Parts[^1]), now)),
            reader => (Id: reader.GetInt64(0), LastSeq: reader.GetInt64(1)));
        var seqs = advanced.ToDictionary(a => a.Id, a => a.LastSeq);
        foreach (var group in groups)
        {
            var seq = seqs[group.Key.ConversationId] - group.Sum(s => s.Parts.Count);
            foreach (var (request, parts) in group)
            {
                var decision = Decide(request);
                var answer = 0L;
                foreach (var part in parts)
                {
                    var id = ids.Next();
                    answer = answer == 0 ? id : answer;
                    queued.Add(new QueuedMessage(
                        request.TenantId, id, request.ConversationId, request.InboxId, ++seq, request, part, answer, decision, now));
                }
            }
        }

        await tx.Each(MessageRows, queued);
        var going = queued.FindAll(m => m.Decision is SendDecision.FreeText);
        var leaving = departures is null ? [] : await departures.Take(tx, going);
        going.ForEach(m => m.LeavesAtOnce = leaving.Contains(m.MessageId));
        await tx.Each(OutboxRows, going);

        // The lane of an answer that leaves is held: its later parts come due when the first one has come back.
        var held = going.Where(m => m.LeavesAtOnce).Select(m => m.ConversationId).ToHashSet();
        await queue.Wake(tx, going.Where(m => !held.Contains(m.ConversationId))
            .Select(m => new LaneWake(LaneKind.Outbox, m.ConversationId, m.TenantId)).ToList());
        await changes.Append(tx, queued.ConvertAll(m =>
            new Change(ids.Next(), m.TenantId, "message.created", m.ConversationId, m.MessageId, m.InboxId, now)));
        return queued;
    }

    private static string Preview(OutboundContent content) => InboundStore.Preview(content.Readable, content.Type);

    private IReadOnlyList<OutboundContent> Parts(SendRequest request) => request.Content is OutboundContent.Text text
        ? [.. TextSplitter.Split(text.Body, Channel(request.InboxId).TextLimit).Select(part => text with { Body = part })]
        : [request.Content];

    private IChannel Channel(long inboxId) =>
        channels[inboxes.Find(inboxId)?.IsTwilio == true ? ChannelKind.Twilio : ChannelKind.Meta];
}
