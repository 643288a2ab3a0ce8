using System.Globalization;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.FollowUps.Finding;

/// <summary>A customer whom a rule may fit.</summary>
internal sealed class Candidate
{
    public long ContactId { get; init; }

    /// <summary>Where we last spoke, or null.</summary>
    public long? ConversationId { get; init; }

    public long? InboxId { get; init; }

    public long? OrderId { get; init; }

    /// <summary>What it is about: the same is not followed up twice.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Our last words, where they decide; else empty.</summary>
    public string Words { get; init; } = "";
}

/// <summary>A page of a rule's search.</summary>
/// <param name="Found">Candidates on it.</param>
/// <param name="After">Where the next one begins; empty when this was the last.</param>
internal sealed record CandidatePage(List<Candidate> Found, string After);

/// <summary>
/// Looks through a tenant's conversations, orders or noted dates, a page of rows at a time by their key, so that no search holds the
/// database for long however many customers there are. Nobody with an open plan is found.
/// </summary>
internal static class CandidateStore
{
    /// <summary>Rows looked at in one transaction.</summary>
    private const int Looked = 500;

    /// <summary>What is older than this, beyond the rule's own wait, is no longer followed up: a rule that is switched on does not write to years.</summary>
    private const long TooOld = 14 * Instants.Day;

    private const string NoOpenPlan = """
        NOT EXISTS (SELECT 1 FROM follow_up_plan f WHERE f.tenant_id = k.tenant_id AND f.contact_id = k.id
          AND f.state IN ('planning', 'proposed', 'approved', 'running'))
        AND k.merged_into IS NULL AND k.blocked_at IS NULL AND k.opted_out_at IS NULL
        """;

    /// <summary>Everyone, or (with <paramref name="contactId"/>) one customer.</summary>
    public static Task<CandidatePage> Page(Tx tx, long tenantId, string kind, RuleSettings rule, string after, long now, long? contactId = null) => kind switch
    {
        RuleKinds.QuietAfterOffer => Quiet(tx, tenantId, rule, Number(after), now, contactId),
        RuleKinds.OpenOrder => Orders(tx, tenantId, rule, Number(after), now, contactId),
        RuleKinds.AppointmentMissed => Appointments(tx, tenantId, rule, Number(after), now, contactId),
        RuleKinds.Inactive => Inactive(tx, tenantId, rule, Number(after), now, contactId),
        _ => Task.FromResult(new CandidatePage([], "")),
    };

    private static async Task<CandidatePage> Quiet(Tx tx, long tenantId, RuleSettings rule, long after, long now, long? contactId)
    {
        var (end, next) = await Conversations(tx, tenantId, after);
        var found = await tx.Query<Candidate>($"""
            SELECT c.contact_id AS "ContactId", c.id AS "ConversationId", c.inbox_id AS "InboxId",
              'c' || c.id || ':' || c.last_inbound_seq AS "Subject", l.content AS "Words"
            FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
            JOIN message l ON l.conversation_id = c.id AND l.seq = c.last_seq AND l.tenant_id = c.tenant_id
            WHERE c.tenant_id = @tenantId AND c.id > @after AND c.id <= @end AND c.assignee IN (1, 2) AND c.status <> 2
              AND c.last_inbound_seq > 0 AND c.last_seq > c.last_inbound_seq AND c.last_message_at <= @before AND c.last_message_at > @since
              AND l.author IN (2, 3, 4) AND coalesce(l.status, 0) <> 5
              AND NOT EXISTS (SELECT 1 FROM conversation n WHERE n.contact_id = c.contact_id AND n.tenant_id = c.tenant_id
                AND n.last_message_at > c.last_message_at)
              AND {NoOpenPlan} {One(contactId)} ORDER BY c.id
            """, new { tenantId, after, end, contactId, before = Before(rule, now), since = Before(rule, now) - TooOld });
        return new CandidatePage(found.FindAll(c => OfferSigns.In(c.Words)), next);
    }

    private static async Task<CandidatePage> Inactive(Tx tx, long tenantId, RuleSettings rule, long after, long now, long? contactId)
    {
        var (end, next) = await Conversations(tx, tenantId, after);
        return new CandidatePage(await tx.Query<Candidate>($"""
            SELECT c.contact_id AS "ContactId", c.id AS "ConversationId", c.inbox_id AS "InboxId", 'c' || c.id || ':' || c.last_inbound_seq AS "Subject"
            FROM conversation c JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
            WHERE c.tenant_id = @tenantId AND c.id > @after AND c.id <= @end AND (c.assignee IN (1, 2) OR c.status = 3)
              AND c.last_inbound_seq > 0 AND c.last_message_at <= @before AND c.last_message_at > @since
              AND NOT EXISTS (SELECT 1 FROM conversation n WHERE n.contact_id = c.contact_id AND n.tenant_id = c.tenant_id
                AND (n.last_message_at > c.last_message_at OR (n.last_message_at = c.last_message_at AND n.id > c.id)))
              AND {NoOpenPlan} {One(contactId)} ORDER BY c.id
            """, new { tenantId, after, end, contactId, before = Before(rule, now), since = Before(rule, now) - TooOld }), next);
    }

