using System.Diagnostics;
using Npgsql;
using Relais.Chaos.Load;
using Relais.Rig;
using Relais.Simulator;

namespace Relais.Chaos;

/// <summary>
/// One server under load with everything around it: its database, the provider in this process, customers, people at the desk
/// and the ledger. A scenario starts it, does harm, and asks for the verdict.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private readonly LoadPlan plan;
    private readonly CancellationTokenSource stopLoad = new();
    private readonly List<DeskPerson> people = [];
    private readonly Stopwatch since = Stopwatch.StartNew();
    private Task load = Task.CompletedTask;

    private ChaosRun(TestDatabase database, ProviderHost provider, RecordingWire wire, LedgerFile ledger, LoadPlan plan, int seed, string folder, Action<string> say)
    {
        (Database, Provider, Wire, LedgerFile, this.plan, Random, Say) = (database, provider, wire, ledger, plan, new Random(seed), say);
        Server = new RelaisProcess(database, provider, folder);
        DataFolders = [folder];
        Facts = new Facts(database);
        Customers = new Customers(provider, ledger, plan, seed);
    }

    public TestDatabase Database { get; }

    public ProviderHost Provider { get; }

    public RecordingWire Wire { get; }

    public LedgerFile LedgerFile { get; }

    public Random Random { get; }

    /// <summary>Where progress is told.</summary>
    public Action<string> Say { get; }

    /// <summary>The node that customers and people talk to unless a scenario says otherwise.</summary>
    public RelaisProcess Server { get; }

    public Facts Facts { get; }

    /// <summary>Of every node, for their spools.</summary>
    public List<string> DataFolders { get; }

    public Customers Customers { get; }

    /// <summary>Sends that were on the wire when the server was killed: as many may end in doubt.</summary>
    public long AllowedUncertain { get; set; }

    /// <summary>Starts the server with two businesses, and the load.</summary>
    /// <param name="database">Empty; stays the caller's.</param>
    /// <param name="dataFolder">The server's data folder, which stays the caller's; null makes one of the run's own.</param>
    /// <param name="plan">How much load.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    /// <param name="longestWait">Between two of Meta's redeliveries.</param>
    public static async Task<ChaosRun> Start(
        TestDatabase database, string? dataFolder, LoadPlan plan, int seed, Action<string> say, TimeSpan? longestWait = null)
    {
        var scratch = Directory.CreateTempSubdirectory("relais-ledger-").FullName;
        var ledger = new LedgerFile(Path.Combine(scratch, "ledger"));
        var wire = new RecordingWire(ledger);
        var provider = await ProviderHost.Start(wire);
        provider.Simulator.BubblesPerChat = 10_000;
        provider.Simulator.AcceptedCap = 2_000_000;
        provider.Simulator.Redelivery = new RedeliveryPolicy(100_000, TimeSpan.FromMilliseconds(200), longestWait ?? TimeSpan.FromSeconds(3));
        var folder = dataFolder ?? Path.Combine(scratch, "data");
        Directory.CreateDirectory(folder);
        var run = new ChaosRun(database, provider, wire, ledger, plan, seed, folder, say);
        await run.Server.Start();
        await TwoBusinesses.SetUp(database.Address, Path.Combine(folder, "relais.key"), provider, plan.People);
        await run.Server.Terminate();
        await run.Server.Start();
        return run;
    }

    /// <summary>Lets customers write and people work.</summary>
    /// <param name="desk">The node people talk to; the server when null.</param>
    public async Task BeginLoad(Func<Uri>? desk = null)
    {
        foreach (var (business, person) in from b in new[] { 1, 2 } from p in Enumerable.Range(0, plan.People) select (b, p))
        {
            people.Add(new DeskPerson(desk ?? (() => Server.Url), TwoBusinesses.Email(business, person), TwoBusinesses.Password, LedgerFile, Random.Next()));
            await people[^1].SignIn();
        }

        load = Task.WhenAll([Customers.Write(stopLoad.Token), .. people.Select(p => Task.Run(() => p.Work(stopLoad.Token)))]);
    }

    /// <summary>A customer writes, again and again until it is taken (a minute at most), and is answered.</summary>
    public async Task AnswersACustomer()
    {
        var phone = Provider.Simulator.Phone("+33699999999");
        var until = since.Elapsed + TimeSpan.FromSeconds(60);
        WebhookResult said;
        do
        {
            said = await phone.Say(Provider.Meta, "Où est ma commande TRK123456 ?");
            LedgerFile.Carries(said.Webhook.Body, said.MessageId);
        }
        while (!said.Taken && since.Elapsed < until);
        await Provider.Simulator.NextSend(phone.Number, TimeSpan.FromSeconds(60));
    }

    /// <summary>SIGKILL, with what was on the wire at that moment counted. Returns how much work was waiting.</summary>
    public async Task<long> Kill(RelaisProcess node)
    {
        LedgerFile.Note("kill");
        await node.Kill();
        await SessionsEnded();
        AllowedUncertain += await Facts.OnTheWire();
        return await Facts.Backlog();
    }

    /// <summary>Waits a random time: exponential around <paramref name="mean"/> s, within the bounds.</summary>
    public Task Pause(double mean = 0.8, double shortest = 0.2, double longest = 3) =>
        Task.Delay(TimeSpan.FromSeconds(Math.Clamp(-mean * Math.Log(1 - Random.NextDouble()), shortest, longest)));

    /// <summary>Ends the load, lets everything drain and compares.</summary>
    public async Task<Verdict> Finish(string what, TimeSpan? drain = null)
    {
        await stopLoad.CancelAsync();
        await load;
        var loaded = since.Elapsed;

        // What lies in a node's spool is in no database yet.
        await Eventually.Holds(() => Task.FromResult(DataFolders.TrueForAll(f => !File.Exists(Path.Combine(f, "twilio.spool.draining"))
            && new FileInfo(Path.Combine(f, "twilio.spool")).Length == 0)), "the spools are empty", TimeSpan.FromSeconds(120));
        var ledger = await Ledger.Draw(Provider, Facts, drain ?? TimeSpan.FromSeconds(180), LedgerFile.Read());
        var hidden = await Facts.Count("SELECT count(*) FROM outbox WHERE state = 2 AND (dead_at IS NULL OR reason IS NULL)");
        var handedOff = string.Join(", ", await Facts.Query<string>(
            "SELECT count(*) || ' ' || handoff_reason FROM conversation WHERE handoff_reason IS NOT NULL GROUP BY handoff_reason"));
        return new Verdict(Database.Kind, ledger, AllowedUncertain, hidden,
            $"{what}; {Customers.Taken} messages and {people.Sum(p => p.Sent)} desk sends acknowledged, {Provider.Simulator.AcceptedTotal} sends taken by the provider "
            + $"in {loaded.TotalSeconds:F0} s{(handedOff.Length > 0 ? $"; handed to people: {handedOff}" : "")}");
    }

    public async ValueTask DisposeAsync()
    {
        await stopLoad.CancelAsync();
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
        people.ForEach(p => p.Dispose());
        LedgerFile.Dispose();
        stopLoad.Dispose();
        Directory.Delete(Path.GetDirectoryName(LedgerFile.Path)!, recursive: true);
    }

    /// <summary>A killed server's last statement may still be committed by its session on PostgreSQL.</summary>
    private async Task SessionsEnded()
    {
        if (Database.Kind == DatabaseKind.Postgres)
        {
            try
            {
                await Eventually.Holds(async () => await Facts.Count(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'relais' AND state <> 'idle'") == 0, "the killed server's sessions end", TimeSpan.FromSeconds(5));
            }
            catch (Exception e) when (e is TimeoutException or NpgsqlException)
            {
                // With two nodes the other one is always busy.
            }
        }
    }
}
