using Microsoft.Extensions.DependencyInjection;
using Relais.Changes;
using Relais.Tests.Support;

namespace Relais.Tests.Reports;

/// <summary>
/// Twelve days of a business, made up from a seed and written as the rooms write it: rows and their changes. It goes back on
/// itself: late statuses, failures after deliveries, removals, reopenings, labels put on afterwards.
/// </summary>
internal sealed class RandomHistory(RelaisHost relais, int seed)
{
    private static readonly string[] Reasons = ["person_requested", "order_change", "=1+1", "low_confidence"];

    private readonly Random random = new(seed);
    private readonly List<(long Id, long InboxId)> conversations = [];
    private readonly Dictionary<long, long> seqs = [];
    private readonly List<(long Id, long ConversationId)> ours = [];
    private readonly List<(long Id, long ConversationId)> theirs = [];
    private long at;

    public required long TenantId { get; init; }

    public required long[] Agents { get; init; }

    public required long[] Inboxes { get; init; }

    public required long[] Labels { get; init; }

    /// <summary>From <paramref name="from"/> to <paramref name="until"/> (microseconds), in one transaction with its changes.</summary>
    public async Task Write(long from, long until, int acts)
    {
        at = Math.Max(at, from);
        var ids = await relais.Services.GetRequiredService<Relais.Storage.Ids>().Take(8 * acts);
        var log = relais.Services.GetRequiredService<ChangeLog>();
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            for (var i = 0; i < acts; i++)
            {
                // No two acts at one instant: each has its place before or after another.
                at = Math.Min(at + 1 + random.NextInt64((until - at) / (acts - i) * 2), until - acts + i);
                var changes = await Act(tx, ids);
                await log.Append(tx, changes);
            }
        });
    }

    private async Task<List<Change>> Act(Relais.Storage.Tx tx, Relais.Storage.IdRange ids)
    {
        var kind = conversations.Count < 3 ? 0 : random.Next(100);
        if (kind < 6)
        {
            return [await Open(tx, ids)];
        }

        // Some talk much more than others: their messages are counted from the middle.
        var (id, inbox) = conversations[random.Next(3) == 0 ? 0 : random.Next(conversations.Count)];
        Change Of(string type, long? message) => new(ids.Next(), TenantId, type, id, message, inbox, at);
        switch (kind)
        {
            case < 40:
                return [Of("message.created", await Say(tx, ids, id, inbox, 1))];
            case < 74:
                return [Of("message.created", await Say(tx, ids, id, inbox, random.Next(2, 6)))];
            case < 86 when ours.Count > 0:
                var (message, of) = ours[random.Next(3) == 0 ? random.Next(ours.Count) : ours.Count - 1];
                await tx.Execute("UPDATE message SET status = @status, error_code = @code WHERE tenant_id = @TenantId AND id = @message",
                    new { TenantId, message, status = random.Next(6), code = random.Next(2) == 0 ? (long?)131026 : null });
                return [new Change(ids.Next(), TenantId, "message.updated", of, message, null, at)];
            case < 89 when theirs.Count > 0:
                (message, of) = theirs[random.Next(theirs.Count)];
                await tx.Execute("UPDATE message SET skipped = 1 WHERE tenant_id = @TenantId AND id = @message", new { TenantId, message });
                return [new Change(ids.Next(), TenantId, "message.updated", of, message, null, at)];
            case < 93:
                await Happen(tx, ids, id, "handed_off", null, Reasons[random.Next(Reasons.Length)]);
                return [Of("conversation.updated", null)];
            case < 96:
                await tx.Execute("UPDATE conversation SET status = 3, closed_at = @at WHERE tenant_id = @TenantId AND id = @id", new { TenantId, id, at });
                await Happen(tx, ids, id, "closed", random.Next(2) == 0 ? null : Agents[0], null);
                return [Of("conversation.updated", null)];
            case < 98:
                await tx.Execute("UPDATE conversation SET status = 1, closed_at = NULL WHERE tenant_id = @TenantId AND id = @id", new { TenantId, id });
                await Happen(tx, ids, id, "reopened", Agents[0], null);
                return [Of("conversation.updated", null)];
            default:
                if (Labels.Length > 0)
                {
                    await tx.Execute("""
                        INSERT INTO conversation_label (tenant_id, conversation_id, label_id) VALUES (@TenantId, @id, @label) ON CONFLICT DO NOTHING
                        """, new { TenantId, id, label = Labels[random.Next(Labels.Length)] });
                }

                return [Of("conversation.updated", null)];
        }
    }

    private async Task<Change> Open(Relais.Storage.Tx tx, Relais.Storage.IdRange ids)
    {
        var (contact, id, inbox) = (ids.Next(), ids.Next(), Inboxes[random.Next(Inboxes.Length)]);
        await tx.Execute("INSERT INTO contact (tenant_id, id, name, created_at) VALUES (@TenantId, @contact, 'C', @at)", new { TenantId, contact, at });
        await tx.Execute("""
            INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, last_seq, last_inbound_seq,
              answered_seq, unread, last_message_at, created_at)
            VALUES (@TenantId, @id, @inbox, @contact, @session, 1, 2, 1, 0, 0, 0, 0, @at, @at)
            """, new { TenantId, id, inbox, contact, at, session = $"s{id}" });
        conversations.Add((id, inbox));
        seqs[id] = 0;
        return new Change(ids.Next(), TenantId, "conversation.updated", id, null, inbox, at);
    }

    private async Task<long> Say(Relais.Storage.Tx tx, Relais.Storage.IdRange ids, long conversation, long inbox, long author)
    {
        var id = ids.Next();
        await tx.Execute("""
            INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, agent_id, type, content, status, error_code, skipped, created_at)
            VALUES (@TenantId, @id, @conversation, @inbox, @seq, @author, @agent, 'text', 'x', @status, @code, @skipped, @at)
            """, new
        {
            TenantId, id, conversation, inbox, author, at, seq = ++seqs[conversation],
            agent = author >= 4 && random.Next(5) > 0 ? (long?)Agents[random.Next(Agents.Length)] : null,
            status = author == 1 ? (long?)null : random.Next(4) == 0 ? random.Next(6) : 4,
            code = author == 1 ? (long?)null : random.Next(2) == 0 ? 131047 : null,
            skipped = author == 1 && random.Next(10) == 0 ? (long?)1 : null,
        });
        await tx.Execute("UPDATE conversation SET last_seq = last_seq + 1, last_message_at = @at WHERE tenant_id = @TenantId AND id = @conversation",
            new { TenantId, conversation, at });
        (author == 1 ? theirs : ours).Add((id, conversation));
        return id;
    }

    private Task Happen(Relais.Storage.Tx tx, Relais.Storage.IdRange ids, long conversation, string type, long? agent, string? detail) => tx.Execute("""
        INSERT INTO conversation_event (tenant_id, id, conversation_id, type, agent_id, detail, created_at)
        VALUES (@TenantId, @id, @conversation, @type, @agent, @detail, @at)
        """, new { TenantId, id = ids.Next(), conversation, type, agent, detail, at });
}
