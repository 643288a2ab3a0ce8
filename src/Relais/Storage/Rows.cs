using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

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

    public abstract void Bind(SqliteStatement statement, int parameter, T row);

    public abstract NpgsqlParameter Array(IReadOnlyList<T> rows);

    public static Column<T> Long(string name, Func<T, long?> get) => new LongColumn(name, get);

    public static Column<T> Text(string name, Func<T, string?> get) => new TextColumn(name, get);

    public static Column<T> Bytes(string name, Func<T, byte[]?> get) => new BytesColumn(name, get);

    private NpgsqlParameter<TValue[]> Array<TValue>(IReadOnlyList<T> rows, NpgsqlDbType type, Func<T, TValue> get)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]);
        }

        return new NpgsqlParameter<TValue[]>(Name, NpgsqlDbType.Array | type) { TypedValue = values };
    }

    private sealed class LongColumn(string name, Func<T, long?> get) : Column<T>(name, "bigint")
    {
        public override void Bind(SqliteStatement statement, int parameter, T row)
        {
            if (get(row) is { } value)
            {
                statement.Bind(parameter, value);
            }
            else
            {
                statement.BindNull(parameter);
            }
        }

        public override NpgsqlParameter Array(IReadOnlyList<T> rows) => Array(rows, NpgsqlDbType.Bigint, get);
    }

    private sealed class TextColumn(string name, Func<T, string?> get) : Column<T>(name, "text")
    {
        public override void Bind(SqliteStatement statement, int parameter, T row)
        {
            if (get(row) is { } value)
            {
                statement.Bind(parameter, value);
            }
            else
            {
                statement.BindNull(parameter);
            }
        }

        public override NpgsqlParameter Array(IReadOnlyList<T> rows) => Array(rows, NpgsqlDbType.Text, get);
    }

    private sealed class BytesColumn(string name, Func<T, byte[]?> get) : Column<T>(name, "bytea")
    {
        public override void Bind(SqliteStatement statement, int parameter, T row)
        {
            if (get(row) is { } value)
            {
                statement.Bind(parameter, value);
            }
            else
            {
                statement.BindNull(parameter);
            }
        }

        public override NpgsqlParameter Array(IReadOnlyList<T> rows) => Array(rows, NpgsqlDbType.Bytea, get);
    }
}
