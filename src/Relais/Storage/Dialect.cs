using System.Collections.Concurrent;

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
    /// <c>{lock_free}</c> takes the lock named by r.lock_key until the end of the transaction, false when another has it (SQLite
    /// has one writer, so there it is always free), <c>{bytes}</c> the type of raw bytes, <c>{least}</c> the smaller of two values.
    /// </summary>
    public string Sql(string template) => texts.GetOrAdd(template, Fill);

    /// <summary>
    /// Fills <c>{rows}</c> with a source of rows named <c>r</c>: one <c>unnest</c> of arrays on PostgreSQL, one bound row at a
    /// time (a prepared statement run again and again) on SQLite. Same statement, same meaning. PostgreSQL is made to expect a
    /// single row (an equality it cannot see through), because only then does it look up by key for each of them: for the ten
    /// that it expects of an array it would rather read the whole of a queue's table that was empty when it last looked. For the
    /// same reason a state that a partial index covers is compared as <c>+state</c> beside a full key.
    /// </summary>
    public string RowsSql(string template, IReadOnlyList<(string Name, string PostgresType)> columns)
    {
        var names = columns.Select(c => c.Name);
        var source = IsPostgres
            ? $"(SELECT {string.Join(", ", names)} FROM unnest({string.Join(", ", columns.Select(c => $"@{c.Name}::{c.PostgresType}[]"))})"
                + $" WITH ORDINALITY AS u({string.Join(", ", names)}, place) WHERE place + 0 = place) AS r"
            : $"(SELECT {string.Join(", ", columns.Select(c => $"@{c.Name} AS {c.Name}"))}) AS r";
        return Fill(template.Replace("{rows}", source, StringComparison.Ordinal));
    }

    private string Fill(string template) => template
        .Replace("{now}", IsPostgres
            ? "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
            : "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)", StringComparison.Ordinal)
        .Replace("{skip_locked}", IsPostgres ? "FOR UPDATE SKIP LOCKED" : "", StringComparison.Ordinal)
        .Replace("{lock_free}", IsPostgres ? "pg_try_advisory_xact_lock(r.lock_key)" : "true", StringComparison.Ordinal)
        .Replace("{bytes}", IsPostgres ? "BYTEA" : "BLOB", StringComparison.Ordinal)
        .Replace("{least}", IsPostgres ? "least" : "min", StringComparison.Ordinal)
        .Replace("{greatest}", IsPostgres ? "greatest" : "max", StringComparison.Ordinal);
}
