using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Relais.Storage;

/// <summary>A transaction on a SQLite connection. Statements over rows are prepared once a connection and run row by row.</summary>
internal sealed class SqliteTx(SqliteConnection connection) : Tx(Dialect.Sqlite), IDisposable
{
    private readonly Dictionary<string, (SqliteStatement Statement, int[] Places)> prepared = new(StringComparer.Ordinal);

    protected override DbConnection Connection => connection;

    /// <summary>Transactions are opened by statement (BEGIN IMMEDIATE with savepoints), which the driver's object does not know.</summary>
    protected override DbTransaction? Transaction => null;

    public void Begin() => Run("BEGIN IMMEDIATE");

    public void Commit() => Run("COMMIT");

    public void Rollback() => Run("ROLLBACK");

    /// <summary>A transaction that only reads.</summary>
    public void BeginRead() => Run("BEGIN");

    public void Savepoint() => Run("SAVEPOINT unit");

    public void Keep() => Run("RELEASE unit");

    public void Undo()
    {
        Run("ROLLBACK TO unit");
        Run("RELEASE unit");
    }

    public override Task Each<T>(Rows<T> statement, IReadOnlyList<T> rows)
    {
        if (rows.Count > 0)
        {
            var (command, places) = Prepared(statement);
            for (var i = 0; i < rows.Count; i++)
            {
                Bind(statement, command, places, rows[i]);
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
            var (command, places) = Prepared(statement);
            void Add(Row row) => results.Add(read(row));
            for (var i = 0; i < rows.Count; i++)
            {
                Bind(statement, command, places, rows[i]);
                command.Run(Add);
            }
        }

        return Task.FromResult(results);
    }

    public void Dispose()
    {
        foreach (var (statement, _) in prepared.Values)
        {
            statement.Dispose();
        }
    }

    private static void Bind<T>(Rows<T> statement, SqliteStatement command, int[] places, T row)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] > 0)
            {
                statement.Columns[i].Bind(command, places[i], row);
            }
        }
    }

    /// <summary>The statement, and where each column is bound; 0 for one that it does not name.</summary>
    private (SqliteStatement Statement, int[] Places) Prepared<T>(Rows<T> rows)
    {
        var sql = rows.Sql(Dialect);
        if (!prepared.TryGetValue(sql, out var known))
        {
            var statement = new SqliteStatement(connection, sql);
            known = (statement, [.. rows.Columns.Select(column => statement.Place("@" + column.Name))]);
            prepared.Add(sql, known);
        }

        return known;
    }

    private void Run(string sql)
    {
        if (!prepared.TryGetValue(sql, out var known))
        {
            known = (new SqliteStatement(connection, sql), []);
            prepared.Add(sql, known);
        }

        known.Statement.Run();
    }
}
