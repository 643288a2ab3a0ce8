using Npgsql;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Rig;

/// <summary>Which engine a test or a run is on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>A fresh database of either engine with the schema in it, and the address a server would be given for it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Creating = new(1);

    /// <summary>One migrated database of each kind a process, which the others are copies of: migrating anew for each test costs more than most tests.</summary>
    private static readonly Dictionary<DatabaseKind, Lazy<Task<TestDatabase>>> Templates =
        Enum.GetValues<DatabaseKind>().ToDictionary(k => k, k => new Lazy<Task<TestDatabase>>(() => MakeTemplate(k)));

    private readonly string? folder;

    private TestDatabase(DatabaseKind kind, string address, string? folder, string? superuser)
    {
        Kind = kind;
        Address = address;
        Superuser = superuser;
        this.folder = folder;
    }

    /// <summary>Connection string of a superuser of the private test server, or null.</summary>
    public static string? Postgres => Environment.GetEnvironmentVariable("RELAIS_TEST_POSTGRES");

    public DatabaseKind Kind { get; }

    /// <summary>PostgreSQL only: the connection string of a superuser of this very database.</summary>
    public string? Superuser { get; }

    /// <summary>What RELAIS_DATABASE would say.</summary>
    public string Address { get; }

    public Database? Database { get; private set; }

    /// <summary>An empty database without schema, for a server that migrates by itself.</summary>
    /// <param name="kind">Which engine.</param>
    /// <param name="postgres">Superuser of the cluster to make it in; the tests' own when null.</param>
    public static Task<TestDatabase> CreateEmpty(DatabaseKind kind, string? postgres = null) => CreateFrom(kind, postgres, null);

    /// <summary>With the schema of this version in it and nothing else, closed: as a server leaves it that only migrated.</summary>
    public static async Task<TestDatabase> CreateMigrated(DatabaseKind kind) => await CreateFrom(kind, null, await Templates[kind].Value);

    private static async Task<TestDatabase> CreateFrom(DatabaseKind kind, string? postgres, TestDatabase? template)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var own = Directory.CreateTempSubdirectory("relais-test-").FullName;
            if (template is not null)
            {
                File.Copy(Path.Combine(template.folder!, "test.db"), Path.Combine(own, "test.db"));
            }

            return new TestDatabase(kind, $"sqlite:{Path.Combine(own, "test.db")}", own, null);
        }

        var server = new NpgsqlConnectionStringBuilder(postgres ?? Postgres
            ?? throw new InvalidOperationException("RELAIS_TEST_POSTGRES is not set. Run the tests with bin/test."));
        var name = "relais_" + Guid.NewGuid().ToString("N")[..16];
        await Creating.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync();
            await Execute(connection, """
                DO $$ BEGIN CREATE ROLE relais LOGIN CREATEROLE; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
                """);
            await Execute(connection, $"CREATE DATABASE {name} OWNER relais"
                + (template is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(template.Superuser).Database}"));
        }
        finally
        {
            Creating.Release();
        }

        server.Database = name;
        server.Pooling = false;

        // A cluster that a test has just crashed comes back in its own time on a busy machine.
        server.Timeout = 60;
        return new TestDatabase(kind, $"postgres://relais@{server.Host}:{server.Port}/{name}", null, server.ConnectionString);
    }

    /// <summary>SQLite's file in a folder of the caller's, who also removes it.</summary>
    public static TestDatabase InFolder(string folder) => new(DatabaseKind.Sqlite, $"sqlite:{Path.Combine(folder, "relais.db")}", null, null);

    /// <summary>Migrated and open, as a server would have it.</summary>
    public static async Task<TestDatabase> Create(DatabaseKind kind, Clock? clock = null)
    {
        var created = await CreateMigrated(kind);
        await created.Migrate(clock ?? new Clock());
        return created;
    }

    private static async Task<TestDatabase> MakeTemplate(DatabaseKind kind)
    {
        var template = await CreateEmpty(kind);
        await template.Migrate(new Clock());
        await template.Database!.DisposeAsync();
        template.Database = null;
        return template;
    }

    private async Task Migrate(Clock clock)
    {
        Database = DatabaseAddress.Open(Address);
        await Database.Open(CancellationToken.None);
        await new Migrator(Database, clock).Run(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        if (Kind == DatabaseKind.Postgres)
        {
            var server = new NpgsqlConnectionStringBuilder(Superuser);
            var name = server.Database;
            server.Database = "postgres";
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            await connection.OpenAsync();
            await Execute(connection, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }

        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
