using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Relais.Bench.Ceiling;

/// <summary>Raw bodies into one SQLite table, WAL with synchronous FULL, one writer.</summary>
internal static class SqliteBodies
{
    public static GroupCommit<byte[]> Start(string file)
    {
        // The system's library, as Relais takes it.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) =>
            NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0);
        Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE inbox (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO inbox (body) VALUES ($body)";
        var body = insert.Parameters.Add("$body", SqliteType.Blob);
        insert.Prepare();
        return new GroupCommit<byte[]>(1, () => items =>
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var item in items)
            {
                body.Value = item;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            return Task.CompletedTask;
        });

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
