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
        var kills = Count("--kills", 200);
        root.Add(Scenario("kills", "SIGKILL at random moments.", [kills], engines: null,
            (parsed, kind, seed) => OnDatabase(kind, database => Kills.Run(database, parsed.GetValue(kills), Plan(parsed), seed, Say))));

        var (immediate, fast, postmasters, backends) = (Count("--immediate", 20), Count("--fast", 20), Count("--postmasters", 10), Count("--backends", 50));
        root.Add(Scenario("postgres-restarts", "PostgreSQL restarted, crashed and killed.", [immediate, fast, postmasters, backends], engines: "postgres",
            (parsed, _, seed) => OnCluster(cluster => PostgresRestarts.Run(cluster, new Restarts(
                parsed.GetValue(immediate), parsed.GetValue(fast), parsed.GetValue(postmasters), parsed.GetValue(backends)), Plan(parsed), seed, Say))));

        var away = Count("--seconds", 120);
        root.Add(Scenario("postgres-away", "PostgreSQL gone for a while.", [away], engines: "postgres",
            (parsed, _, seed) => OnCluster(cluster => PostgresAway.Run(cluster, TimeSpan.FromSeconds(parsed.GetValue(away)), Plan(parsed), seed, Say))));

        var cuts = Count("--cuts", 20);
        root.Add(Scenario("power-cuts", "The power goes; needs root, loop devices and nbdkit.", [cuts], engines: null,
            (parsed, kind, seed) => PowerCuts.Run(kind, parsed.GetValue(cuts), Plan(parsed), seed, Say)));

        var pause = Count("--pause", 90);
        root.Add(Scenario("two-nodes", "Two nodes on one PostgreSQL: one stopped and resumed, one killed.", [pause], engines: "postgres",
            (parsed, kind, seed) => OnDatabase(kind, database => TwoNodes.Run(
                database, TimeSpan.FromSeconds(Math.Max(35, parsed.GetValue(pause))), Plan(parsed), seed, Say))));

        var full = Count("--seconds", 15);
        root.Add(Scenario("disk-full", "The disk under SQLite fills up; needs root and loop devices.", [full], engines: "sqlite",
            (parsed, _, seed) => DiskFull.Run(TimeSpan.FromSeconds(parsed.GetValue(full)), Plan(parsed), seed, Say)));

        var (recipients, campaignKills, pace) = (Count("--recipients", 2000), Count("--kills", 10), Count("--pace", 200));
        var campaign = new Command("campaign", "SIGKILL at random moments of a campaign; with --kills 0 a measurement of one.") { Seed, recipients, campaignKills, pace, Engine };
        campaign.SetAction(async (parsed, _) =>
        {
            var isGood = true;
            foreach (var kind in Kinds(parsed.GetValue(Engine)!))
            {
                isGood &= await WithDatabase(kind, async database =>
                {
                    var (line, good) = await CampaignKills.Run(
                        database, parsed.GetValue(recipients), parsed.GetValue(campaignKills), parsed.GetValue(pace), parsed.GetValue(Seed), Say);
                    Say(line);
                    return good;
                });
            }

            return isGood ? 0 : 1;
        });
        root.Add(campaign);
        return root;
    }

    private static Option<int> Count(string name, int usual) => new(name) { DefaultValueFactory = _ => usual };

    private static LoadPlan Plan(ParseResult parsed) => new(parsed.GetValue(Rate), parsed.GetValue(Conversations));

    private static Command Scenario(
        string name, string description, Option[] options, string? engines, Func<ParseResult, DatabaseKind, int, Task<Verdict>> run)
    {
        var command = new Command(name, description) { Seed, Rate, Conversations };
        foreach (var option in engines is null ? options.Append(Engine) : options)
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
                foreach (var kind in Kinds(engines ?? parsed.GetValue(Engine)!))
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

    private static Task<Verdict> OnDatabase(DatabaseKind kind, Func<TestDatabase, Task<Verdict>> run) => WithDatabase(kind, run);

    /// <summary>A database that goes away afterwards; PostgreSQL in a cluster of its own.</summary>
    private static async Task<T> WithDatabase<T>(DatabaseKind kind, Func<TestDatabase, Task<T>> run)
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

    private static async Task<T> OnCluster<T>(Func<PostgresCluster, Task<T>> run)
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
