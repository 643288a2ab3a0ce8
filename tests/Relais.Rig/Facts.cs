using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Relais.Storage;

namespace Relais.Rig;

/// <summary>
/// Reads a server's database from outside it: plain SQL over a connection that shares no code with the server (a superuser's on
/// PostgreSQL, so row-level security hides nothing).
/// </summary>
internal sealed class Facts
{
    private readonly Func<DbConnection> connect;
    private readonly Func<DbConnection> connectToRead;

    public Facts(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            SqliteLibrary.Choose();
            var path = database.Address["sqlite:".Length..];
            connect = () => new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=5");
            connectToRead = () => new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=5;Mode=ReadOnly");
        }
        else
        {
            connect = connectToRead = () => new NpgsqlConnection(database.Superuser);
        }
    }

    public async Task<List<T>> Query<T>(string sql, object? parameters = null)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public async Task<long> Count(string sql, object? parameters = null) => (await Query<long>(sql, parameters))[0];

    /// <summary>What a server that has nothing left to do must not have; empty when all is done.</summary>
    public Task<List<string>> Unfinished() => Query<string>("""
        SELECT 'webhook ' || id FROM received_webhook WHERE state = 0
        UNION ALL SELECT 'send ' || message_id || ' state ' || state FROM outbox WHERE state IN (0, 1)
        UNION ALL SELECT 'lane ' || kind || '/' || lane_key || ' of ' || coalesce(node, 'nobody') || ', failures ' || failures FROM lane WHERE ready_at < @now OR leased = 1
        UNION ALL SELECT 'unanswered ' || id FROM conversation WHERE assignee < 3 AND answered_seq < last_inbound_seq
        UNION ALL SELECT 'unnumbered change ' || id FROM change WHERE seq IS NULL
        """, new { now = (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10 });

    /// <summary>What a person would have to look at: webhooks set aside, sends that are dead.</summary>
    public Task<List<string>> SetAside() => Query<string>("""
        SELECT 'webhook ' || id || ' ' || problem FROM received_webhook WHERE state >= 2
        UNION ALL SELECT 'dead send ' || message_id || ' ' || reason FROM outbox WHERE state = 3
        """);

    /// <summary>
    /// How many sends are marked "on the wire". May be asked of a dead server's SQLite file: it is opened for reading only, so
    /// that its write-ahead log stays for the next start to recover.
    /// </summary>
    public async Task<long> OnTheWire()
    {
        await using var connection = connectToRead();
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM outbox WHERE state = 1");
    }

    /// <summary>Webhooks and lanes of messages that wait (the looks at the providers' templates go on for ever); asked in the same way as <see cref="OnTheWire"/>.</summary>
    public async Task<long> Backlog()
    {
        await using var connection = connectToRead();
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<long>("""
            SELECT (SELECT count(*) FROM received_webhook WHERE state = 0) + (SELECT count(*) FROM lane WHERE kind IN (2, 3) AND ready_at IS NOT NULL)
            """);
    }

    /// <summary>One row a message, in the order of each conversation.</summary>
    public Task<List<StoredMessage>> Messages() => Query<StoredMessage>("""
        SELECT m.id AS "Id", m.conversation_id AS "ConversationId", m.seq AS "Seq", m.author AS "Author", m.provider_id AS "ProviderId",
          m.status AS "Status", m.answers AS "Answers", m.content AS "Content", m.error_text AS "Error", k.phone AS "Phone",
          m.inbox_id AS "InboxId", m.error_code AS "Code", i.address AS "InboxAddress"
        FROM message m JOIN inbox i ON i.tenant_id = m.tenant_id AND i.id = m.inbox_id JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
        JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id
        ORDER BY m.conversation_id, m.seq
        """);
}

/// <summary>A message as it stands in the database.</summary>
internal sealed class StoredMessage
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long InboxId { get; init; }

    public long Seq { get; init; }

    public long Author { get; init; }

    public string? ProviderId { get; init; }

    public long? Status { get; init; }

    public long? Answers { get; init; }

    public string Content { get; init; } = "";

    public string? Error { get; init; }

    public long? Code { get; init; }

    /// <summary>The provider's address of the business number it came to or left from.</summary>
    public string InboxAddress { get; init; } = "";

    public string? Phone { get; init; }

    public bool IsInbound => Author == 1;

    /// <summary>Said by a person, or by the system because of a person's act: it answers no message.</summary>
    public bool IsPersons => Author == 4 || (Author == 5 && Answers is null);
}
