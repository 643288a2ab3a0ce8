using Relais.Changes;
using Relais.Conversations;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;

namespace Relais.Tests.Support;

/// <summary>A fresh database with two tenants: the first has the inboxes 10 and 11, the second has 20. No server runs.</summary>
internal sealed class Business : IAsyncDisposable
{
    public const long Tenant = 1;
    public const long Inbox = 10;
    public const long SecondInbox = 11;
    public const long OtherTenant = 2;
    public const long OtherInbox = 20;

    private readonly TestDatabase store;

    private Business(TestDatabase store)
    {
        this.store = store;
        Ids = new Ids(Database);
    }

    public Database Database => store.Database!;

    public Ids Ids { get; }

    public static async Task<Business> Open(DatabaseKind kind)
    {
        var fresh = await TestDatabase.Create(kind);
        await fresh.Database!.Write(Scope.Pipeline, async tx =>
        {
            foreach (var tenant in (long[])[Tenant, OtherTenant])
            {
                await tx.Execute("""
                    INSERT INTO tenant (tenant_id, name, language, time_zone, quiet_micros, faq_revision, created_at)
                    VALUES (@tenant, 'Shop', 'fr', 'UTC', 0, 0, 0)
                    """, new { tenant });
            }

            foreach (var (tenant, inbox) in ((long, long)[])[(Tenant, Inbox), (Tenant, SecondInbox), (OtherTenant, OtherInbox)])
            {
                await tx.Execute("""
                    INSERT INTO inbox (tenant_id, id, connection_id, channel, address, display_number, name, source, created_at)
                    VALUES (@tenant, @inbox, 1, 1, @address, '', 'Shop', 'test', 0)
                    """, new { tenant, inbox, address = inbox.ToString() });
            }
        });
        return new Business(fresh);
    }

    public static SeenContact Customer(string number, string? userId = null) => new(Tenant, number, "+" + number, userId, "Amal");

    public static NewInbound Message(SeenContact from, string providerId, string text = "Bonjour", long now = 1_000_000, long inbox = Inbox) =>
        new(from.TenantId, inbox, from, providerId, "text", text, null, null, null, null, null, now, Assignee.AiAgent);

    /// <summary>What the intake does with a batch of messages, in one transaction; returns what was new.</summary>
    public async Task<List<NewInbound>> Receive(params NewInbound[] messages)
    {
        var own = await Ids.Take(messages.Length);
        Array.ForEach(messages, m => m.MessageId = own.Next());
        var ids = await Ids.Take(messages.Length * 3);
        return await Database.Write(Scope.Pipeline, async tx =>
        {
            ids.Rewind();
            var fresh = await InboundStore.KeepNew(tx, messages);
            await ContactStore.Resolve(tx, fresh.ConvertAll(m => m.Contact), ids, messages[0].Now);
            await InboundStore.Store(tx, fresh, ids);
            await ConsentStore.Record(tx, fresh.Select(ConsentChange.SaidBy).OfType<ConsentChange>().ToList(), ids);
            return fresh;
        });
    }

    /// <summary>A message of ours in the conversation of <paramref name="answered"/>; with a provider id it counts as accepted.</summary>
    public async Task<long> Sent(NewInbound answered, string? providerId, DeliveryStatus status = DeliveryStatus.Sent)
    {
        var id = await Ids.One();
        await Database.Write(Scope.Pipeline, async tx =>
        {
            var args = new { answered.TenantId, id, answered.ConversationId, answered.InboxId, providerId, status = (long)status };
            await tx.Execute("UPDATE conversation SET last_seq = last_seq + 1 WHERE tenant_id = @TenantId AND id = @ConversationId", args);
            await tx.Execute("""
                INSERT INTO message (tenant_id, id, conversation_id, inbox_id, seq, author, type, content, status, provider_id, created_at)
                SELECT tenant_id, @id, id, inbox_id, last_seq, 2, 'text', 'Réponse', @status, @providerId, 0
                FROM conversation WHERE tenant_id = @TenantId AND id = @ConversationId
                """, args);
            if (providerId is not null)
            {
                await Key(tx, answered.TenantId, answered.InboxId, providerId, id);
            }
        });
        return id;
    }

    /// <summary>The error log's door, without a server: inboxes are not loaded, so every number is one of Meta's.</summary>
    public FailureLog Failures(Signals signals) => new(
        new ErrorLog(new ChangeLog(signals)), new InboxDirectory(Database, new Secrets(new byte[32]), Settings.From([])));

    public static Task Key(Tx tx, long tenant, long inbox, string providerId, long message) => tx.Execute(
        "INSERT INTO provider_key (tenant_id, inbox_id, provider_id, message_id) VALUES (@tenant, @inbox, @providerId, @message)",
        new { tenant, inbox, providerId, message });

    public Task<List<T>> Query<T>(string sql, object? args = null) => Database.Read(Scope.Pipeline, tx => tx.Query<T>(sql, args));

    public async Task<T> One<T>(string sql, object? args = null) => (await Query<T>(sql, args)).Single();

    public async ValueTask DisposeAsync()
    {
        Ids.Dispose();
        await store.DisposeAsync();
    }
}
