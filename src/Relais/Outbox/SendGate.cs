using Relais.Changes;
using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Outbox;

/// <summary>
/// The only writer of the outbox. In: what flow, AI agent, agents and the API want to say, in their transaction. Out: a queued
/// message with its outbox row and a due lane, or a message marked as refused with a reason people understand. An answer in an
/// open window is decided from the request alone; only templates, promotions and what is unasked read more.
/// </summary>
internal sealed class SendGate(WorkQueue queue, ChangeLog changes, ChannelSet channels, InboxDirectory inboxes, Clock clock, MonthlyMessages months)
{
    /// <summary>Half of the shortest limit (Twilio's 1600): no part of a split text but the last is shorter.</summary>
    private const int ShortestPart = 800;

    /// <summary>Templates that a refusal's sentence names; the refusal itself lists more.</summary>
    private const int Named = 10;

    /// <summary>Most ids a text can take: a message and a change for each of its parts.</summary>
    public static int IdsNeeded(string? text) => 2 * (2 + ((text?.Length ?? 0) / ShortestPart));

    public static int IdsNeeded(OutboundContent content) => IdsNeeded((content as OutboundContent.Text)?.Body);

    /// <summary>What becomes of it, in the caller's transaction and before anything is written.</summary>
    public async Task<SendDecision> Decide(Tx tx, SendRequest request) => (await DecideAll(tx, [request], clock.Micros)).Decided[0].Decision;

    /// <summary>
    /// Queues those of many unasked messages that may go, in the caller's transaction; what is refused leaves no trace in its
    /// conversation. In the order of <paramref name="requests"/>. Ids as for <see cref="Enqueue"/>.
    /// </summary>
    public async Task<List<GatedSend>> Offer(Tx tx, IReadOnlyList<SendRequest> requests, IdRange ids)
    {
        var now = clock.Micros;
        var (decided, book) = await DecideAll(tx, requests, now);
        var queued = await Queue(tx, decided.FindAll(d => d.Decision is not SendDecision.Refused), book, ids, null, now);
        var answers = new Dictionary<object, long>(ReferenceEqualityComparer.Instance);
        queued.ForEach(m => answers.TryAdd(m.Request, m.AnswerId));
        return decided.ConvertAll(d => new GatedSend(d.Request, d.Decision, answers.TryGetValue(d.Request, out var id) ? id : null));
    }

    /// <summary>
    /// Queues what is said, in the caller's transaction. Requests of one conversation follow each other in the order given.
    /// The ids are reserved by the caller (<see cref="IdsNeeded(OutboundContent)"/>). With <paramref name="departures"/>, what can leave at once
    /// is marked so and taken up there.
    /// </summary>
    public async Task<List<QueuedMessage>> Enqueue(Tx tx, IReadOnlyList<SendRequest> requests, IdRange ids, Departures? departures = null)
    {
        var now = clock.Micros;
        var (decided, book) = await DecideAll(tx, requests, now);
        return await Queue(tx, decided, book, ids, departures, now);
    }

    private async Task<(List<(SendRequest Request, SendDecision Decision)> Decided, SendBook Book)> DecideAll(
        Tx tx, IReadOnlyList<SendRequest> requests, long now)
    {
        var book = await SendBook.Open(tx, requests, now);
        var decided = new List<(SendRequest Request, SendDecision Decision)>(requests.Count);
        Dictionary<long, long>? taken = null;
        foreach (var request in requests)
        {
            var decision = await Decide(tx, request, book, now);
            decided.Add((request, Platforms(request, decision, now, ref taken)));
        }

        return (decided, book);
    }

