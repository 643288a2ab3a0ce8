using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Relais.Storage;

/// <summary>
/// A statement prepared once a connection and run again and again. The driver's command looks up each parameter by name, boxes
/// each value and prepares anew whatever it can; that was most of what a message cost on SQLite.
/// </summary>
internal sealed class SqliteStatement : Row, IDisposable
{
    /// <summary>SQLITE_PREPARE_PERSISTENT: kept for long, so not from the memory meant for passing ones.</summary>
    private const uint Persistent = 1;

    private readonly sqlite3 connection;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        this.connection = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(this.connection, sql, Persistent, out statement));
    }

    /// <summary>The number of a parameter; 0 when the statement does not name it.</summary>
    public int Place(string name) => raw.sqlite3_bind_parameter_index(statement, name);

    public void Bind(int parameter, long? value) => Check(value is { } number
        ? raw.sqlite3_bind_int64(statement, parameter, number)
        : raw.sqlite3_bind_null(statement, parameter));

    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, parameter));
            return;
        }

        if (value.Length == 0)
        {
            // An empty span has no address, which SQLite takes for null.
            Check(raw.sqlite3_bind_text(statement, parameter, value));
            return;
        }

        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (longest <= 512)
        {
            Span<byte> bytes = stackalloc byte[longest];
            Check(raw.sqlite3_bind_text(statement, parameter, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(longest);
        Check(raw.sqlite3_bind_text(statement, parameter, rented.AsSpan(0, Encoding.UTF8.GetBytes(value, rented))));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public void Bind(int parameter, byte[]? value) => Check(value switch
    {
        null => raw.sqlite3_bind_null(statement, parameter),
        [] => raw.sqlite3_bind_zeroblob(statement, parameter, 0),
        _ => raw.sqlite3_bind_blob(statement, parameter, value),
    });

    /// <summary>Runs to the end and makes ready for the next run, also when it fails.</summary>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public void Run(Action<Row>? read = null)
    {
        try
        {
            int state;
            while ((state = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                read?.Invoke(this);
            }

            if (state != raw.SQLITE_DONE)
            {
                SqliteException.ThrowExceptionForRC(state, connection);
            }
        }
        finally
        {
            // Repeats the error of the step, which is thrown already.
            _ = raw.sqlite3_reset(statement);
        }
    }

    public override long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public override string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public override byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public override bool IsDBNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, connection);
        }
    }
}