    /// <summary>Not those whose own reminders are under way, or that wait for a call: nobody is asked the same twice.</summary>
    private static async Task<CandidatePage> Orders(Tx tx, long tenantId, RuleSettings rule, long after, long now, long? contactId)
    {
        var page = await tx.Query<long>(
            "SELECT id FROM customer_order WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @looked", new { tenantId, after, looked = Looked });
        var found = page.Count == 0 ? [] : await tx.Query<Candidate>($"""
            SELECT k.id AS "ContactId", o.id AS "OrderId", 'o' || o.id AS "Subject",
              (SELECT c.id FROM conversation c WHERE c.contact_id = k.id AND c.tenant_id = k.tenant_id ORDER BY c.id DESC LIMIT 1) AS "ConversationId",
              (SELECT c.inbox_id FROM conversation c WHERE c.contact_id = k.id AND c.tenant_id = k.tenant_id ORDER BY c.id DESC LIMIT 1) AS "InboxId"
            FROM customer_order o JOIN contact k ON k.tenant_id = o.tenant_id AND k.id = o.contact_id
            WHERE o.tenant_id = @tenantId AND o.id > @after AND o.id <= @end AND o.status IN ('draft', 'pending', 'placed')
              AND o.remind_at IS NULL AND o.call_at IS NULL AND o.updated_at <= @before AND o.updated_at > @since AND {NoOpenPlan} {One(contactId)} ORDER BY o.id
            """, new { tenantId, after, end = page[^1], contactId, before = Before(rule, now), since = Before(rule, now) - TooOld });
        return new CandidatePage(found, page.Count < Looked ? "" : $"{page[^1]}");
    }

    private static async Task<CandidatePage> Appointments(Tx tx, long tenantId, RuleSettings rule, long after, long now, long? contactId)
    {
        var page = await tx.Query<long>("""
            SELECT contact_id FROM contact_value WHERE tenant_id = @tenantId AND contact_id > @after AND name = @field ORDER BY contact_id LIMIT @looked
            """, new { tenantId, after, field = rule.Field ?? "", looked = Looked });
        var found = page.Count == 0 ? [] : await tx.Query<Candidate>($"""
            SELECT k.id AS "ContactId", 'a' || v.value AS "Subject",
              (SELECT c.id FROM conversation c WHERE c.contact_id = k.id AND c.tenant_id = k.tenant_id ORDER BY c.id DESC LIMIT 1) AS "ConversationId",
              (SELECT c.inbox_id FROM conversation c WHERE c.contact_id = k.id AND c.tenant_id = k.tenant_id ORDER BY c.id DESC LIMIT 1) AS "InboxId"
            FROM contact_value v JOIN contact k ON k.tenant_id = v.tenant_id AND k.id = v.contact_id
            WHERE v.tenant_id = @tenantId AND v.contact_id > @after AND v.contact_id <= @end AND v.name = @field
              AND v.value <= @until AND v.value >= @since AND {NoOpenPlan} {One(contactId)} ORDER BY v.contact_id
            """, new
        {
            tenantId, after, end = page[^1], contactId, field = rule.Field ?? "",

            // A date says no hour: it has passed when its day is over, everywhere.
            until = Day(Before(rule, now) - Instants.Day), since = Day(Before(rule, now) - TooOld),
        });
        return new CandidatePage(found, page.Count < Looked ? "" : $"{page[^1]}");
    }

    private static async Task<(long End, string Next)> Conversations(Tx tx, long tenantId, long after)
    {
        var page = await tx.Query<long>(
            "SELECT id FROM conversation WHERE tenant_id = @tenantId AND id > @after ORDER BY id LIMIT @looked", new { tenantId, after, looked = Looked });
        return (page.Count == 0 ? after : page[^1], page.Count < Looked ? "" : $"{page[^1]}");
    }

    private static string One(long? contactId) => contactId is null ? "" : "AND k.id = @contactId";

    private static long Before(RuleSettings rule, long now) => now - (rule.WaitHours * Instants.Hour);

    private static string Day(long at) => Instants.FromMicros(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Number(string after) => after.Length == 0 ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
}
