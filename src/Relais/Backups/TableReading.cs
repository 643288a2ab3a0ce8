using System.Buffers;
using System.Data.Common;
using Relais.Storage;

namespace Relais.Backups;

/// <summary>Reads a table row by row, as lines.</summary>
internal static class TableReading
{
    /// <summary>State of the installation, not of its data: written by the migrator and by a restore.</summary>
    private static readonly string[] OfTheInstallation = ["schema_version", "outbound_hold"];

    public static async Task<List<TableShape>> Tables(DbConnection connection, Dialect dialect, DbTransaction? transaction = null) =>
        (await TableCatalog.Read(connection, dialect, transaction)).FindAll(t => !OfTheInstallation.Contains(t.Name));

    /// <param name="connection">In a snapshot.</param>
    /// <param name="table">With its columns in the order the lines are to have.</param>
    /// <param name="transaction">Of the connection, where the driver asks for it.</param>
    /// <param name="take">Gets each line; it is overwritten when this returns.</param>
    public static async Task Each(
        DbConnection connection, TableShape table, DbTransaction? transaction, Func<ReadOnlyMemory<byte>, Task> take, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT {table.Named} FROM \"{table.Name}\"";
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var line = new ArrayBufferWriter<byte>(4096);
        while (await reader.ReadAsync(cancel))
        {
            line.ResetWrittenCount();
            RowText.Write(line, table.Columns, reader);
            await take(line.WrittenMemory);
        }
    }

    public static async Task<TableSum> Sum(DbConnection connection, TableShape table, DbTransaction? transaction, CancellationToken cancel)
    {
        var sum = new RowSum();
        await Each(connection, table, transaction, line =>
        {
            sum.Add(line.Span);
            return Task.CompletedTask;
        }, cancel);
        return sum.Total;
    }
}
