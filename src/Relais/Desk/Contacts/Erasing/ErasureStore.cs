using System.Text;
using System.Text.Json;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>Whom an erasure concerns: a customer, everyone merged into them, and all that is theirs.</summary>
/// <param name="Contacts">Ids.</param>
/// <param name="Conversations">Ids.</param>
/// <param name="Names">What they are called by providers: numbers and user ids, as stored.</param>
internal sealed record ErasedPerson(IReadOnlyList<long> Contacts, IReadOnlyList<long> Conversations, IReadOnlyList<string> Names)
{
    /// <summary>What is looked for in texts that no column ties to them: digits of numbers, user ids.</summary>
    public IReadOnlyList<string> Needles { get; } = [.. Names.Select(n => n.TrimStart('+')).Where(n => n.Length >= 7).Distinct(StringComparer.Ordinal)];
}

/// <summary>An erasure as it is kept.</summary>
internal sealed class StoredErasure
{
    public long Id { get; init; }

    public long ContactId { get; init; }

    public long AgentId { get; init; }

    public string Counts { get; init; } = "{}";

    public long CreatedAt { get; init; }
}

/// <summary>Blanks what is a customer's. Runs as the pipeline, since webhooks and logs are nobody's tables; every statement names the tenant.</summary>
internal static class ErasureStore
{
    private static readonly Rows<(long TenantId, long InboxId, string ProviderId)> KeyRows = new("""
        UPDATE provider_key SET provider_id = r.hashed FROM {rows}
        WHERE provider_key.tenant_id = r.tenant_id AND provider_key.inbox_id = r.inbox_id AND provider_key.provider_id = r.provider_id
        """,
        Column<(long TenantId, long InboxId, string ProviderId)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long InboxId, string ProviderId)>.Long("inbox_id", k => k.InboxId),
        Column<(long TenantId, long InboxId, string ProviderId)>.Text("provider_id", k => k.ProviderId),
        Column<(long TenantId, long InboxId, string ProviderId)>.Text("hashed", k => Erased.Key(k.ProviderId)));

    private static readonly Rows<(long TenantId, long Id, string ProviderId)> MessageKeyRows = new("""
        UPDATE message SET provider_id = r.hashed FROM {rows} WHERE message.tenant_id = r.tenant_id AND message.id = r.id
        """,
        Column<(long TenantId, long Id, string ProviderId)>.Long("tenant_id", k => k.TenantId),
        Column<(long TenantId, long Id, string ProviderId)>.Long("id", k => k.Id),
        Column<(long TenantId, long Id, string ProviderId)>.Text("hashed", k => Erased.Key(k.ProviderId)));

    private static readonly Rows<(long TenantId, string Hash, long At)> TombstoneRows = new("""
        INSERT INTO erased_identity (tenant_id, hash, erased_at) SELECT r.tenant_id, r.hash, r.erased_at FROM {rows} WHERE true
        ON CONFLICT (tenant_id, hash) DO UPDATE SET erased_at = excluded.erased_at
        """,
        Column<(long TenantId, string Hash, long At)>.Long("tenant_id", t => t.TenantId),
        Column<(long TenantId, string Hash, long At)>.Text("hash", t => t.Hash),
        Column<(long TenantId, string Hash, long At)>.Long("erased_at", t => t.At));

    /// <summary>Null when there is no such contact, or it is erased already.</summary>
    public static async Task<ErasedPerson?> Find(Tx tx, long tenantId, long id)
    {
        var root = await tx.QueryFirst<long?>(
            "SELECT coalesce(merged_into, id) FROM contact WHERE tenant_id = @tenantId AND id = @id AND erased_at IS NULL", new { tenantId, id });
        if (root is null)
        {
            return null;
        }

        var contacts = await tx.Query<long>("SELECT id FROM contact WHERE tenant_id = @tenantId AND (id = @root OR merged_into = @root OR id = @id) ORDER BY id", new { tenantId, root, id });
        var args = new { tenantId, ids = contacts.ToArray() };
        var conversations = await tx.Query<long>($"SELECT id FROM conversation WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")} ORDER BY id", args);
        var names = await tx.Query<string>($"""
            SELECT value FROM contact_identity WHERE tenant_id = @tenantId AND contact_id {tx.Dialect.In("ids")}
            UNION SELECT phone FROM contact WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")} AND phone IS NOT NULL
            UNION SELECT wa_id FROM contact WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")} AND wa_id IS NOT NULL
            UNION SELECT user_id FROM contact WHERE tenant_id = @tenantId AND id {tx.Dialect.In("ids")} AND user_id IS NOT NULL
            """, args);
        return new ErasedPerson(contacts, conversations, names);
    }

    /// <summary>Whether a message of theirs is with the provider at this moment.</summary>
    public static async Task<bool> IsLeaving(Tx tx, long tenantId, ErasedPerson person) => person.Conversations.Count > 0 && await tx.QueryFirst<long>(
        $"SELECT count(*) FROM outbox WHERE tenant_id = @tenantId AND state = 1 AND conversation_id {tx.Dialect.In("ids")}",
        new { tenantId, ids = person.Conversations.ToArray() }) > 0;

    /// <summary>Hashes in place of the providers' ids; what is told of them later finds nothing.</summary>
    public static async Task<int> Keys(Tx tx, long tenantId, ErasedPerson person)
    {
        if (person.Conversations.Count == 0)
        {
            return 0;
        }

        var keys = await tx.Query<(long Id, long InboxId, string ProviderId)>($"""
            SELECT id, inbox_id, provider_id FROM message WHERE tenant_id = @tenantId AND conversation_id {tx.Dialect.In("ids")} AND provider_id IS NOT NULL
              AND provider_id NOT LIKE 'sha256:%' ORDER BY inbox_id, provider_id
            """, new { tenantId, ids = person.Conversations.ToArray() });
        await tx.Each(KeyRows, keys.ConvertAll(k => (tenantId, k.InboxId, k.ProviderId)));
        await tx.Each(MessageKeyRows, [.. keys.OrderBy(k => k.Id).Select(k => (tenantId, k.Id, k.ProviderId))]);
        return keys.Count;
    }

    public static Task Tombstones(Tx tx, long tenantId, ErasedPerson person, long now)
    {
        // Providers tell times in seconds: what is sent in this very second is news.
        var at = now - (now % Instants.Second);
        return tx.Each(TombstoneRows, Hashes(tenantId, person).ConvertAll(hash => (tenantId, hash, at)));
    }

    /// <summary>What is left of what named them.</summary>
    public static List<string> Hashes(long tenantId, ErasedPerson person) =>
        [.. person.Names.Select(n => Erased.Identity(tenantId, n)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Hashes (SHA-256) of the files customers sent, before their rows forget them.</summary>
    public static Task<List<string>> Files(Tx tx, long tenantId, ErasedPerson person) => person.Conversations.Count == 0 ? Task.FromResult(new List<string>()) : tx.Query<string>($"""
        SELECT DISTINCT d.sha256 FROM media d JOIN message m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
        WHERE d.tenant_id = @tenantId AND d.sha256 IS NOT NULL AND m.conversation_id {tx.Dialect.In("ids")}
        """, new { tenantId, ids = person.Conversations.ToArray() });

    /// <summary>The steps of the plan whose tables are there; how many rows each touched, by table.</summary>
    public static async Task<SortedDictionary<string, long>> Blank(Tx tx, long tenantId, ErasedPerson person, long now, Func<ErasureStep, bool>? wanted = null)
    {
        var columns = await Schema(tx);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var step in ErasurePlan.Steps.Where(s => wanted?.Invoke(s) != false && columns[s.Table].Contains(s.Key)))
        {
            var sets = step.Blank?.Where(b => columns[step.Table].Contains(b.Column)).Select(b => $"{b.Column} = {b.Value}").ToList();
            var touched = await tx.Execute(
                $"{(sets is null ? $"DELETE FROM {step.Table}" : $"UPDATE {step.Table} SET {string.Join(", ", sets)}")} WHERE tenant_id = @tenantId AND {Whose(tx, step)}{(step.Only is null ? "" : $" AND {step.Only}")}",
                new { tenantId, now, contacts = person.Contacts.ToArray(), conversations = person.Conversations.DefaultIfEmpty(0).ToArray() });
            counts[step.Table] = counts.GetValueOrDefault(step.Table) + touched;
        }

        return counts;
    }

    /// <summary>The search may be reading them at this very moment: it looks again, and finds nothing.</summary>
    public static async Task LookAgain(Tx tx, long tenantId, ErasedPerson person)
    {
        var args = new { tenantId, contacts = person.Contacts.ToArray(), conversations = person.Conversations.DefaultIfEmpty(0).ToArray() };
        var (contacts, conversations) = (tx.Dialect.In("contacts"), tx.Dialect.In("conversations"));
        await tx.Execute($"""
            INSERT INTO search_due (tenant_id, id, kind, noted) SELECT tenant_id, id, 1, 1 FROM contact WHERE tenant_id = @tenantId AND id {contacts}
            ON CONFLICT (tenant_id, id) DO UPDATE SET noted = search_due.noted + 1
            """, args);
        await tx.Execute($"""
            INSERT INTO search_due (tenant_id, id, kind, noted) SELECT tenant_id, id, 3, 1 FROM message WHERE tenant_id = @tenantId AND conversation_id {conversations}
            ON CONFLICT (tenant_id, id) DO UPDATE SET noted = search_due.noted + 1
            """, args);
    }

    /// <summary>Logs, kept answers and files that are being imported, where only a number in a text says whose they are.</summary>
    public static async Task Texts(Tx tx, long tenantId, ErasedPerson person)
    {
        foreach (var needle in person.Needles)
        {
            var args = new { tenantId, part = $"%{needle}%" };
            await tx.Execute("DELETE FROM provider_call WHERE tenant_id = @tenantId AND (phone_number LIKE @part OR payload LIKE @part OR response LIKE @part OR request LIKE @part)", args);
            await tx.Execute("DELETE FROM error_log WHERE tenant_id = @tenantId AND (message LIKE @part OR details LIKE @part)", args);
            await tx.Execute("DELETE FROM idempotency WHERE tenant_id = @tenantId AND answer LIKE @part", args);
            await tx.Execute("DELETE FROM parked_status WHERE tenant_id = @tenantId AND error_text LIKE @part", args);
            await tx.Execute("UPDATE subscription_delivery SET body = '{}', answer = NULL, problem = NULL WHERE tenant_id = @tenantId AND body LIKE @part", args);
            await tx.Execute("UPDATE import_problem SET value = NULL WHERE tenant_id = @tenantId AND value LIKE @part", args);
        }

        foreach (var id in person.Contacts.Concat(person.Conversations))
        {
            await tx.Execute("""
                DELETE FROM idempotency WHERE tenant_id = @tenantId AND (route LIKE @inside OR route LIKE @last OR route LIKE @colon)
                """, new { tenantId, inside = $"%/{id}/%", last = $"%/{id}", colon = $"%:{id}%" });
            await tx.Execute("""
                UPDATE subscription_delivery SET body = '{}', answer = NULL, problem = NULL WHERE tenant_id = @tenantId
                  AND (body LIKE @first OR body LIKE @last OR body LIKE @quoted)
                """, new { tenantId, first = $"%_id\":{id},%", last = $"%_id\":{id}}}%", quoted = $"%_id\":\"{id}\"%" });
        }
    }

    /// <summary>A page of stored webhooks of this tenant's connections that name them; and up to which id it looked, or null at the end.</summary>
    public static async Task<(List<long> Found, long? Next)> Webhooks(Tx tx, long tenantId, ErasedPerson person, long after, int limit)
    {
        var upTo = await tx.QueryFirst<long?>("SELECT max(id) FROM (SELECT id FROM received_webhook WHERE id > @after ORDER BY id LIMIT @limit) p", new { after, limit });
        if (upTo is null)
        {
            return ([], null);
        }

        var found = new List<long>();
        foreach (var needle in person.Needles)
        {
            found.AddRange(await tx.Query<long>($"""
                SELECT id FROM received_webhook WHERE id > @after AND id <= @upTo AND state > 0
                  AND connection_id IN (SELECT connection_id FROM inbox WHERE tenant_id = @tenantId)
                  AND ({(tx.Dialect.IsPostgres ? "position(@bytes in body) > 0" : "instr(body, @bytes) > 0")} OR query LIKE @part)
                """, new { tenantId, after, upTo, bytes = Encoding.UTF8.GetBytes(needle), part = $"%{needle}%" }));
        }

        return (found, upTo);
    }

    /// <summary>They were applied long ago; that they came stays.</summary>
    public static async Task<int> BlankWebhooks(Tx tx, IReadOnlyCollection<long> webhooks) => webhooks.Count == 0 ? 0 : await tx.Execute(
        $"UPDATE received_webhook SET body = @nothing, query = '', problem = NULL WHERE state > 0 AND id {tx.Dialect.In("ids")}", new { nothing = Array.Empty<byte>(), ids = webhooks.ToArray() });

    public static Task Keep(Tx tx, long tenantId, StoredErasure erasure) => tx.Execute("""
        INSERT INTO erasure (tenant_id, id, contact_id, agent_id, counts, created_at) VALUES (@tenantId, @Id, @ContactId, @AgentId, @Counts, @CreatedAt)
        """, new { tenantId, erasure.Id, erasure.ContactId, erasure.AgentId, erasure.Counts, erasure.CreatedAt });

    public static Task<List<StoredErasure>> Page(Tx tx, long tenantId, long before, int limit) => tx.Query<StoredErasure>("""
        SELECT id AS "Id", contact_id AS "ContactId", agent_id AS "AgentId", counts AS "Counts", created_at AS "CreatedAt" FROM erasure
        WHERE tenant_id = @tenantId AND id < @before ORDER BY id DESC LIMIT @limit
        """, new { tenantId, before, limit });

    /// <summary>Which columns each table has.</summary>
    public static async Task<ILookup<string, string>> Schema(Tx tx) => (await tx.Query<(string TableName, string ColumnName)>(tx.Dialect.IsPostgres
        ? "SELECT c.relname::text, a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND a.attnum > 0 AND pg_table_is_visible(c.oid)"
        : "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"))
        .ToLookup(c => c.TableName, c => c.ColumnName, StringComparer.Ordinal);

    /// <summary>The condition by which a step's rows are a customer's; its parameters are @tenantId, @contacts and @conversations.</summary>
    public static string Whose(Tx tx, ErasureStep step)
    {
        var (contacts, conversations) = (tx.Dialect.In("contacts"), tx.Dialect.In("conversations"));
        return step.By switch
        {
            ErasedBy.Contact or ErasedBy.Target => $"{step.Key} {contacts}",
            ErasedBy.Conversation => $"{step.Key} {conversations}",
            ErasedBy.Message => $"{step.Key} IN (SELECT id FROM message WHERE tenant_id = @tenantId AND conversation_id {conversations})",
            ErasedBy.Order => $"{step.Key} IN (SELECT id FROM customer_order WHERE tenant_id = @tenantId AND contact_id {contacts})",
            ErasedBy.FollowUp => $"{step.Key} IN (SELECT id FROM follow_up_plan WHERE tenant_id = @tenantId AND contact_id {contacts})",
            _ => $"{step.Key} IN (SELECT id FROM flow_session WHERE tenant_id = @tenantId AND conversation_id {conversations})",
        };
    }
}
