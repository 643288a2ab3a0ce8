using System.Data.Common;
using Dapper;

namespace Relais.Storage;

/// <summary>What a column holds. There is nothing else in the schema.</summary>
internal enum CellKind
{
    Number,
    Text,
    Bytes,
}

/// <summary>A column as both engines know it.</summary>
internal sealed record TableColumn(string Name, CellKind Kind);

/// <summary>A table of the schema.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>Its columns, quoted, for a statement.</summary>
    public string Named => string.Join(", ", Columns.Select(c => $"\"{c.Name}\""));
}

/// <summary>Which tables there are, asked of the database itself, so that no list of them can be out of date.</summary>
internal static class TableCatalog
{
    /// <summary>What full text search keeps for itself on SQLite is left out: triggers fill it.</summary>
    private const string SqliteSql = """
        SELECT m.name AS "TableName", p.name AS "ColumnName", p.type AS "TypeName" FROM sqlite_master m JOIN pragma_table_info(m.name) p
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
          AND NOT EXISTS (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND substr(m.name, 1, length(v.name) + 1) = v.name || '_')
        ORDER BY m.name, p.cid
        """;

    private const string PostgresSql = """
        SELECT c.relname::text AS "TableName", a.attname::text AS "ColumnName", format_type(a.atttypid, NULL) AS "TypeName"
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY c.relname, a.attnum
        """;

    /// <exception cref="NotSupportedException">A column of a type that is in no migration.</exception>
    public static async Task<List<TableShape>> Read(DbConnection connection, Dialect dialect, DbTransaction? transaction = null)
    {
        var columns = await connection.QueryAsync<(string TableName, string ColumnName, string TypeName)>(
            dialect.IsPostgres ? PostgresSql : SqliteSql, transaction: transaction);
        return [.. columns.GroupBy(c => c.TableName, StringComparer.Ordinal).OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => new TableShape(t.Key, [.. t.Select(c => new TableColumn(c.ColumnName, Kind(t.Key, c.ColumnName, c.TypeName)))]))];
    }

    private static CellKind Kind(string table, string column, string type) => type.ToUpperInvariant() switch
    {
        "BIGINT" or "INTEGER" => CellKind.Number,
        "TEXT" => CellKind.Text,
        "BLOB" or "BYTEA" => CellKind.Bytes,
        _ => throw new NotSupportedException($"{table}.{column} is of type {type}, which no table of Relais has."),
    };
}
