using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Microsoft.Data.Sqlite;

namespace Relais.Storage;

/// <summary>
/// A statement over many rows, written once: <c>INSERT INTO t (a) SELECT r.a FROM {rows} WHERE true ON CONFLICT …</c>.
/// The source is named <c>r</c>. (SQLite needs the <c>WHERE true</c> before <c>ON CONFLICT</c>.)
/// </summary>
internal sealed class Rows<T>(string sql, params Column<T>[] columns)
{
    private readonly ConcurrentDictionary<Dialect, string> texts = new();

    public IReadOnlyList<Column<T>> Columns => columns;

    public string Sql(Dialect dialect) =>
        texts.GetOrAdd(dialect, d => d.RowsSql(sql, [.. columns.Select(c => (c.Name, c.PostgresType))]));
}

/// <summary>One bound column of a <see cref="Rows{T}"/> statement.</summary>
internal abstract class Column<T>(string name, string postgresType)
{
    public string Name { get; } = name;

    public string PostgresType { get; } = postgresType;

    public abstract object? Value(T row);

    public abstract NpgsqlParameter Array(IReadOnlyList<T> rows);

    public SqliteParameter Parameter() => new("@" + Name, DBNull.Value);

    public static Column<T> Long(string name, Func<T, long?> get) => new Typed<long?>(name, "bigint", NpgsqlDbType.Bigint, get);

    public static Column<T> Text(string name, Func<T, string?> get) => new Typed<string?>(name, "text", NpgsqlDbType.Text, get);

    public static Column<T> Bytes(string name, Func<T, byte[]?> get) => new Typed<byte[]?>(name, "bytea", NpgsqlDbType.Bytea, get);

    private sealed class Typed<TValue>(string name, string postgresType, NpgsqlDbType type, Func<T, TValue> get)
        : Column<T>(name, postgresType)
    {
        public override object? Value(T row) => get(row);

        public override NpgsqlParameter Array(IReadOnlyList<T> rows)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = get(rows[i]);
            }

            return new NpgsqlParameter<TValue[]>(Name, NpgsqlDbType.Array | type) { TypedValue = values };
        }
    }
}