    private async Task<List<QueuedMessage>> Queue(
        Tx tx, List<(SendRequest Request, SendDecision Decision)> decided, SendBook book, IdRange ids, Departures? departures, long now)
    {
        var queued = new List<QueuedMessage>(decided.Count);
        var split = decided.ConvertAll(d => (d.Request, d.Decision, Parts: Parts(d.Request.InboxId, Content(d.Request, d.Decision))));
        var groups = split.GroupBy(s => (s.Request.TenantId, s.Request.ConversationId)).OrderBy(g => g.Key.ConversationId).ToList();
        var advanced = await tx.Each(SendRows.Advance, groups.ConvertAll(g => (
            g.First().Request, g.Sum(s => s.Parts.Count), Preview(g.Last().Parts[^1]), now)),
            reader => (Id: reader.GetInt64(0), LastSeq: reader.GetInt64(1)));
        var seqs = advanced.ToDictionary(a => a.Id, a => a.LastSeq);
        foreach (var group in groups)
        {
            var seq = seqs[group.Key.ConversationId] - group.Sum(s => s.Parts.Count);
            foreach (var (request, decision, parts) in group)
            {
                var answer = 0L;
                var paused = inboxes.Find(request.InboxId)?.Pause?.Reason;
                foreach (var part in parts)
                {
                    var id = ids.Next();
                    answer = answer == 0 ? id : answer;
                    queued.Add(new QueuedMessage(
                        request.TenantId, id, request.ConversationId, request.InboxId, ++seq, request, part, answer, decision, now)
                    {
                        NumberPaused = paused,
                    });
                }
            }
        }

        var counted = queued.FindAll(m => m.Decision is not SendDecision.Refused);
        if (counted.Count > 0)
        {
            tx.AfterCommit(() => months.Add(counted, now));
        }

        await tx.Each(SendRows.Message, queued);
        await UnaskedStore.Keep(tx, book.Entries(queued));
        await Release(tx, queued.FindAll(m => m.Decision is not SendDecision.Refused), departures);
        await changes.Append(tx, queued.ConvertAll(m =>
            new Change(ids.Next(), m.TenantId, "message.created", m.ConversationId, m.MessageId, m.InboxId, now)));
        return queued;
    }

    private async Task Release(Tx tx, List<QueuedMessage> going, Departures? departures)
    {
        var leaving = departures is null ? [] : await departures.Take(tx, going.FindAll(m => !m.IsUnasked));
        going.ForEach(m => m.LeavesAtOnce = leaving.Contains(m.MessageId));
        await tx.Each(SendRows.Outbox, going);

        // The lane of an answer that leaves is held: its later parts come due when the first one has come back.
        var held = going.Where(m => m.LeavesAtOnce).Select(m => m.ConversationId).ToHashSet();
        await queue.Wake(tx, going.Where(m => !held.Contains(m.ConversationId))
            .Select(m => new LaneWake(LaneKind.Outbox, m.ConversationId, m.TenantId, TimeSpan.FromMicroseconds(m.Delay))).ToList());
    }

    /// <summary>
    /// What the platform says to what may go otherwise: nothing unasked of a suspended tenant (an answer is queued and waits with its number),
    /// nothing beyond the month's limit but the word that an opt-out was heard. Asks memory alone.
    /// </summary>
    private SendDecision Platforms(SendRequest request, SendDecision decision, long now, ref Dictionary<long, long>? taken)
    {
        var inbox = inboxes.Find(request.InboxId);
        if (decision is SendDecision.Refused || inbox is null)
        {
            return decision;
        }

        if (inbox.IsSuspended && request.Unasked)
        {
            return MonthlyMessages.SuspendedRefusal;
        }

        if (inbox.MessageLimit is not { } limit || request.ConfirmsOptOut)
        {
            return decision;
        }

        taken ??= [];
        var before = taken.GetValueOrDefault(request.TenantId);
        if (months.Used(request.TenantId, now) + before >= limit)
        {
            return MonthlyMessages.ReachedRefusal(limit);
        }

        taken[request.TenantId] = before + 1;
        return decision;
    }

