using System.Collections.Concurrent;
using System.Text;

namespace Relais.Storage;

/// <summary>What differs between the two engines. Everything else is one SQL text for both.</summary>
/// <param name="name">sqlite or postgres, as shown to people.</param>
/// <param name="isPostgres">True for PostgreSQL.</param>
internal sealed class Dialect(string name, bool isPostgres)
{
    public static readonly Dialect Sqlite = new("sqlite", isPostgres: false);
    public static readonly Dialect Postgres = new("postgres", isPostgres: true);

    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public bool IsPostgres { get; } = isPostgres;

    /// <summary>
    /// Fills the few words that differ: <c>{now}</c> the database's clock in microseconds, <c>{skip_locked}</c>,
    /// <c>{bytes}</c> the type of raw bytes, <c>{least}</c> the smaller of two values.
    /// </summary>
    public string Sql(string template) => texts.GetOrAdd(template, Fill);

    /// <summary>
    /// Fills <c>{rows}</c> with a source of rows named <c>r</c>: one <c>unnest</c> of arrays on PostgreSQL, one bound row at a
    /// time (a prepared statement run again and again) on SQLite. Same statement, same meaning.
    /// </summary>
    public string RowsSql(string template, IReadOnlyList<(string Name, string PostgresType)> columns)
    {
        var source = new StringBuilder();
        source.Append(IsPostgres ? "unnest(" : "(SELECT ");
        for (var i = 0; i < columns.Count; i++)
        {
            source.Append(i == 0 ? "" : ", ").Append('@').Append(columns[i].Name);
            source.Append(IsPostgres ? $"::{columns[i].PostgresType}[]" : $" AS {columns[i].Name}");
        }

        source.Append(IsPostgres ? ") AS r(" + string.Join(", ", columns.Select(c => c.Name)) + ")" : ") AS r");
        return Fill(template.Replace("{rows}", source.ToString(), StringComparison.Ordinal));
    }

    private string Fill(string template) => template
        .Replace("{now}", IsPostgres
            ? "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
            : "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)", StringComparison.Ordinal)
        .Replace("{skip_locked}", IsPostgres ? "FOR UPDATE SKIP LOCKED" : "", StringComparison.Ordinal)
        .Replace("{bytes}", IsPostgres ? "BYTEA" : "BLOB", StringComparison.Ordinal)
        .Replace("{least}", IsPostgres ? "least" : "min", StringComparison.Ordinal)
        .Replace("{greatest}", IsPostgres ? "greatest" : "max", StringComparison.Ordinal);
}
