using Relais.Changes;
using Relais.Storage;

namespace Relais.Inboxes;

/// <summary>A number to be paused.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="InboxId">Which.</param>
/// <param name="Code">The provider's error code, or null.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="Probes">See <see cref="InboxPause.Probes"/>.</param>
internal sealed record PausedInbox(long TenantId, long InboxId, long? Code, string Reason, TimeSpan? Probes = null);

/// <summary>
/// Pausing and resuming numbers, in the transaction that learned of it. Paused, nothing leaves: messages wait in the outbox and
/// say why. The console hears of both by the change <c>inbox.updated</c>.
/// </summary>
internal sealed class InboxPauses(ChangeLog changes, WorkQueue queue, Signals signals)
{
    /// <summary>How long turns and voice notes of a suspended tenant rest; letting it in again wakes them (<see cref="WakeSuspended"/>).</summary>
    public static readonly TimeSpan WhileSuspended = TimeSpan.FromMinutes(10);

    // A pause that only a person or the provider ends goes before one that ends by itself; the first reason stays otherwise.
    private static readonly Rows<(PausedInbox Inbox, long Now)> PauseRows = new("""
        UPDATE inbox SET paused_at = coalesce(paused_at, r.now), pause_code = r.code, pause_reason = r.reason, pause_probes = r.probes
        FROM {rows} WHERE inbox.tenant_id = r.tenant_id AND inbox.id = r.inbox_id
          AND (inbox.paused_at IS NULL OR (inbox.pause_probes > 0 AND r.probes = 0))
        RETURNING inbox.id
        """,
        Column<(PausedInbox Inbox, long Now)>.Long("tenant_id", p => p.Inbox.TenantId),
        Column<(PausedInbox Inbox, long Now)>.Long("inbox_id", p => p.Inbox.InboxId),
        Column<(PausedInbox Inbox, long Now)>.Long("code", p => p.Inbox.Code),
        Column<(PausedInbox Inbox, long Now)>.Text("reason", p => p.Inbox.Reason),
        Column<(PausedInbox Inbox, long Now)>.Long("probes", p => (long)(p.Inbox.Probes?.TotalSeconds ?? 0)),
        Column<(PausedInbox Inbox, long Now)>.Long("now", p => p.Now));

    /// <summary>Returns those that were not paused before. Takes one id for each inbox at most.</summary>
    public async Task<HashSet<long>> Pause(Tx tx, IReadOnlyList<PausedInbox> inboxes, IdRange ids, long now)
    {
        var first = inboxes.OrderBy(i => i.Probes is not null).DistinctBy(i => i.InboxId).OrderBy(i => i.InboxId).ToList();
        HashSet<long> paused = [.. await tx.Each(PauseRows, first.ConvertAll(i => (i, now)), r => r.GetInt64(0))];
        foreach (var inbox in first.Where(i => paused.Contains(i.InboxId)))
        {
            // Those that wait say why: a person looks at the message, not at the number.
            await tx.Execute("""
                UPDATE outbox SET reason = @Reason WHERE tenant_id = @TenantId AND inbox_id = @InboxId AND state = 0
                """, inbox);
            await Tell(tx, inbox.TenantId, inbox.InboxId, ids, now);
        }

        return paused;
    }

    /// <summary>
    /// Lets a number send again. What waits leaves as soon as each node has read it (<see cref="InboxRefresher"/>). False when it
    /// was not paused. Takes one id.
    /// </summary>
    public async Task<bool> Resume(Tx tx, long tenantId, long inboxId, IdRange ids, long now)
    {
        var args = new { tenantId, inboxId };
        if (await tx.Execute("""
            UPDATE inbox SET paused_at = NULL, pause_code = NULL, pause_reason = NULL, pause_probes = 0
            WHERE tenant_id = @tenantId AND id = @inboxId AND paused_at IS NOT NULL
            """, args) == 0)
        {
            return false;
        }

        // What was tried waits for its next try; what waits for a time of its own (quiet hours) keeps it.
        await tx.Execute("""
            UPDATE outbox SET reason = NULL, due_at = CASE WHEN attempts > 0 THEN {least}(due_at, {now}) ELSE due_at END, first_tried_at = NULL
            WHERE tenant_id = @tenantId AND inbox_id = @inboxId AND state = 0
            """, args);
        await Tell(tx, tenantId, inboxId, ids, now);
        return true;
    }

    /// <summary>What waited for these numbers is due now. For whoever knows that they are paused no more: earlier it would be sent away again.</summary>
    public async Task WakeWaiting(Tx tx, IEnumerable<Inbox> inboxes)
    {
        foreach (var inbox in inboxes)
        {
            var waiting = await tx.Query<long>("""
                SELECT DISTINCT conversation_id FROM outbox WHERE tenant_id = @TenantId AND inbox_id = @Id AND state = 0
                """, new { inbox.TenantId, inbox.Id });
            await queue.Wake(tx, waiting.ConvertAll(id => new LaneWake(LaneKind.Outbox, id, inbox.TenantId)));
        }
    }

    /// <summary>Customers of these tenants, suspended until now, are heard and answered: their voice notes and turns were put off.</summary>
    public async Task WakeSuspended(Tx tx, IEnumerable<long> tenants)
    {
        foreach (var tenantId in tenants.Order())
        {
            var waiting = await tx.Query<(long Kind, long Key)>("""
                SELECT kind, lane_key FROM lane WHERE tenant_id = @tenantId AND kind IN (@turn, @transcript) AND ready_at > {now} AND leased = 0
                """, new { tenantId, turn = (long)LaneKind.Turn, transcript = (long)LaneKind.Transcript });
            await queue.Wake(tx, waiting.ConvertAll(lane => new LaneWake((LaneKind)lane.Kind, lane.Key, tenantId)));
        }
    }

    /// <summary>Something else about the number changed: the console and the directory read it again.</summary>
    public async Task Tell(Tx tx, long tenantId, long inboxId, IdRange ids, long now)
    {
        await changes.Append(tx, [new Change(ids.Next(), tenantId, "inbox.updated", null, null, inboxId, now)]);
        tx.AfterCommit(signals.Inboxes.Raise);
    }
}
