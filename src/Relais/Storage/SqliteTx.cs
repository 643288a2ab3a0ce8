using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Relais.Storage;

/// <summary>A transaction on a SQLite connection. Statements over rows are prepared once a connection and run row by row.</summary>
internal sealed class SqliteTx(SqliteConnection connection) : Tx(Dialect.Sqlite), IDisposable
{
    private readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);

    protected override DbConnection Connection => connection;

    /// <summary>Transactions are opened by statement (BEGIN IMMEDIATE with savepoints), which the driver's object does not know.</summary>
    protected override DbTransaction? Transaction => null;

    public void Begin() => Run("BEGIN IMMEDIATE");

    public void Commit() => Run("COMMIT");

    public void Rollback() => Run("ROLLBACK");

    /// <summary>A transaction that only reads.</summary>
    public void BeginRead() => Run("BEGIN");

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

    public override Task Each<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        if (rows.Count > 0)
        {
            var command = Prepared(statement.Sql(Dialect));
            for (var i = 0; i < rows.Count; i++)
            {
                Bind(statement, command, rows[i]);
                command.Run();
            }
        }

        return Task.CompletedTask;
    }

    public override Task<List<TResult>> Each<T, TResult>(Rows<T> statement, IReadOnlyList<T> rows, Func<Row, TResult> read)
    {
        var results = new List<TResult>(rows.Count);
        if (rows.Count > 0)
        {
            var command = Prepared(statement.Sql(Dialect));
            void Add(Row row) => results.Add(read(row));
            for (var i = 0; i < rows.Count; i++)
            {
                Bind(statement, command, rows[i]);
                command.Run(Add);
            }
        }

        return Task.FromResult(results);
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values)
        {
            statement.Dispose();
        }
    }

    private static void Bind<T>(Rows<T> statement, SqliteStatement command, T row)
    {
        // The source of rows is the only place of a statement that names parameters, so they are numbered as it names them.
        for (var i = 0; i < statement.Columns.Count; i++)
        {
            statement.Columns[i].Bind(command, i + 1, row);
        }
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection, sql);
            prepared.Add(sql, statement);
        }

        return statement;
    }

    private void Run(string sql) => Prepared(sql).Run();
}
