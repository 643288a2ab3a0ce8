using Npgsql;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tests.Support;

/// <summary>A fresh database of either engine with the schema in it, and the address a server would be given for it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly SemaphoreSlim Creating = new(1);
    private readonly string folder;

    private TestDatabase(DatabaseKind kind, string address, string folder)
    {
        Kind = kind;
        Address = address;
        this.folder = folder;
    }

    /// <summary>Connection string of a superuser of the private test server, or null.</summary>
    public static string? Postgres => Environment.GetEnvironmentVariable("RELAIS_TEST_POSTGRES");

    public DatabaseKind Kind { get; }

    /// <summary>What RELAIS_DATABASE would say.</summary>
    public string Address { get; }

    public Database? Database { get; private set; }

    /// <summary>An empty database without schema, for a server that migrates by itself.</summary>
    public static async Task<TestDatabase> CreateEmpty(DatabaseKind kind)
    {
        var own = Directory.CreateTempSubdirectory("relais-test-").FullName;
        if (kind == DatabaseKind.Sqlite)
        {
            return new TestDatabase(kind, $"sqlite:{Path.Combine(own, "test.db")}", own);
        }

        var server = new NpgsqlConnectionStringBuilder(Postgres
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
            await Execute(connection, $"CREATE DATABASE {name} OWNER relais");
        }
        finally
        {
            Creating.Release();
        }

        return new TestDatabase(kind, $"postgres://relais@{server.Host}:{server.Port}/{name}", own);
    }

    /// <summary>Migrated and open, as a server would have it.</summary>
    public static async Task<TestDatabase> Create(DatabaseKind kind, Clock? clock = null)
    {
        var created = await CreateEmpty(kind);
        created.Database = DatabaseAddress.Open(created.Address);
        await created.Database.Open(CancellationToken.None);
        await new Migrator(created.Database, clock ?? new Clock()).Run(CancellationToken.None);
        return created;
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        if (Kind == DatabaseKind.Postgres)
        {
            await using var connection = new NpgsqlConnection(Postgres);
            await connection.OpenAsync();
            await Execute(connection, $"DROP DATABASE IF EXISTS {Address[(Address.LastIndexOf('/') + 1)..]} WITH (FORCE)");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
