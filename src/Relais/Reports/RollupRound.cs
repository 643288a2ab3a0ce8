using Relais.Storage;

namespace Relais.Reports;

/// <summary>What one round writes: parts that changed, and how far it came.</summary>
/// <param name="Round">The fence it was read under.</param>
/// <param name="Seq">Up to where the change log is followed.</param>
/// <param name="Difference">Parts and marks to write.</param>
/// <param name="Places">Tenants whose place changes.</param>
/// <param name="IsFurther">That is further than before.</param>
/// <param name="IsMore">Surely more to do.</param>
internal sealed record RollupStep(
    long Round, long Seq, RollupDifference Difference, IReadOnlyList<RollupTenant> Places, bool IsFurther, bool IsMore);

/// <summary>
/// Finds out what changed and counts it, in a transaction that only reads. In: numbered changes, and conversations not counted yet.
/// Out: the difference to what is stored. A change that is committed later has a later number, so nothing is missed.
/// </summary>
internal static class RollupRound
{
    private const int MostChanges = 5000;

    /// <summary>Conversations counted from the tables in one round, where that has to be done.</summary>
    private const int MostCounted = 200;

    /// <summary>How far back messages are read at first, then; then all.</summary>
    private static readonly long[] Backs = [40, 1000, long.MaxValue];

    /// <param name="tx">Scope.Pipeline.</param>
    /// <param name="isFirst">True for the first round of a process, which looks whether the log still holds what it needs.</param>
    public static async Task<RollupStep> Look(Tx tx, bool isFirst)
    {
        var (seq, round) = await RollupStore.Progress(tx);
        var tenants = await RollupStore.Tenants(tx);
        var places = tenants.Where(t => t.Width is not { } width || BucketWidth.Of(t.TimeZone) % width != 0).Select(Anew).ToList();
        if (isFirst || seq < 0)
        {
            var (last, pruned) = await RollupSourceStore.Log(tx);
            if (seq < pruned || seq > last)
            {
                // New here, away for longer than the log is kept, or a restored database: everything is counted from the tables.
                (seq, places) = (last, [.. tenants.Select(Anew)]);
            }
        }

        if (places.Count > 0)
        {
            return new RollupStep(round, seq, new RollupDifference(), places, IsFurther: true, IsMore: true);
        }

        var changes = await RollupSourceStore.Changes(tx, seq, MostChanges);
        var changed = (await RollupSourceStore.Touched(tx, changes)).ToDictionary(c => c.Id);
        if (tenants.Find(t => t.CountBefore is not null) is { } behind)
        {
            var ids = await RollupSourceStore.Below(tx, behind.TenantId, behind.CountBefore!.Value, MostCounted);
            foreach (var id in ids)
            {
                changed[id] = new ChangedConversation(behind.TenantId, id, 1);
            }

            places.Add(new RollupTenant
            {
                TenantId = behind.TenantId, Width = behind.Width, CountBefore = ids.Count < MostCounted ? null : ids[^1],
            });
        }

        var widths = tenants.ToDictionary(t => t.TenantId, t => t.Width!.Value);
        var known = changed.Values.Where(c => widths.ContainsKey(c.TenantId)).OrderBy(c => c.Id).ToList();
        var difference = await Count(tx, known, widths);
        return new RollupStep(
            round, changes.Count > 0 ? changes[^1].Seq : seq, difference, places, changes.Count > 0, changes.Count == MostChanges || places.Count > 0);
    }

    private static async Task<RollupDifference> Count(Tx tx, IReadOnlyList<ChangedConversation> changed, Dictionary<long, long> widths)
    {
        var difference = new RollupDifference();
        var conversations = await RollupSourceStore.Conversations(tx, changed);
        var begins = new Dictionary<long, (ChangedConversation Of, long From, int Index)>();
        foreach (var one in changed.Where(c => c.ChangedFrom == long.MaxValue && conversations.ContainsKey(c.Id)))
        {
            begins[one.Id] = (one, long.MaxValue, 0);
        }

        foreach (var back in Backs)
        {
            var unread = changed.Where(c => conversations.ContainsKey(c.Id) && !begins.ContainsKey(c.Id)).ToList();
            await RollupSourceStore.Messages(
                tx, conversations, unread.ConvertAll(c => c with { ChangedFrom = Math.Max(1, c.ChangedFrom > back ? c.ChangedFrom - back : 1) }));
            foreach (var one in unread)
            {
                if (ConversationCount.Cut(conversations[one.Id], one.ChangedFrom, widths[one.TenantId]) is var (from, index))
                {
                    begins[one.Id] = (one, from, index);
                }
            }
        }

        var (parts, marks) = await RollupStore.Stored(tx, [.. begins.Values.Select(b => (b.Of, b.From))]);
        foreach (var (of, from, index) in begins.Values)
        {
            var conversation = conversations[of.Id];
            difference.Compare(
                conversation, parts[of.Id], marks[of.Id], ConversationCount.Of(conversation, from, index, widths[of.TenantId]));
        }

        return difference;
    }

    private static RollupTenant Anew(RollupTenant tenant) => new()
    {
        TenantId = tenant.TenantId, TimeZone = tenant.TimeZone, Width = BucketWidth.Of(tenant.TimeZone), CountBefore = long.MaxValue,
    };
}
