using System.Data.Common;
using Npgsql;

namespace Relais.Storage;

/// <summary>
/// A transaction on a PostgreSQL connection, or a reading without one. A statement over rows is one statement with an array for
/// each column. Statements nobody waits for travel with the next one that somebody waits for, or with the commit: a round trip
/// costs both sides more than most of them.
/// </summary>
internal sealed class PostgresTx(NpgsqlConnection connection, NpgsqlTransaction? transaction) : Tx(Dialect.Postgres), IAsyncDisposable
{
    private NpgsqlBatch? waiting;

    protected override DbConnection Connection => connection;

    protected override DbTransaction? Transaction => transaction;

    public override Task Each<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        if (rows.Count > 0)
        {
            Add(Command(statement, rows));
        }

        return Task.CompletedTask;
    }

    public override async Task<List<TResult>> Each<T, TResult>(
        Rows<T> statement, IReadOnlyList<T> rows, Func<Row, TResult> read)
    {
        var results = new List<TResult>(rows.Count);
        if (rows.Count > 0)
        {
            Add(Command(statement, rows));
            await using var batch = waiting;
            waiting = null;
            await using var reader = await batch!.ExecuteReaderAsync();
            var row = new PostgresRow(reader);
            while (await reader.ReadAsync())
            {
                results.Add(read(row));
            }
        }

        return results;
    }

    public async Task Commit(CancellationToken cancel)
    {
        if (waiting is null && transaction is not null)
        {
            await transaction.CommitAsync(cancel);
            return;
        }

        if (transaction is not null)
        {
            Add(new NpgsqlBatchCommand("COMMIT"));
        }

        await Flush();
    }

    public async ValueTask DisposeAsync()
    {
        if (waiting is not null)
        {
            await waiting.DisposeAsync();
        }
    }

    protected override async Task Flush()
    {
        if (waiting is { } batch)
        {
            waiting = null;
            await using (batch)
            {
                await batch.ExecuteNonQueryAsync();
            }
        }
    }

    private void Add(NpgsqlBatchCommand command) => (waiting ??= new NpgsqlBatch(connection, transaction)).BatchCommands.Add(command);

    private NpgsqlBatchCommand Command<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        var command = new NpgsqlBatchCommand(statement.Sql(Dialect));
        foreach (var column in statement.Columns)
        {
            command.Parameters.Add(column.Array(rows));
        }

        return command;
    }

    private sealed class PostgresRow(NpgsqlDataReader reader) : Row
    {
        public override long GetInt64(int column) => reader.GetInt64(column);

        public override string GetString(int column) => reader.GetString(column);

        public override byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

        public override bool IsDBNull(int column) => reader.IsDBNull(column);
    }
}
