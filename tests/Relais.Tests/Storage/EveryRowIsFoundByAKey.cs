using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Storage;

/// <summary>
/// What a message costs must not grow with what waits beside it. SQLite uses a partial index only for a statement that repeats the
/// index's condition, and says nothing when it reads the whole table instead: then the outbox of an hour's outage made each message dearer.
/// </summary>
public sealed class EveryRowIsFoundByAKey
{
    private static readonly Regex Parameter = new("@[a-z_]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);

    /// <summary>What a statement makes itself and may read whole: its one row of parameters, and the lanes it claims.</summary>
    private static readonly string[] OwnSources = ["SCAN r", "SCAN asked", "SCAN due", "SCAN CONSTANT ROW"];

    [Fact]
    public async Task No_statement_over_rows_reads_a_whole_table_on_SQLite()
    {
        await using var store = await TestDatabase.Create(DatabaseKind.Sqlite);
        await using var connection = new SqliteConnection($"Data Source={store.Address["sqlite:".Length..]};Pooling=False");
        await connection.OpenAsync();
        var statements = Statements().DistinctBy(s => s.Sql).ToList();
        statements.Count.ShouldBeGreaterThan(100);
        var scans = new List<string>();
        foreach (var (owner, sql) in statements)
        {
            var plan = Plan(connection, sql);
            scans.AddRange(plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("INDEX", StringComparison.Ordinal)
                && !OwnSources.Contains(step)).Select(step => $"{owner}: {step}: {sql}"));
        }

        scans.ShouldBeEmpty();
    }

    private static List<string> Plan(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (Match name in Parameter.Matches(sql))
        {
            command.Parameters.AddWithValue(name.Value, DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return lines;
    }

    private static IEnumerable<(string Owner, string Sql)> Statements() =>
        from type in typeof(Rows<>).Assembly.GetTypes()
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where field.FieldType is { IsGenericType: true } t && t.GetGenericTypeDefinition() == typeof(Rows<>)
        let rows = field.GetValue(null)
        select ($"{type.Name}.{field.Name}", (string)field.FieldType.GetMethod("Sql")!.Invoke(rows, [Dialect.Sqlite])!);
}