    private async Task<SendDecision> Decide(Tx tx, SendRequest request, SendBook book, long now)
    {
        var isOpen = ServiceWindow.IsOpen(request.LastInboundAt, now);
        var facts = new SendFacts(request.LastInboundAt, request.OptedOutAt, request.ConfirmsOptOut)
        {
            Purpose = request.Purpose, Unasked = request.Unasked, BlockedAt = request.BlockedAt,
        };
        var template = SendBook.Template(request, now);
        if (!SendBook.Needs(request, now))
        {
            return SendRules.Check(facts, now) is not { } refused ? Checked(request, request.Content) ?? (SendDecision)new SendDecision.FreeText()
                : refused.Code == SendRules.WindowClosed ? await WithTemplates(tx, request, refused) : refused;
        }

        if (template is not null)
        {
            switch (await TemplateChoice.Of(tx, request.TenantId, request.InboxId, template, await book.Named(tx, request, template.Name)))
            {
                case TemplateChoice.Unusable unusable:
                    return unusable.Refusal;
                case TemplateChoice.Ready ready:
                    template = ready.Content;
                    facts = facts with { IsTemplate = true, Purpose = ready.Purpose };
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        return await Decide(tx, request, template, facts, book, isOpen, now);
    }

    /// <summary>For what is a template, a promotion or unasked.</summary>
    private async Task<SendDecision> Decide(
        Tx tx, SendRequest request, OutboundContent.Template? template, SendFacts facts, SendBook book, bool isOpen, long now)
    {
        var context = book.Context(request);
        facts = facts with { MarketingOptedOutAt = context.MarketingOptedOutAt, UtilityOptedOutAt = context.UtilityOptedOutAt };
        if (SendRules.Check(facts, now) is { } refused)
        {
            return refused.Code == SendRules.WindowClosed ? await WithTemplates(tx, request, refused) : refused;
        }

        if (facts.Purpose == SendPurpose.Marketing && context is { MarketingNeedsConsent: true, MarketingOptedInAt: null })
        {
            return new SendDecision.Refused("marketing_not_granted",
                "The customer has not agreed to promotions, and this business sends them only to those who have.");
        }

        if (request.Why is { IsCapped: true } && book.TakesPlace(request) is { } full)
        {
            return full;
        }

        OutboundContent content = template ?? request.Content;
        if (Checked(request, content) is { } invalid)
        {
            return invalid;
        }

        if (request.Unasked && context.QuietHours.EndOf(now) is { } morning)
        {
            return new SendDecision.Wait(morning, "Waits for the end of the quiet hours.", content, facts.Purpose);
        }

        if (template is not null && !isOpen && !request.TierChecked && inboxes.Find(request.InboxId) is { Tier: not null } inbox
            && await TierLimit.Wait(tx, inboxes, inbox, context.ContactId, now) is { } free)
        {
            return new SendDecision.Wait(free,
                $"Waits: this number may write to {MessagingTier.Customers(inbox.Tier)} customers a day first, and has.", content, facts.Purpose);
        }

        return template is null ? new SendDecision.FreeText() : new SendDecision.UseTemplate(template, facts.Purpose);
    }

    private static async Task<SendDecision> WithTemplates(Tx tx, SendRequest request, SendDecision.Refused refused)
    {
        var usable = await TemplateGate.Usable(tx, request.TenantId, request.InboxId);
        var names = string.Join(", ", usable.Take(Named).Select(t => $"{t.Name} ({t.Language})"));
        return refused with
        {
            Templates = usable,
            Reason = usable.Count == 0 ? refused.Reason : $"{refused.Reason} Usable: {names}{(usable.Count > Named ? " …" : ".")}",
        };
    }

    /// <summary>What the channel does not take of it; a text is split instead.</summary>
    private SendDecision.Refused? Checked(SendRequest request, OutboundContent content) =>
        content is not OutboundContent.Text && Channel(request.InboxId).Check(content) is [var problem, ..]
            ? new SendDecision.Refused("invalid_content", $"{problem.Field}: {problem.Reason}") { Field = problem.Field }
            : null;

    private static OutboundContent Content(SendRequest request, SendDecision decision) => decision switch
    {
        SendDecision.UseTemplate template => template.Content,
        SendDecision.Wait wait => wait.Content,
        _ => request.Content,
    };

    private static string Preview(OutboundContent content) => InboundStore.Preview(content.Readable, content.Type);

    private IReadOnlyList<OutboundContent> Parts(long inboxId, OutboundContent content) => content is OutboundContent.Text text
        ? [.. TextSplitter.Split(text.Body, Channel(inboxId).TextLimit).Select(part => text with { Body = part })]
        : [content];

    private IChannel Channel(long inboxId) => channels[inboxes.ChannelOf(inboxId)];
}
