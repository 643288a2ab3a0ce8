using Relais.Storage;

namespace Relais.Outbox;

/// <summary>The record of what was sent unasked, and the count the frequency cap needs.</summary>
internal static class UnaskedStore
{
    /// <summary>Kept with each message.</summary>
    internal sealed record Entry(QueuedMessage Message, UnaskedWhy Why, long ContactId, string Consent, bool IsWindowOpen);

    private static readonly Rows<Entry> InsertRows = new("""
        INSERT INTO unasked_send (tenant_id, message_id, contact_id, kind, source_id, basis, purpose, consent, window_open, at)
        SELECT r.tenant_id, r.message_id, r.contact_id, r.kind, r.source_id, r.basis, r.purpose, r.consent, r.window_open, r.at FROM {rows}
        """,
        Column<Entry>.Long("tenant_id", e => e.Message.TenantId),
        Column<Entry>.Long("message_id", e => e.Message.MessageId),
        Column<Entry>.Long("contact_id", e => e.ContactId),
        Column<Entry>.Text("kind", e => e.Why.Kind),
        Column<Entry>.Long("source_id", e => e.Why.SourceId),
        Column<Entry>.Text("basis", e => e.Why.Basis),
        Column<Entry>.Long("purpose", e => (long)e.Message.Purpose),
        Column<Entry>.Text("consent", e => e.Consent),
        Column<Entry>.Long("window_open", e => e.IsWindowOpen ? 1 : 0),
        Column<Entry>.Long("at", e => e.Message.Now));

    // What failed or was taken back reached nobody.
    private static readonly Rows<(long TenantId, long ContactId, long Now)> CountRows = new("""
        SELECT r.contact_id, t.unasked_limit, t.unasked_days, (
          SELECT count(*) FROM unasked_send u JOIN message m ON m.tenant_id = u.tenant_id AND m.id = u.message_id
          WHERE u.contact_id = r.contact_id AND u.at > r.now - t.unasked_days * 86400000000 AND u.kind IN ('campaign', 'follow_up')
            AND m.status IN (0, 1, 3, 4))
        FROM {rows} JOIN tenant t ON t.tenant_id = r.tenant_id
        """,
        Column<(long TenantId, long ContactId, long Now)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long ContactId, long Now)>.Long("contact_id", k => k.ContactId),
        Column<(long TenantId, long ContactId, long Now)>.Long("now", k => k.Now));

    public static Task Keep(Tx tx, IReadOnlyList<Entry> entries) => entries.Count == 0 ? Task.CompletedTask : tx.Each(InsertRows, entries);

    /// <summary>By contact: how many capped messages they had in the tenant's days, and how many they may have (0: no limit).</summary>
    public static async Task<Dictionary<long, UnaskedCount>> Counts(Tx tx, IReadOnlyList<(long TenantId, long ContactId)> contacts, long now) =>
        contacts.Count == 0 ? [] : (await tx.Each(
            CountRows, [.. contacts.Distinct().Select(c => (c.TenantId, c.ContactId, now))],
            r => (Contact: r.GetInt64(0), Count: new UnaskedCount(r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)))))
            .ToDictionary(c => c.Contact, c => c.Count);
}

/// <param name="Limit">Messages in <paramref name="Days"/> days; 0: no limit.</param>
/// <param name="Days">Days it is counted over.</param>
/// <param name="Had">How many there were.</param>
internal readonly record struct UnaskedCount(long Limit, long Days, long Had)
{
    public bool IsReached => Limit > 0 && Had >= Limit;
}
