using System.Text.Json;
using Relais.Storage;

namespace Relais.Conversations;

/// <summary>A line of the ledger as people read it.</summary>
internal sealed class StoredConsent
{
    public long Id { get; init; }

    public string Purpose { get; init; } = "";

    public string State { get; init; } = "";

    public string Source { get; init; } = "";

    public long? MessageId { get; init; }

    public string? Proof { get; init; }

    public long? AgentId { get; init; }

    public long At { get; init; }
}

/// <summary>The consent ledger: lines are added and never changed. What they sum up to stands on the contact, where sends look.</summary>
internal static class ConsentStore
{
    private const string Counts = """
        (r.always = 1 OR EXISTS (SELECT 1 FROM contact k WHERE k.tenant_id = r.tenant_id AND k.id = r.contact_id
          AND (k.opted_out_at IS NOT NULL OR k.marketing_opted_out_at IS NOT NULL OR k.utility_opted_out_at IS NOT NULL)))
        """;

    private static readonly Column<(ConsentChange Change, long Id)>[] Columns =
    [
        Column<(ConsentChange Change, long Id)>.Long("tenant_id", c => c.Change.TenantId),
        Column<(ConsentChange Change, long Id)>.Long("id", c => c.Id),
        Column<(ConsentChange Change, long Id)>.Long("contact_id", c => c.Change.ContactId),
        Column<(ConsentChange Change, long Id)>.Text("purpose", c => Word(c.Change.Purpose)),
        Column<(ConsentChange Change, long Id)>.Text("state", c => c.Change.IsGranted ? "granted" : "withdrawn"),
        Column<(ConsentChange Change, long Id)>.Text("source", c => Word(c.Change.Source)),
        Column<(ConsentChange Change, long Id)>.Long("message_id", c => c.Change.MessageId),
        Column<(ConsentChange Change, long Id)>.Text("proof", c => c.Change.Proof),
        Column<(ConsentChange Change, long Id)>.Long("agent_id", c => c.Change.AgentId),
        Column<(ConsentChange Change, long Id)>.Long("said_at", c => c.Change.At),
        Column<(ConsentChange Change, long Id)>.Long("always", c => c.Change.OnlyIfWithdrawn ? 0 : 1),
    ];

    private static readonly Rows<(ConsentChange Change, long Id)> LedgerRows = new($$"""
        INSERT INTO consent (tenant_id, id, contact_id, purpose, state, source, message_id, proof, agent_id, at)
        SELECT r.tenant_id, r.id, r.contact_id, r.purpose, r.state, r.source, r.message_id, r.proof, r.agent_id, r.said_at
        FROM {rows} WHERE {{Counts}}
        """, Columns);

    // Who withdraws everything has no marketing consent left either; who takes that back has nothing withdrawn any more.
    private static readonly Rows<(ConsentChange Change, long Id)> SumRows = new($$"""
        UPDATE contact SET
          opted_out_at = CASE WHEN r.purpose <> 'all' THEN opted_out_at WHEN r.state = 'withdrawn' THEN r.said_at END,
          opted_in_at = CASE WHEN r.purpose <> 'all' THEN opted_in_at WHEN r.state = 'granted' THEN r.said_at END,
          marketing_opted_out_at = CASE WHEN r.purpose = 'utility' THEN marketing_opted_out_at WHEN r.state = 'granted' THEN NULL
            WHEN r.purpose = 'marketing' THEN r.said_at ELSE marketing_opted_out_at END,
          marketing_opted_in_at = CASE WHEN r.purpose = 'utility' THEN marketing_opted_in_at WHEN r.state = 'withdrawn' THEN NULL
            WHEN r.purpose = 'marketing' THEN r.said_at ELSE marketing_opted_in_at END,
          utility_opted_out_at = CASE WHEN r.purpose = 'marketing' THEN utility_opted_out_at WHEN r.state = 'granted' THEN NULL
            WHEN r.purpose = 'utility' THEN r.said_at ELSE utility_opted_out_at END
        FROM {rows} WHERE contact.tenant_id = r.tenant_id AND contact.id = r.contact_id AND {{Counts}}
        """, [.. Columns.Where(c => c.Name is "tenant_id" or "contact_id" or "purpose" or "state" or "said_at" or "always")]);

    /// <summary>
    /// Adds lines and brings the contacts up to date, in the order given. Takes one id a change. Nothing for an empty list.
    /// </summary>
    public static async Task Record(Tx tx, IReadOnlyList<ConsentChange> changes, IdRange ids)
    {
        // One statement touches a contact once, so what one customer said twice goes in two rounds.
        var left = changes.Select(c => (Change: c, Id: ids.Next())).ToList();
        while (left.Count > 0)
        {
            var round = left.DistinctBy(c => c.Change.ContactId).OrderBy(c => c.Change.ContactId).ToList();
            await tx.Each(LedgerRows, round);
            await tx.Each(SumRows, round);
            left.RemoveAll(round.Contains);
        }
    }

    /// <summary>True when the ledger has this line: providers repeat their webhooks.</summary>
    public static async Task<bool> IsKnown(Tx tx, ConsentChange change) => await tx.QueryFirst<long>("""
        SELECT count(*) FROM consent WHERE tenant_id = @TenantId AND contact_id = @ContactId AND purpose = @purpose AND source = @source
          AND state = @state AND at = @At
        """, new
    {
        change.TenantId, change.ContactId, purpose = Word(change.Purpose), source = Word(change.Source),
        state = change.IsGranted ? "granted" : "withdrawn", change.At,
    }) > 0;

    /// <summary>Latest first; <paramref name="before"/> is the id of the last one already read.</summary>
    public static Task<List<StoredConsent>> Page(Tx tx, long tenantId, long contactId, long before, int limit) => tx.Query<StoredConsent>("""
        SELECT id AS "Id", purpose AS "Purpose", state AS "State", source AS "Source", message_id AS "MessageId", proof AS "Proof",
          agent_id AS "AgentId", at AS "At"
        FROM consent WHERE tenant_id = @tenantId AND contact_id = @contactId AND id < @before ORDER BY id DESC LIMIT @limit
        """, new { tenantId, contactId, before, limit });

    public static async Task<bool> HasContact(Tx tx, long tenantId, long contactId) => await tx.QueryFirst<long>(
        "SELECT count(*) FROM contact WHERE tenant_id = @tenantId AND id = @contactId AND erased_at IS NULL", new { tenantId, contactId }) > 0;

    /// <summary>The customer of a conversation; 0 when there is none.</summary>
    public static Task<long> ContactOf(Tx tx, long tenantId, long conversationId) => tx.QueryFirst<long>(
        "SELECT contact_id FROM conversation WHERE tenant_id = @tenantId AND id = @conversationId", new { tenantId, conversationId });

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
