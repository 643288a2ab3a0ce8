using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Outbox;

/// <summary>
/// A commit whose answer never came may have been carried out: the ids it used are taken then, and using them again would fail
/// in every later round.
/// </summary>
public sealed class CommitsCutOff
{
    [Theory, OnEveryDatabase]
    public async Task The_worker_goes_on_when_its_ids_are_taken(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var chat = relais.Chat(relais.Meta, "+33611110111");
        await chat.Asks("Bonjour", "Bonjour");
        await relais.Settled();
        await relais.Database.Write(Scope.Pipeline, async tx =>
        {
            // The first change after a message was queued is the worker's "sent"; the ids it uses next follow that one's.
            var last = await tx.QueryFirst<long>("""
                SELECT c.id FROM change c JOIN message m ON m.tenant_id = c.tenant_id AND m.id = c.message_id
                WHERE m.author <> 1 AND c.type = 'message.updated' ORDER BY c.at, c.id LIMIT 1
                """);
            await tx.Execute("""
                INSERT INTO change (tenant_id, id, type, conversation_id, message_id, inbox_id, at)
                SELECT c.tenant_id, c.id + n.n, c.type, c.conversation_id, c.message_id, c.inbox_id, c.at FROM change c,
                  (WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100) SELECT n FROM n) n
                WHERE c.id = @last ON CONFLICT DO NOTHING
                """, new { last });
        });
        await chat.Asks("merci", "plaisir");
        await relais.Settled();
        (await chat.Stored()).Where(m => m.Author != 1).ShouldAllBe(m => m.Status >= 1, "each answer was recorded as sent");
    }
}
