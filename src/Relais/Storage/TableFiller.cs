using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Relais.Storage;

/// <summary>Puts rows of any table into an open transaction: as a binary copy on PostgreSQL, as one prepared statement on SQLite.</summary>
internal static class TableFiller
{
    /// <param name="connection">In a transaction of <see cref="Database.Refill"/>.</param>
    /// <param name="table">With its columns in the order of the cells.</param>
    /// <param name="rows">Cells are long, string, byte[] or null.</param>
    public static async Task Add(DbConnection connection, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        if (connection is NpgsqlConnection postgres)
        {
            await Copy(postgres, table, rows, cancel);
        }
        else
        {
            await Insert((SqliteConnection)connection, table, rows, cancel);
        }
    }

    private static async Task Copy(NpgsqlConnection connection, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.Named}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            for (var i = 0; i < row.Length; i++)
            {
                switch (row[i])
                {
                    case null:
                        await copy.WriteNullAsync(cancel);
                        break;
                    case long number:
                        await copy.WriteAsync(number, NpgsqlDbType.Bigint, cancel);
                        break;
                    case byte[] bytes:
                        await copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancel);
                        break;
                    case var text:
                        await copy.WriteAsync((string)text, NpgsqlDbType.Text, cancel);
                        break;
                }
            }
        }

        await copy.CompleteAsync(cancel);
    }

    private static async Task Insert(SqliteConnection connection, TableShape table, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        var names = table.Columns.Select((_, i) => $"@p{i}").ToList();
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({table.Named}) VALUES ({string.Join(", ", names)})";
        var parameters = names.ConvertAll(name => command.Parameters.Add(new SqliteParameter(name, null)));
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < row.Length; i++)
            {
                parameters[i].Value = row[i] ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
