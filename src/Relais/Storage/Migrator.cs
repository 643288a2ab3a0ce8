using System.Reflection;
using Relais.Foundation;

namespace Relais.Storage;

/// <summary>
/// Numbered migrations, applied in order under the database's lock, each recorded in the transaction that applied it. A
/// schema newer than the program is refused: an older node must not write into it.
/// </summary>
internal sealed class Migrator(Database database, Clock clock)
{
    public static IReadOnlyList<(int Number, string Name, string Sql)> All { get; } = Load();

    /// <summary>Number of the last migration that was applied; 0 for a database without tables of ours. Asked as the owner: the other roles may not be there yet.</summary>
    public static async Task<long> Schema(Database database, CancellationToken cancel)
    {
        var schema = 0L;
        await database.Migrate(async tx =>
        {
            var isThere = await tx.QueryFirst<long>(tx.Dialect.IsPostgres
                ? "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'schema_version'"
                : "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'") > 0;
            schema = isThere ? await tx.QueryFirst<long?>("SELECT max(number) FROM schema_version") ?? 0 : 0;
        }, cancel);
        return schema;
    }

    /// <summary>Brings the schema up to date, or to an older number for a backup of that age; returns the names of what was applied.</summary>
    public async Task<IReadOnlyList<string>> Run(CancellationToken cancel, int upTo = int.MaxValue)
    {
        var applied = new List<string>();
        await database.Migrate(async tx =>
        {
            applied.Clear();
            await tx.Execute("""
                CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)
                """);
            var known = await tx.Query<long>("SELECT number FROM schema_version ORDER BY number");
            if (known.Count > 0 && known[^1] > All[^1].Number)
            {
                throw new NotSupportedException(
                    $"The database has schema {known[^1]}, this program knows up to {All[^1].Number}. Run the newer version, or restore a backup made before the upgrade.");
            }

            foreach (var (number, name, sql) in All.Where(m => m.Number <= upTo && !known.Contains(m.Number)))
            {
                CrashPoint.Pass(CrashPoint.MigrationApplying);
                foreach (var statement in Statements(sql, database.Dialect))
                {
                    await tx.Execute(statement);
                }

                await tx.Execute("INSERT INTO schema_version (number, name, applied_at) VALUES (@number, @name, @at)",
                    new { number = (long)number, name, at = clock.Micros });
                applied.Add(name);
            }

            if (database.Dialect.IsPostgres && applied.Count > 0)
            {
                await PostgresRoles.Apply(tx);
            }
        }, cancel);
        CrashPoint.Pass(CrashPoint.MigrationApplied);
        return applied;
    }

    /// <summary>Cut at each <c>;</c> but <c>\;</c>, which stands inside a trigger. A statement after <c>{sqlite}</c> or <c>{postgres}</c> is for that engine alone.</summary>
    private static IEnumerable<string> Statements(string sql, Dialect dialect)
    {
        var lines = sql.Split('\n').Select(line => line.Contains("--", StringComparison.Ordinal) ? line[..line.IndexOf("--", StringComparison.Ordinal)] : line);
        var (own, other) = dialect.IsPostgres ? ("{postgres}", "{sqlite}") : ("{sqlite}", "{postgres}");
        return string.Join('\n', lines).Replace("\\;", "\u0001", StringComparison.Ordinal).Split(';')
            .Select(s => s.Trim().Replace("\u0001", ";", StringComparison.Ordinal))
            .Where(s => s.Length > 0 && !s.StartsWith(other, StringComparison.Ordinal))
            .Select(s => s.StartsWith(own, StringComparison.Ordinal) ? s[own.Length..] : s);
    }

    private static List<(int, string, string)> Load()
    {
        const string prefix = "Relais.Storage.Migrations.";
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var shortName = name[prefix.Length..^".sql".Length];
                return (int.Parse(shortName[..4]), shortName, reader.ReadToEnd());
            })];
    }
}
