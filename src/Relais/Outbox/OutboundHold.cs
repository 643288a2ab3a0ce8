using Relais.Foundation;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>Whether anything may leave, as it is stored.</summary>
internal sealed class HoldRow
{
    public const long Free = 0;
    public const long Held = 1;
    public const long Unfinished = 2;

    public long State { get; init; }

    public long? Since { get; init; }

    public long? BackupAt { get; init; }

    public long? ReleasedAt { get; init; }

    public string? ReleasedBy { get; init; }
}

/// <summary>What becomes of messages that were waiting in the backup when the hold ends.</summary>
internal enum HeldMessages
{
    /// <summary>They leave.</summary>
    Send,

    /// <summary>They are cancelled and say why: they may have gone out after the backup was made.</summary>
    Cancel,
}

/// <summary>
/// A restored installation sends nothing until somebody says so: the old one may still be running, or may have sent what waits here.
/// Held, every number is as if it were paused, no blue ticks go out and no events are posted. Nobody holds a running server, so it
/// is read at the start, and then until it ends.
/// </summary>
internal sealed class OutboundHold(Database database, WorkQueue queue, Clock clock)
{
    private volatile bool isHeld;

    public bool IsHeld => isHeld;

    public static Task<HoldRow?> Read(Tx tx) => tx.QueryFirst<HoldRow>("""
        SELECT state AS "State", since AS "Since", backup_at AS "BackupAt", released_at AS "ReleasedAt", released_by AS "ReleasedBy" FROM outbound_hold
        """);

    /// <exception cref="NotSupportedException">A restore broke off; nothing may be served from this database.</exception>
    public async Task Load(CancellationToken cancel)
    {
        var row = await database.Read(Scope.Directory, Read, cancel);
        if (row?.State == HoldRow.Unfinished)
        {
            throw new NotSupportedException("A restore into this database did not end. Run `relais restore` again.");
        }

        isHeld = row?.State == HoldRow.Held;
    }

    /// <summary>Messages that wait to leave.</summary>
    public static Task<long> Waiting(Tx tx) => tx.QueryFirst<long>("SELECT count(*) FROM outbox WHERE state = 0");

    /// <summary>Lets messages leave again, here at once and on other nodes within seconds. How many waited; null when nothing was held.</summary>
    public async Task<long?> Release(HeldMessages waiting, string by, CancellationToken cancel)
    {
        var count = await database.Write(Scope.Pipeline, async tx =>
        {
            var row = await Read(tx);
            if (row?.State != HoldRow.Held || await tx.Execute(
                "UPDATE outbound_hold SET state = 0, released_at = @now, released_by = @by WHERE state = 1", new { now = clock.Micros, by }) == 0)
            {
                return (long?)null;
            }

            // Before the workers are woken, or they would send it away once more.
            tx.AfterCommit(() => isHeld = false);
            if (waiting == HeldMessages.Cancel)
            {
                await OutboxStore.Cancel(tx, await Old(tx, row.Since ?? 0, clock.Micros));
            }

            await Wake(tx);
            return await Waiting(tx);
        }, cancel);
        isHeld = false;
        return count;
    }

    /// <summary>What waits is looked at now. For whoever knows that nothing is held any more: earlier it would be sent away again.</summary>
    public async Task Wake(Tx tx)
    {
        var lanes = await tx.Query<(long TenantId, long Id)>("SELECT DISTINCT tenant_id, conversation_id FROM outbox WHERE state = 0");
        await queue.Wake(tx, lanes.ConvertAll(l => new LaneWake(LaneKind.Outbox, l.Id, l.TenantId)));
    }

    private static async Task<List<OutboxNote>> Old(Tx tx, long before, long now)
    {
        const string why = "It waited in a restored backup, and whoever released the installation chose not to send it.";
        var rows = await tx.Query<(long TenantId, long MessageId, long InboxId, long ConversationId)>("""
            SELECT tenant_id, message_id, inbox_id, conversation_id FROM outbox WHERE state = 0 AND created_at <= @before ORDER BY tenant_id, message_id
            """, new { before });
        return rows.ConvertAll(r => new OutboxNote(r.TenantId, r.MessageId, r.InboxId, r.ConversationId, 0, 0, null, why, now));
    }
}

/// <summary>Hears on this node that another one, or <c>relais release</c>, ended the hold.</summary>
internal sealed class HoldWatcher(OutboundHold hold, Database database, ILogger<HoldWatcher> log) : Worker(log)
{
    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (hold.IsHeld)
        {
            await hold.Load(stopping);
            if (!hold.IsHeld)
            {
                await database.Write(Scope.Pipeline, hold.Wake, stopping);
                Log.LogInformation("Messages leave again");
            }
        }

        return false;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(hold.IsHeld ? TimeSpan.FromSeconds(1) : Timeout.InfiniteTimeSpan, stopping);
}
