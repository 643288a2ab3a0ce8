using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Relais.Storage;

/// <summary>A transaction on a SQLite connection. Statements over rows are prepared once a connection and run row by row.</summary>
internal sealed class SqliteTx(SqliteConnection connection) : Tx(Dialect.Sqlite)
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    protected override DbConnection Connection => connection;

    /// <summary>Transactions are opened by statement (BEGIN IMMEDIATE with savepoints), which the driver's object does not know.</summary>
    protected override DbTransaction? Transaction => null;

    public void Savepoint() => Run("SAVEPOINT unit");

    /// <summary>Keeps what the unit wrote; gives back what it wants done after the commit.</summary>
    public List<Action>? Keep()
    {
        Run("RELEASE unit");
        return TakeAfterCommit();
    }

    public void Undo()
    {
        Run("ROLLBACK TO unit");
        Run("RELEASE unit");
        TakeAfterCommit();
    }

    public override Task<int> Each<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        var command = Prepared(statement);
        var touched = 0;
        foreach (var row in rows)
        {
            Bind(statement, command, row);
            touched += command.ExecuteNonQuery();
        }

        return Task.FromResult(touched);
    }

    public override Task<List<TResult>> Each<T, TResult>(
        Rows<T> statement, IReadOnlyList<T> rows, Func<DbDataReader, TResult> read)
    {
        var command = Prepared(statement);
        var results = new List<TResult>(rows.Count);
        foreach (var row in rows)
        {
            Bind(statement, command, row);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                results.Add(read(reader));
            }
        }

        return Task.FromResult(results);
    }

    private static void Bind<T>(Rows<T> statement, SqliteCommand command, T row)
    {
        for (var i = 0; i < statement.Columns.Count; i++)
        {
            command.Parameters[i].Value = statement.Columns[i].Value(row) ?? DBNull.Value;
        }
    }

    private SqliteCommand Prepared<T>(Rows<T> statement)
    {
        var sql = statement.Sql(Dialect);
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var column in statement.Columns)
            {
                command.Parameters.Add(column.Parameter());
            }

            command.Prepare();
            prepared.Add(sql, command);
        }

        return command;
    }

    private void Run(string sql)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            prepared.Add(sql, command);
        }

        command.ExecuteNonQuery();
    }
}
