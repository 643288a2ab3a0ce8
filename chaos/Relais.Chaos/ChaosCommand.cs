using System.CommandLine;
using System.Globalization;
using Relais.Chaos.Load;
using Relais.Chaos.Machines;
using Relais.Chaos.Scenarios;
using Relais.Rig;

namespace Relais.Chaos;

/// <summary>The driver's command line: one command a scenario. Everything lives in folders of its own that go away with it.</summary>
internal static class ChaosCommand
{
    /// <summary>The machine cannot do this (no loop devices, not root, a program missing): neither good nor bad.</summary>
    public const int NotPossibleHere = 3;

    private static readonly Option<int> Seed = new("--seed") { Description = "Repeats a run's random choices.", DefaultValueFactory = _ => Environment.TickCount & 0xFFFF };
    private static readonly Option<int> Rate = new("--rate") { Description = "Customers' webhooks a second.", DefaultValueFactory = _ => 50 };
    private static readonly Option<int> Conversations = new("--conversations") { Description = "Customers who write at the same time.", DefaultValueFactory = _ => 500 };
    private static readonly Option<string> Engine = OfEngine();

    public static RootCommand Create()
    {
        var root = new RootCommand("Does harm to a Relais of its own under load, and checks that nothing was lost, doubled or left lying (docs/reliability.md).");
        var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 200 };
        root.Add(Scenario("kills", "SIGKILL at random moments.", [kills], bothEngines: true,
            (parsed, kind, seed) => OnDatabase(kind, database => Kills.Run(database, parsed.GetValue(kills), Plan(parsed), seed, Say))));
        return root;
    }

    private static LoadPlan Plan(ParseResult parsed) => new(parsed.GetValue(Rate), parsed.GetValue(Conversations));

    private static Command Scenario(
        string name, string description, Option[] options, bool bothEngines, Func<ParseResult, DatabaseKind, int, Task<Verdict>> run)
    {
        var command = new Command(name, description) { Seed, Rate, Conversations };
        foreach (var option in bothEngines ? options.Append(Engine) : options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var seed = parsed.GetValue(Seed);
            Say($"{name}, seed {seed.ToString(CultureInfo.InvariantCulture)}");
            var verdicts = new List<Verdict>();
            try
            {
                foreach (var kind in Kinds(bothEngines ? parsed.GetValue(Engine)! : "postgres"))
                {
                    verdicts.Add(await run(parsed, kind, seed));
                    Say(verdicts[^1].ToString());
                }
            }
            catch (NotSupportedException e)
            {
                await Console.Error.WriteLineAsync($"{name} is not possible on this machine: {e.Message}");
                return NotPossibleHere;
            }

            return verdicts.TrueForAll(v => v.IsGood) ? 0 : 1;
        });
        return command;
    }

    /// <summary>A database that goes away afterwards; PostgreSQL in a cluster of its own.</summary>
    private static async Task<Verdict> OnDatabase(DatabaseKind kind, Func<TestDatabase, Task<Verdict>> run)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            await using var file = await TestDatabase.CreateEmpty(kind);
            return await run(file);
        }

        return await OnCluster(async (cluster) =>
        {
            await using var database = await TestDatabase.CreateEmpty(kind, cluster.Superuser);
            return await run(database);
        });
    }

    private static async Task<Verdict> OnCluster(Func<PostgresCluster, Task<Verdict>> run)
    {
        var folder = Directory.CreateTempSubdirectory("relais-pg-");
        try
        {
            // The cluster's owner, another user, has to get in.
            await Shell.Run("chmod", "711", folder.FullName);
            await using var cluster = await PostgresCluster.Create(Path.Combine(folder.FullName, "pg"));
            return await run(cluster);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<DatabaseKind> Kinds(string engine) => engine switch
    {
        "sqlite" => [DatabaseKind.Sqlite],
        "postgres" => [DatabaseKind.Postgres],
        _ => [DatabaseKind.Sqlite, DatabaseKind.Postgres],
    };

    private static Option<string> OfEngine()
    {
        var option = new Option<string>("--database") { Description = "sqlite, postgres or both.", DefaultValueFactory = _ => "both" };
        option.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        return option;
    }

    private static void Say(string line) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {line}");
}
