using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Relais.Storage;

/// <summary>What differs between the two engines. Everything else is one SQL text for both.</summary>
/// <param name="name">sqlite or postgres, as shown to people.</param>
/// <param name="isPostgres">True for PostgreSQL.</param>
internal sealed partial class Dialect(string name, bool isPostgres)
{
    public static readonly Dialect Sqlite = new("sqlite", isPostgres: false);
    public static readonly Dialect Postgres = new("postgres", isPostgres: true);

    private readonly ConcurrentDictionary<string, string> texts = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public bool IsPostgres { get; } = isPostgres;

    /// <summary>The end of a condition on a column that is one of a list: <c>id {tx.Dialect.In("ids")}</c>, with an array as parameter.</summary>
    public string In(string parameter) => IsPostgres ? $"= ANY(@{parameter})" : $"IN @{parameter}";

    /// <summary>
    /// Fills the few words that differ: <c>{now}</c> the database's clock in microseconds, <c>{skip_locked}</c>,
    /// <c>{lock_free}</c> takes the lock named by r.lock_key until the end of the transaction, false when another has it (SQLite
    /// has one writer, so there it is always free), <c>{bytes}</c> the type of raw bytes, <c>{least}</c> the smaller of two values,
    /// <c>{joined}</c> texts of several rows with something between them.
    /// </summary>
    public string Sql(string template) => texts.GetOrAdd(template, Fill);

    /// <summary>
    /// Fills <c>{rows}</c> with a source of rows named <c>r</c>: one <c>unnest</c> of arrays on PostgreSQL, the parameters of one
    /// row (a prepared statement run again and again) on SQLite. Same statement, same meaning.
    /// </summary>
    public string RowsSql(string template, IReadOnlyList<(string Name, string PostgresType)> columns) =>
        Fill(IsPostgres ? Unnested(template, columns) : Bound(template));

    /// <summary>
    /// PostgreSQL is made to expect a single row (an equality it cannot see through), because only then does it look up by key
    /// for each of them: for the ten that it expects of an array it would rather read the whole of a queue's table that was
    /// empty when it last looked. For the same reason a state that a partial index covers is compared as <c>+state</c> beside a
    /// full key.
    /// </summary>
    private static string Unnested(string template, IReadOnlyList<(string Name, string PostgresType)> columns)
    {
        var names = string.Join(", ", columns.Select(c => c.Name));
        var arrays = string.Join(", ", columns.Select(c => $"@{c.Name}::{c.PostgresType}[]"));
        return template.Replace("{rows}",
            $"(SELECT {names} FROM unnest({arrays}) WITH ORDINALITY AS u({names}, place) WHERE place + 0 = place) AS r", StringComparison.Ordinal);
    }

    /// <summary>
    /// With a source of rows SQLite would collect what an UPDATE changes in a table of its own first, which costs more than the
    /// UPDATE. So the columns become parameters, and the source goes unless something is joined to it.
    /// </summary>
    private static string Bound(string template) =>
        ColumnOfRow().Replace(LoneSource().Replace(template, "").Replace("{rows}", "(SELECT 1) AS r", StringComparison.Ordinal), "@${column}");

    [GeneratedRegex(@"\b(FROM|USING) \{rows\}(?!\s*(JOIN|,))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoneSource();

    [GeneratedRegex(@"\br\.(?<column>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnOfRow();

    private string Fill(string template) => template
        .Replace("{now}", IsPostgres
            ? "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
            : "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)", StringComparison.Ordinal)
        .Replace("{skip_locked}", IsPostgres ? "FOR UPDATE SKIP LOCKED" : "", StringComparison.Ordinal)
        .Replace("{lock_free}", IsPostgres ? "pg_try_advisory_xact_lock(r.lock_key)" : "true", StringComparison.Ordinal)
        .Replace("{bytes}", IsPostgres ? "BYTEA" : "BLOB", StringComparison.Ordinal)
        .Replace("{joined}", IsPostgres ? "string_agg" : "group_concat", StringComparison.Ordinal)
        .Replace("{least}", IsPostgres ? "least" : "min", StringComparison.Ordinal)
        .Replace("{greatest}", IsPostgres ? "greatest" : "max", StringComparison.Ordinal);
}
