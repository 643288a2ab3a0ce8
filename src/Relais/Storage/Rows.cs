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

    /// <summary>Asked for with every run, so nothing is made when the text is there.</summary>
    public string Sql(Dialect dialect) => texts.TryGetValue(dialect, out var text) ? text
        : texts.GetOrAdd(dialect, dialect.RowsSql(sql, [.. columns.Select(c => (c.Name, c.PostgresType))]));
}

/// <summary>One bound column of a <see cref="Rows{T}"/> statement.</summary>
internal abstract class Column<T>(string name, string postgresType)
{
    public string Name { get; } = name;

    public string PostgresType { get; } = postgresType;

    public abstract void Bind(SqliteStatement statement, int parameter, T row);

    public abstract NpgsqlParameter Array(IReadOnlyList<T> rows);

    public static Column<T> Long(string name, Func<T, long?> get) =>
        new Typed<long?>(name, "bigint", NpgsqlDbType.Bigint, get, (statement, place, value) => statement.Bind(place, value));

    public static Column<T> Text(string name, Func<T, string?> get) =>
        new Typed<string?>(name, "text", NpgsqlDbType.Text, get, (statement, place, value) => statement.Bind(place, value));

    public static Column<T> Bytes(string name, Func<T, byte[]?> get) =>
        new Typed<byte[]?>(name, "bytea", NpgsqlDbType.Bytea, get, (statement, place, value) => statement.Bind(place, value));

    /// <summary>The value is not boxed on its way: this runs for each column of each row.</summary>
    private sealed class Typed<TValue>(
        string name, string postgresType, NpgsqlDbType type, Func<T, TValue> get, Action<SqliteStatement, int, TValue> bind)
        : Column<T>(name, postgresType)
    {
        public override void Bind(SqliteStatement statement, int parameter, T row) => bind(statement, parameter, get(row));

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
