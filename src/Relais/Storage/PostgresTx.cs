using System.Data.Common;
using Npgsql;

namespace Relais.Storage;

/// <summary>A transaction on a PostgreSQL connection. A statement over rows is one statement with an array for each column.</summary>
internal sealed class PostgresTx(NpgsqlConnection connection, NpgsqlTransaction transaction) : Tx(Dialect.Postgres)
{
    protected override DbConnection Connection => connection;

    protected override DbTransaction Transaction => transaction;

    public override async Task<int> Each<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        await using var command = Command(statement, rows);
        return await command.ExecuteNonQueryAsync();
    }

    public override async Task<List<TResult>> Each<T, TResult>(
        Rows<T> statement, IReadOnlyList<T> rows, Func<Row, TResult> read)
    {
        var results = new List<TResult>(rows.Count);
        if (rows.Count > 0)
        {
            await using var command = Command(statement, rows);
            await using var reader = await command.ExecuteReaderAsync();
            var row = new PostgresRow(reader);
            while (await reader.ReadAsync())
            {
                results.Add(read(row));
            }
        }

        return results;
    }

    private NpgsqlCommand Command<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        var command = new NpgsqlCommand(statement.Sql(Dialect), connection, transaction);
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

        public override bool IsDBNull(int column) => reader.IsDBNull(column);
    }
}
